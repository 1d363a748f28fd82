"""How each place is made; a place's modules are imported on its first visit."""

from collections.abc import Callable
from importlib import import_module

from ui.place import Desk, PlaceView


def _builder(module: str) -> Callable[[Desk], PlaceView]:
    def build(desk: Desk) -> PlaceView:
        view: PlaceView = import_module(module).build(desk)
        return view

    return build


BUILDERS = {
    key: _builder(f"ui.screens.{key}.{key}_view")
    for key in ("help_desk", "roster", "overview", "closing", "event", "board")
}
