"""The places of the rail and their names; who builds the window says how each is made."""

from collections.abc import Callable, Mapping
from typing import Final

from app.domain.words import Words
from ui.place import Desk, Place, PlaceView

CHECK_IN: Final = "check_in"
TITLES: Final[dict[str, Words]] = {
    CHECK_IN: Words("報到", "Check-in"),
    "help_desk": Words("駐點", "Help desk"),
    "roster": Words("名冊", "Roster"),
    "overview": Words("現況", "Overview"),
    "closing": Words("結算", "Closing"),
    "event": Words("活動", "Event"),
    "board": Words("看板", "Board"),
}


def places_with(builders: Mapping[str, Callable[[Desk], PlaceView]]) -> tuple[Place, ...]:
    """Return the places in their order; the window itself makes the check-in place."""
    return tuple(
        Place(key=key, title=title, build=builders.get(key)) for key, title in TITLES.items()
    )
