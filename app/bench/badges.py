"""`bench badges`: sheets as PDF, against drawing the same number of bare labels of text."""

import os
import random
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from reportlab.pdfgen.canvas import Canvas

from app.bench.crowd import UNITS, invented_name
from app.bench.figures import Report, machine
from app.domain.badge import event_tag, new_badge_code
from app.papers.badge_label import BadgeFace
from app.papers.badge_sheets import write_badge_sheets

A_PAGE = 10


def measure(size: int) -> Report:
    """Print `size` badges, ten to a page."""
    chance = random.Random(112)  # noqa: S311 - invented people
    tag = event_tag("bench")
    faces = [
        BadgeFace(
            name=invented_name(chance),
            unit=chance.choice(UNITS),
            session_line="第一梯次第一天",
            code=new_badge_code(tag, os.urandom(16)),
        )
        for _ in range(size)
    ]
    with TemporaryDirectory(prefix="venuedesk-bench-") as folder:
        floor = _bare_pages(Path(folder) / "bare.pdf", faces)
        start = time.perf_counter()
        write_badge_sheets(Path(folder) / "badges.pdf", faces, event_title="研習")
        taken = time.perf_counter() - start
    return {
        "bench": "badges",
        "size": size,
        "seconds": round(taken, 3),
        "badges_per_second": round(size / taken, 1),
        "floor": {
            "text_only_seconds": round(floor, 3),
            "text_only_per_second": round(size / floor, 1),
            "ratio": round(taken / floor, 2),
        },
        "machine": machine(),
    }


def _bare_pages(file: Path, faces: list[BadgeFace]) -> float:
    """Return the seconds reportlab takes for the codes as plain text on as many pages."""
    start = time.perf_counter()
    canvas = Canvas(str(file))
    for number, face in enumerate(faces):
        canvas.drawString(50, 780 - number % A_PAGE * 75, face.code)
        if number % A_PAGE == A_PAGE - 1:
            canvas.showPage()
    canvas.save()
    return time.perf_counter() - start
