"""Where badges lie on an A4 sheet and where things lie on a badge; lengths in millimetres."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelDesign:
    """Positions on one badge, from its lower left corner."""

    edge: float
    title_pt: float
    title_y: float
    name_pt: float
    name_y: tuple[float, float]
    """Lower and upper end of the space for the name."""
    unit_pt: float
    unit_y: float
    session_pt: float
    session_y: float
    qr_side: float
    qr_y: float
    bars_y: float
    bars_height: float
    code_pt: float
    code_y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLayout:
    """Labels in columns and rows on A4. `margin`: left and top edge of the first label."""

    columns: int
    rows: int
    size: tuple[float, float]
    margin: tuple[float, float]
    pitch: tuple[float, float]
    cut_marks: bool
    """For plain card to be cut; ready-cut labels need none."""
    design: LabelDesign

    @property
    def per_page(self) -> int:
        """How many badges a page holds."""
        return self.columns * self.rows

    def corner(self, index: int) -> tuple[float, float]:
        """Return a label's lower left corner; 0 is at the top left, rows first."""
        row, column = divmod(index, self.columns)
        left, top = self.margin
        return (
            left + column * self.pitch[0],
            297 - top - row * self.pitch[1] - self.size[1],
        )


LAYOUTS: Mapping[str, SheetLayout] = MappingProxyType(
    {
        "a4-10": SheetLayout(
            columns=2,
            rows=5,
            size=(90, 54),
            margin=(15, 13.5),
            pitch=(90, 54),
            cut_marks=True,
            design=LabelDesign(
                edge=5,
                title_pt=8,
                title_y=47.2,
                name_pt=40,
                name_y=(29.6, 45),
                unit_pt=13,
                unit_y=23.6,
                session_pt=8.5,
                session_y=18.2,
                qr_side=26,
                qr_y=17.5,
                bars_y=7,
                bars_height=9,
                code_pt=8,
                code_y=3.4,
            ),
        ),
        # Avery L7160 and its many twins.
        "a4-21": SheetLayout(
            columns=3,
            rows=7,
            size=(63.5, 38.1),
            margin=(7.25, 15.15),
            pitch=(66, 38.1),
            cut_marks=False,
            design=LabelDesign(
                edge=3,
                title_pt=5.5,
                title_y=33.6,
                name_pt=26,
                name_y=(21.4, 31.7),
                unit_pt=9,
                unit_y=17,
                session_pt=6,
                session_y=13.2,
                qr_side=20,
                qr_y=12.6,
                bars_y=5.2,
                bars_height=6.4,
                code_pt=5.5,
                code_y=2.3,
            ),
        ),
    }
)
