"""Keeps the layout of the panes with the study, and the layouts that somebody gave a name."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.compare.layouts import Layout, from_json, layout_of, to_json
from app.state import ViewerState
from softcam_core.errors import SoftcamError

LAST, NAMED = "compare/layout", "compare/layouts"
"""The study's settings: the panes as they were left, and named layouts by their names."""

SETTLE_MS = 500
"""So long after the last change of the panes they are stored."""


class LayoutKeeper(QObject):
    """Brings the panes of a study back when it is opened, and stores them as they change.

    What one reader's adjudication shows is not stored; nor is anything that a model said. A
    study that cannot be written keeps its layout as it was, without a word: nothing is lost that
    a reader made.
    """

    names_changed = Signal()

    def __init__(self, state: ViewerState, parent: QObject | None = None) -> None:
        """Follow the study and the panes of ``state``."""
        super().__init__(parent)
        self._state = state
        self._awaited: Layout | None = None
        self._showing = False
        self.asked_for = False
        """The panes were asked for from outside: the next study's layout does not replace them."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self._store)
        state.study_changed.connect(self._on_study)
        state.study_closing.connect(self._store_now)
        state.models_changed.connect(self._on_models)
        state.panes_changed.connect(self._on_change)
        state.link_changed.connect(self._on_change)

    def now(self) -> Layout:
        """Return the layout of the panes as they are."""
        state = self._state
        return layout_of(state.panes, state.linked, state.models)

    def show(self, layout: Layout) -> None:
        """Show a layout; models that are opened later take their panes, until panes change."""
        state = self._state
        self._showing = True
        try:
            state.set_linked(layout.linked)
            state.set_panes(layout.fitted(state.models))
        finally:
            self._showing = False
        self._awaited = None if layout.complete(state.models) else layout

    # Named ones

    def names(self) -> list[str]:
        """Return the names of the study's own layouts, in order."""
        return sorted(self._named(), key=str.casefold)

    def save(self, name: str) -> bool:
        """Give the layout as it is a name, in place of another one of that name."""
        return self._set_named({**self._named(), name: to_json(self.now())})

    def choose(self, name: str) -> None:
        """Show a layout by its name."""
        layout = from_json(self._named().get(name))
        if layout is None:
            self._state.noted.emit(self.tr("The layout “{0}” cannot be read.").format(name))
            return
        self.show(layout)
        self._timer.start()

    def rename(self, name: str, new: str) -> bool:
        """Give a layout another name, in place of another one of that name."""
        named = self._named()
        if name not in named or not new:
            return False
        kept = {n: value for n, value in named.items() if n not in (name, new)}
        return self._set_named({**kept, new: named[name]})

    def delete(self, name: str) -> bool:
        """Forget a layout."""
        return self._set_named({n: value for n, value in self._named().items() if n != name})

    def _named(self) -> dict[str, Any]:
        found = self._get(NAMED)
        return found if isinstance(found, dict) else {}

    def _set_named(self, named: dict[str, Any]) -> bool:
        study = self._state.study
        if study is None:
            self._state.noted.emit(self.tr("Open a study first: layouts are kept in it."))
            return False
        try:
            study.set_setting(NAMED, named)
        except SoftcamError as error:
            self._state.message.emit(str(error))
            return False
        self.names_changed.emit()
        return True

    # The study

    def _on_study(self) -> None:
        self._timer.stop()
        self._awaited = None
        asked_for, self.asked_for = self.asked_for, False
        if self._state.study is not None and not asked_for:
            stored = self._get(LAST)
            layout = from_json(stored)
            if layout is not None:
                self.show(layout)
            elif stored is not None:
                self._state.noted.emit(
                    self.tr("The layout of the panes in this study cannot be read; it is ignored.")
                )
        self.names_changed.emit()

    def _on_models(self) -> None:
        if self._awaited is not None:
            self.show(self._awaited)

    def _on_change(self) -> None:
        if not self._showing:
            self._awaited = None
            if self._state.study is not None:
                self._timer.start()

    def _store_now(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self._store()

    def _store(self) -> None:
        state = self._state
        if state.study is None or state.adjudicating is not None:
            return
        layout = to_json(self.now())
        if layout != self._get(LAST):
            try:
                state.study.set_setting(LAST, layout)
            except SoftcamError:
                return

    def _get(self, key: str) -> Any:
        if self._state.study is None:
            return None
        try:
            return self._state.study.get_setting(key)
        except SoftcamError:
            return None
