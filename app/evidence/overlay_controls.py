"""How maps are drawn over the image: opacity, style, what the style needs, hide while held."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QSpinBox,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from app.evidence.hold_to_hide import HoldToHide
from app.evidence.numbers import tabular
from app.evidence.overlay_menu import OverlayMenu
from app.state import ViewerState

MOST_PATCHES = 30
GAP = 6


class OverlayControls(QWidget):
    """Edits ``state.overlay``.

    Three rows that never move: opacity; style; and what the style in view needs.
    """

    def __init__(self, state: ViewerState, parent: QWidget | None = None) -> None:
        """Observe and change ``state``."""
        super().__init__(parent)
        self._state = state
        self.slider, self.number = self._slider("opacity", self.tr("Opacity of the maps"))
        self.slider.valueChanged.connect(lambda value: state.set_overlay(opacity=value / 100))
        title = QLabel(self.tr("&Opacity"))
        title.setBuddy(self.slider)
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 4, 12, 4)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(GAP)
        grid.addWidget(title, 0, 0)
        grid.addWidget(self.slider, 0, 1)
        grid.addWidget(self.number, 0, 2)
        grid.addLayout(self._make_styles(), 1, 0, 1, 3)
        grid.addLayout(self._make_needs(), 2, 0, 1, 3)
        # Small buttons: four styles stand beside each other in a narrow dock.
        self.setStyleSheet(
            "QPushButton, QToolButton { padding: 3px 6px; } QSpinBox { padding: 2px 8px; }"
        )
        state.overlay_changed.connect(self._show)
        self._show()

    def _make_styles(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        self.styles: dict[str, QPushButton] = {}
        self._style_group = QButtonGroup(self)
        for style, text, tip in (
            ("blend", self.tr("Blend"), self.tr("Colours over the image")),
            (
                "contour",
                self.tr("Contours"),
                self.tr("Lines of equal evidence: solid for the class, dashed against it"),
            ),
            ("threshold", self.tr("Threshold"), self.tr("Only what exceeds a share of the limit")),
            (
                "patches",
                self.tr("Patches"),
                self.tr("The patches with the highest mean, numbered from the highest"),
            ),
        ):
            button = self._choice(text, f"style_{style}", checkable=True)
            button.setToolTip(self.tr("{0} (T: next)").format(tip))
            button.clicked.connect(lambda _=False, s=style: self._state.set_overlay(style=s))
            self._style_group.addButton(button)
            self.styles[style] = button
            row.addWidget(button, 1)
        return row

    def _make_needs(self) -> QHBoxLayout:
        """Make the row of what the style needs, the menu of the rest, and hold-to-hide."""
        self.needs = QStackedWidget()
        self.needs.setObjectName("styleNeeds")
        self.needs.addWidget(self._make_cells())
        self.needs.addWidget(self._make_threshold())
        self.needs.addWidget(self._make_patches())
        self.more = QToolButton()
        self.more.setObjectName("overlayMore")
        self.more.setProperty("boxed", True)
        self.more.setText(self.tr("More…"))
        self.more.setAccessibleName(self.tr("More about how maps are drawn"))
        self.more.setToolTip(self.tr("Cells, signs, colours, limits"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.more.setMenu(OverlayMenu(self._state, self.more))
        self.hide_button = self._choice(self.tr("Hide"), "holdToHide", checkable=False)
        self.hide_button.setAccessibleName(self.tr("Hold to hide the maps"))
        self.hide_button.setToolTip(
            self.tr("Show the image alone while this button, or H, is held")
        )
        self._hold = HoldToHide(self.hide_button, self._hide, self._show_again)
        self._visible = True
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.needs, 1)
        row.addWidget(self.more)
        row.addWidget(self.hide_button)
        return row

    def _make_cells(self) -> QWidget:
        self.smooth = self._choice(self.tr("Smooth"), "smoothCells", checkable=True)
        self.smooth.setToolTip(self.tr("Interpolate between the model's cells"))
        self.cells = self._choice(self.tr("Cells"), "nativeCells", checkable=True)
        self.cells.setToolTip(self.tr("Show the model's own cells, as coarse as they are"))
        self._cell_group = QButtonGroup(self)
        self._cell_group.addButton(self.smooth)
        self._cell_group.addButton(self.cells)
        self.smooth.clicked.connect(lambda: self._state.set_overlay(smooth=True))
        self.cells.clicked.connect(lambda: self._state.set_overlay(smooth=False))
        return _row(self.smooth, self.cells)

    def _make_threshold(self) -> QWidget:
        self.threshold, self.share = self._slider(
            "threshold", self.tr("Threshold, as a share of the limit")
        )
        self.threshold.setToolTip(
            self.tr("Share of the limit from which on evidence is drawn; contours: the thick line")
        )
        self.threshold.setMinimum(1)
        self.threshold.valueChanged.connect(
            lambda value: self._state.set_overlay(threshold=value / 100)
        )
        return _row(self.threshold, self.share, stretch=False)

    def _make_patches(self) -> QWidget:
        self.top_k = QSpinBox()
        self.top_k.setObjectName("topPatches")
        self.top_k.setAccessibleName(self.tr("How many of the highest patches"))
        self.top_k.setRange(1, MOST_PATCHES)
        self.top_k.setPrefix(self.tr("top "))
        self.top_k.setToolTip(
            self.tr(
                "Patches of 33 x 33 pixels of the model's input, by the mean of the map; only "
                "those above 0, as in top-k precision"
            )
        )
        self.top_k.valueChanged.connect(lambda value: self._state.set_overlay(top_k=value))
        return _row(self.top_k)

    def _slider(self, name: str, accessible: str) -> tuple[QSlider, QLabel]:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setObjectName(f"{name}Slider")
        slider.setAccessibleName(self.tr("{0}, in percent").format(accessible))
        slider.setRange(0, 100)
        slider.setPageStep(10)
        number = tabular(QLabel(), "100 %")
        number.setObjectName(f"{name}Number")
        return slider, number

    def _choice(self, text: str, name: str, *, checkable: bool) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setCheckable(checkable)
        return button

    def _hide(self) -> None:
        self._visible = self._state.overlay.visible
        self._state.set_overlay(visible=False)

    def _show_again(self) -> None:
        self._state.set_overlay(visible=self._visible)

    def _show(self) -> None:
        overlay = self._state.overlay
        for slider, number, value in (
            (self.slider, self.number, overlay.opacity),
            (self.threshold, self.share, overlay.threshold),
        ):
            slider.blockSignals(True)
            slider.setValue(round(100 * value))
            slider.blockSignals(False)
            number.setText(self.tr("{0} %").format(round(100 * value)))
        self.top_k.blockSignals(True)
        self.top_k.setValue(overlay.top_k)
        self.top_k.blockSignals(False)
        (self.smooth if overlay.smooth else self.cells).setChecked(True)
        self.styles[overlay.style].setChecked(True)
        self.needs.setCurrentIndex({"blend": 0, "patches": 2}.get(overlay.style, 1))


def _row(*widgets: QWidget, stretch: bool = True) -> QWidget:
    """Return widgets beside each other, pushed to the left or filling the row."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GAP)
    for widget in widgets:
        row.addWidget(widget)
    if stretch:
        row.addStretch(1)
    return holder
