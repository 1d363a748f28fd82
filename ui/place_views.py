"""The views of the places: built on the first visit, kept, told of changes, thrown away."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QStackedWidget, QTabWidget

from ui.changes import Change
from ui.place import Desk, Place, PlaceView
from ui.widgets.page_list import PageList


class PlaceViews:
    """What was visited of the places, in the window's stack.

    `make_door` makes the check-in place's view, the one place that needs more than the desk.
    """

    def __init__(
        self,
        stack: QStackedWidget,
        places: Mapping[str, Place],
        make_door: Callable[[], PlaceView | None],
        door_key: str,
    ) -> None:
        self._stack, self._places = stack, places
        self._make_door, self._door_key = make_door, door_key
        self._views: dict[str, PlaceView] = {}
        self._stale: dict[str, frozenset[Change]] = {}

    def get(self, key: str) -> PlaceView | None:
        """Return a place's view if it was visited."""
        return self._views.get(key)

    def visit(self, key: str, desk: Desk) -> PlaceView | None:
        """Return a place's view, built on the first visit; None where there is none."""
        view = self._views.get(key) or self._make(key, desk)
        if view is not None and key not in self._views:
            self._views[key] = view
            self._stack.addWidget(view)
        return view

    def take_stale(self, key: str) -> frozenset[Change]:
        """Return what changed while a place was not in front, once."""
        return self._stale.pop(key, frozenset())

    def note(self, kinds: frozenset[Change], front: str) -> None:
        """Let the place in front show a change now, every other on its next visit."""
        for key, view in self._views.items():
            if key == front:
                view.reload(kinds)
            else:
                self._stale[key] = self._stale.get(key, frozenset()) | kinds

    def drop(self) -> None:
        """Throw every view away, such as when another event is opened."""
        for view in self._views.values():
            self._stack.removeWidget(view)
            view.deleteLater()
        self._views, self._stale = {}, {}

    def rebuild(self, front: str, go_to: Callable[[str], None]) -> None:
        """Make the places anew: their widths and margins go with the text size."""
        before = self._tabs(front)
        page = before.currentIndex() if before is not None else 0
        self.drop()
        go_to(front)
        after = self._tabs(front)
        if after is not None:
            after.setCurrentIndex(page)

    def _tabs(self, key: str) -> QTabWidget | PageList | None:
        view = self._views.get(key)
        if view is None:
            return None
        return view.findChild(PageList) or view.findChild(QTabWidget)

    def _make(self, key: str, desk: Desk) -> PlaceView | None:
        if key == self._door_key:
            return self._make_door()
        build = self._places[key].build
        return build(desk) if build is not None else None
