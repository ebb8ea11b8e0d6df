"""The menu in a pane's header: which map, of which model and class, how it is drawn and moves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QSlider,
    QToolButton,
    QWidget,
    QWidgetAction,
)

from app.compare import panes
from app.compare.titles import pane_title
from app.language import core_word, in_language
from app.state import DIFFERENCE, IMAGE, MARKS, PaneContent, ViewerState
from app.texts import method_name, tr

FEW = 12
"""A menu of more classes than this is of those that matter: the class list has them all."""


class PaneMenu(QToolButton):
    """Chooses the content of one pane of ``state.panes``."""

    def __init__(self, state: ViewerState, number: int, parent: QWidget | None = None) -> None:
        """Serve pane ``number``, counted from 0."""
        super().__init__(parent)
        self._state = state
        self.setToolTip(tr("Choose what this pane shows"))
        self.setText("\N{BLACK DOWN-POINTING SMALL TRIANGLE}")
        self.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self.setAutoRaise(True)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(self.fill)
        # Qt leaves the button as if it were pressed where the mouse is elsewhere by then.
        menu.aboutToHide.connect(lambda: self.setDown(False))
        self.setMenu(menu)
        self.set_number(number)

    def set_number(self, number: int) -> None:
        """Serve another pane, counted from 0."""
        self._number = number
        self.setObjectName(f"paneMenu{number + 1}")
        self.setAccessibleName(tr("Map of pane {0}").format(number + 1))

    def fill(self) -> None:
        """Fill the menu with what the open models offer; hovering a method says what it is."""
        self._state.set_current(self._number)
        menu = self.menu()
        menu.clear()
        for old in (*menu.findChildren(QMenu), *menu.findChildren(QActionGroup)):
            old.deleteLater()
        self._add_methods(menu)
        menu.addSeparator()
        if self._state.models:
            self._add_models(_submenu(menu, tr("Model"), "paneModels"))
        if self._content.maps() or self._content.method == DIFFERENCE:
            if self._state.shown_class() is not None:
                self._add_classes(_submenu(menu, tr("Class"), "paneClasses"))
            self._add_opacity(_submenu(menu, tr("Opacity"), "paneOpacity"))
        self._add_partners(_submenu(menu, tr("Difference to"), "panePartners"))
        if self._content.pair is not None:
            turned = menu.addAction(tr("Turn the difference round"))
            turned.triggered.connect(lambda: panes.turn(self._state, self._number))
        menu.addSeparator()
        linked = _choice(menu, tr("Moves with the others"), self._content.linked)
        linked.toggled.connect(lambda on: self._set(linked=on))
        last = len(self._state.panes) - 1
        for text, way, possible in (
            (tr("Move left"), -1, self._number > 0),
            (tr("Move right"), 1, self._number < last),
        ):
            action = menu.addAction(text)
            action.setEnabled(possible)
            action.triggered.connect(lambda _=False, w=way: self._step(w))
        close = menu.addAction(tr("Close this pane"))
        close.setEnabled(last > 0)
        close.triggered.connect(lambda: panes.close(self._state, self._number))

    @property
    def _content(self) -> PaneContent:
        return self._state.panes[self._number]

    def _set(self, **changes: Any) -> None:
        self._state.set_pane(self._number, **changes)

    def _step(self, way: int) -> None:
        panes.step(self._state, self._number, way)

    # Parts

    def _add_methods(self, menu: QMenu) -> None:
        from softcam_core.explain.methods import METHODS, SLOW

        group = QActionGroup(menu)
        _add_heading(menu, tr("Map"))
        content = self._content
        for method in METHODS:
            name = method_name(method)
            text = tr("{0}  · slow").format(name) if method in SLOW else name
            action = _choice(menu, text, method == content.method, group)
            action.setToolTip(core_word(METHODS[method]))
            action.triggered.connect(lambda _=False, m=method: self._choose(m))
            model = self._state.pane_model(PaneContent(method, content.model))
            if model is not None and not self._state.has_map(model, method):
                action.setEnabled(False)
                action.setToolTip(in_language(model.refused.get(method, "")))
        menu.addSeparator()
        for method, text, tip in (
            (IMAGE, tr("Image only"), tr("No map and no marks over the image")),
            (MARKS, tr("Annotations only"), tr("The image under its marks, without a map")),
        ):
            action = _choice(menu, text, method == content.method, group)
            action.setToolTip(tip)
            action.triggered.connect(lambda _=False, m=method: self._choose(m))

    def _choose(self, method: str) -> None:
        """Show another map; a difference gives its model and class up."""
        self._set(method=method, pair=None)

    def _add_models(self, menu: QMenu) -> None:
        group = QActionGroup(menu)
        entries = [("", tr("Chosen by the map"))]
        entries += [(model.id, model.spec.title) for model in self._state.models]
        case = self._state.case
        suiting = {"", *(m.id for m in (self._state.suiting(case) if case else self._state.models))}
        for model_id, title in entries:
            action = _choice(menu, title, model_id == self._content.model, group)
            action.triggered.connect(lambda _=False, m=model_id: self._set(model=m))
            if model_id not in suiting:
                action.setEnabled(False)
                action.setToolTip(tr("A model for images of another kind than this one."))
        menu.setEnabled(self._content.has_map)

    def _add_classes(self, menu: QMenu) -> None:
        group = QActionGroup(menu)
        names = self._class_names()
        pinned = self._pinned()
        action = _choice(menu, tr("Follows the class in view"), not pinned, group)
        action.triggered.connect(lambda: self._pin(""))
        menu.addSeparator()
        for name in names:
            action = _choice(menu, name, name == pinned, group)
            action.triggered.connect(lambda _=False, n=name: self._pin(n))

    def _class_names(self) -> list[str]:
        """Return the model's classes: of very many, the pinned one and the one in view."""
        content = next(iter(self._content.maps()), self._content)
        model = self._state.pane_model(content)
        names = list(model.spec.classes) if model is not None else []
        if len(names) > FEW:
            wanted = dict.fromkeys((self._pinned(), self._state.shown_class() or ""))
            return [name for name in wanted if name in names]
        return names

    def _pinned(self) -> str:
        return next((part.class_name for part in self._content.maps()), "")

    def _pin(self, name: str) -> None:
        """Keep to a class, both sides of a difference."""
        pair = self._content.pair
        if self._content.method == DIFFERENCE and pair is not None:
            a, b = (replace(part, class_name=name) for part in pair)
            self._set(pair=(a, b))
        else:
            self._set(class_name=name)

    def _add_opacity(self, menu: QMenu) -> None:
        own = self._content.opacity
        common = _choice(menu, tr("As in all panes"), own is None)
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setObjectName("paneOpacitySlider")
        slider.setAccessibleName(tr("Opacity of this pane"))
        slider.setRange(0, 100)
        slider.setFixedWidth(180)
        slider.setValue(round(100 * (self._state.overlay.opacity if own is None else own)))
        slider.setToolTip(tr("{0} %").format(slider.value()))

        number = QLabel(tr("{0} %").format(slider.value()))
        number.setObjectName("paneOpacityNumber")
        number.setMinimumWidth(number.fontMetrics().horizontalAdvance("100 %"))

        def slide(value: int) -> None:
            common.setChecked(False)
            number.setText(tr("{0} %").format(value))
            slider.setToolTip(tr("{0} %").format(value))
            self._set(opacity=value / 100)

        def follow(on: bool) -> None:
            if on:
                self._set(opacity=None)
            elif self._content.opacity is None:
                self._set(opacity=slider.value() / 100)

        slider.valueChanged.connect(slide)
        common.toggled.connect(follow)
        frame = QWidget()
        row = QHBoxLayout(frame)
        row.setContentsMargins(24, 6, 16, 8)
        row.addWidget(slider)
        row.addWidget(number)
        entry = QWidgetAction(menu)
        entry.setDefaultWidget(frame)
        menu.addAction(entry)

    def _add_partners(self, menu: QMenu) -> None:
        state = self._state
        for number, content in enumerate(state.panes):
            if number == self._number or not content.has_map:
                continue
            title = tr("{0}  (pane {1})").format(pane_title(state, content), number + 1)
            action = menu.addAction(title)
            action.triggered.connect(lambda _=False, n=number: self._compare(n))
        menu.setEnabled(self._content.has_map and not menu.isEmpty())

    def _compare(self, other: int) -> None:
        panes.compare_with(self._state, self._number, other)


def _submenu(menu: QMenu, title: str, name: str) -> QMenu:
    found = menu.addMenu(title)
    found.setObjectName(name)
    found.setToolTipsVisible(True)
    return found


def _choice(menu: QMenu, text: str, checked: bool, group: QActionGroup | None = None) -> QAction:
    action = menu.addAction(text)
    action.setCheckable(True)
    action.setChecked(checked)
    if group is not None:
        group.addAction(action)
    return action


def _add_heading(menu: QMenu, text: str) -> None:
    """Add a line of text that cannot be chosen; the style draws a section's text nowhere."""
    label = QLabel(text)
    label.setProperty("role", "heading")
    heading = QWidgetAction(menu)
    heading.setDefaultWidget(label)
    heading.setEnabled(False)
    menu.addAction(heading)
