"""How maps are drawn over the image: opacity, smooth or native cells, hide while held."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QWidget,
)

from app.evidence.numbers import tabular
from app.state import ViewerState


class OverlayControls(QWidget):
    """Edits ``state.overlay``."""

    def __init__(self, state: ViewerState, parent: QWidget | None = None) -> None:
        """Observe and change ``state``."""
        super().__init__(parent)
        self._state = state
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("opacitySlider")
        self.slider.setAccessibleName(self.tr("Opacity of the maps in percent"))
        self.slider.setRange(0, 100)
        self.slider.setPageStep(10)
        self.slider.valueChanged.connect(lambda value: state.set_overlay(opacity=value / 100))
        self.number = tabular(QLabel(), "100 %")
        self.number.setObjectName("opacityNumber")
        title = QLabel(self.tr("&Opacity"))
        title.setBuddy(self.slider)
        self.smooth = self._choice(self.tr("Smooth"), "smoothCells", True)
        self.smooth.setToolTip(self.tr("Interpolate between the model's cells"))
        self.cells = self._choice(self.tr("Cells"), "nativeCells", True)
        self.cells.setToolTip(self.tr("Show the model's own cells, as coarse as they are"))
        self._group = QButtonGroup(self)
        self._group.addButton(self.smooth)
        self._group.addButton(self.cells)
        self.smooth.clicked.connect(lambda: state.set_overlay(smooth=True))
        self.cells.clicked.connect(lambda: state.set_overlay(smooth=False))
        self.hide_button = self._choice(self.tr("Hold to hide"), "holdToHide", False)
        self.hide_button.setToolTip(self.tr("Show the image alone while this button is held"))
        self._visible = True
        self.hide_button.pressed.connect(self._hide)
        self.hide_button.released.connect(self._show_again)
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 4, 12, 4)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.addWidget(title, 0, 0)
        grid.addWidget(self.slider, 0, 1)
        grid.addWidget(self.number, 0, 2)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.smooth, self.cells, self.hide_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        grid.addLayout(buttons, 1, 0, 1, 3)
        state.overlay_changed.connect(self._show)
        self._show()

    def _hide(self) -> None:
        self._visible = self._state.overlay.visible
        self._state.set_overlay(visible=False)

    def _show_again(self) -> None:
        self._state.set_overlay(visible=self._visible)

    def _choice(self, text: str, name: str, checkable: bool) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setCheckable(checkable)
        return button

    def _show(self) -> None:
        overlay = self._state.overlay
        percent = round(100 * overlay.opacity)
        self.slider.blockSignals(True)
        self.slider.setValue(percent)
        self.slider.blockSignals(False)
        self.number.setText(f"{percent} %")
        (self.smooth if overlay.smooth else self.cells).setChecked(True)
