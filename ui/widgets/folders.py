"""Where files a person asks for go, unless told otherwise."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths


def papers_folder() -> Path:
    """Return the person's documents folder, else the home folder."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    documents = Path(place) if place else Path.home()
    return documents if documents.is_dir() else Path.home()
