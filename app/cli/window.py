"""`demo`: the window on a rehearsed sample day."""

from typing import Annotated

import typer

from app.cli.output import JsonOption, ProfileOption
from app.window_door import open_window


def demo(
    *,
    scale: Annotated[int, typer.Option("--scale", min=1, max=100)] = 1,
    profile: ProfileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Open the window on a rehearsed sample day in a throw-away profile."""
    del profile, as_json  # every command takes them; a sample day has its own profile
    open_window(None, demo_scale=scale)
