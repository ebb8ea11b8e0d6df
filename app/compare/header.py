"""The small menu in a pane's header: which method, of which model."""

from __future__ import annotations

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QLabel, QMenu, QToolButton, QWidget, QWidgetAction

from app.state import PaneContent, ViewerState
from app.texts import method_name, tr


class PaneMenu(QToolButton):
    """Chooses the content of one pane of ``state.panes``."""

    def __init__(self, state: ViewerState, number: int, parent: QWidget | None = None) -> None:
        """Serve pane ``number``, counted from 0."""
        super().__init__(parent)
        self._state = state
        self._number = number
        self.setObjectName(f"paneMenu{number + 1}")
        self.setAccessibleName(tr("Map of pane {0}").format(number + 1))
        self.setToolTip(tr("Choose what this pane shows"))
        self.setText("\N{BLACK DOWN-POINTING SMALL TRIANGLE}")
        self.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self.setAutoRaise(True)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(self.fill)
        self.setMenu(menu)

    def fill(self) -> None:
        """Fill the menu with what the open models offer; hovering a method says what it is."""
        from softcam_core.explain.methods import METHODS, SLOW

        menu = self.menu()
        menu.clear()
        content = self._state.panes[self._number]
        methods = QActionGroup(menu)
        _add_heading(menu, tr("Map"))
        for method in (*METHODS, ""):
            name = method_name(method) if method else tr("Image alone")
            action = menu.addAction(tr("{0}  · slow").format(name) if method in SLOW else name)
            action.setCheckable(True)
            action.setChecked(method == content.method)
            action.triggered.connect(lambda _=False, m=method: self._choose(method=m))
            if method:
                action.setToolTip(METHODS[method])
            model = self._state.pane_model(PaneContent(method, content.model))
            if method and model is not None and not self._state.has_map(model, method):
                action.setEnabled(False)
                action.setToolTip(model.refused[method])
            methods.addAction(action)
        if not self._state.models:
            return
        menu.addSeparator()
        _add_heading(menu, tr("Model"))
        models = QActionGroup(menu)
        for model_id, title in (
            ("", tr("Chosen by the map")),
            *((m.id, m.spec.title) for m in self._state.models),
        ):
            action = menu.addAction(title)
            action.setCheckable(True)
            action.setChecked(model_id == content.model)
            action.triggered.connect(lambda _=False, m=model_id: self._choose(model=m))
            models.addAction(action)

    def _choose(self, method: str | None = None, model: str | None = None) -> None:
        panes = list(self._state.panes)
        old = panes[self._number]
        panes[self._number] = PaneContent(
            old.method if method is None else method, old.model if model is None else model
        )
        self._state.set_panes(panes)


def _add_heading(menu: QMenu, text: str) -> None:
    """Add a line of text that cannot be chosen; the style draws a section's text nowhere."""
    label = QLabel(text)
    label.setProperty("role", "heading")
    heading = QWidgetAction(menu)
    heading.setDefaultWidget(label)
    heading.setEnabled(False)
    menu.addAction(heading)
