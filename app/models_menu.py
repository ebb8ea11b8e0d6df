"""The open models in the Models menu: each with what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.controller import Controller
from app.state import LoadedModel, ViewerState


class ModelsMenu(QObject):
    """Keeps one submenu per open model above ``before``."""

    def __init__(
        self,
        menu: QMenu,
        before: QAction,
        state: ViewerState,
        controller: Controller,
        show_card: Callable[[LoadedModel], object],
    ) -> None:
        """Observe ``state``; ``show_card`` shows a model's card."""
        super().__init__(menu)
        self._menu, self._before = menu, before
        self._state, self._controller, self._show_card = state, controller, show_card
        self._menus: list[QMenu] = []
        self._line = menu.insertSeparator(before)
        menu.aboutToShow.connect(self.fill)
        state.models_changed.connect(self.fill)
        self.fill()

    def fill(self) -> None:
        """List the models that are open now; the predicting one is marked."""
        for old in self._menus:
            self._menu.removeAction(old.menuAction())
            old.deleteLater()
        self._menus = [
            self._entry(number, model) for number, model in enumerate(self._state.models, start=1)
        ]
        self._line.setVisible(bool(self._menus))

    def _entry(self, number: int, model: LoadedModel) -> QMenu:
        predicting = model is self._state.predicting_model()
        title = model.spec.title.replace("&", "&&")
        menu = QMenu(self.tr("{0} (predicts)").format(title) if predicting else title, self._menu)
        menu.setObjectName(f"menu_model{number}")
        predict = menu.addAction(self.tr("&Predict with this model"))
        predict.setCheckable(True)
        predict.setChecked(predicting)
        predict.setEnabled(not predicting)
        predict.triggered.connect(partial(self._controller.predict_with, model.id))
        card = menu.addAction(self.tr("Model &card…"))
        card.triggered.connect(partial(self._show_card, model))
        close = menu.addAction(self.tr("&Close"))
        close.triggered.connect(partial(self._controller.close_model, model.id))
        for name, action in (("predict", predict), ("card", card), ("close", close)):
            action.setObjectName(f"{name}Model{number}")
        self._menu.insertMenu(self._line, menu)
        return menu
