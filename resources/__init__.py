"""Data the program ships with: plans, fonts, icons, sounds, styles, translations."""

from pathlib import Path


def path(name: str) -> Path:
    """Return where the file or folder `name` (below `resources/`, with `/`) lies on this machine.

    It is found beside this module, which holds in the source tree, in an installed wheel and in a
    frozen bundle that carries the folder along.
    """
    return Path(__file__).resolve().parent / name
