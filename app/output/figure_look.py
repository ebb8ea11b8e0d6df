"""How a figure looks: file, width, maps, and what stands around the pictures."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from app.settings import Settings
from app.state import ViewerState

ONE_COLUMN, TWO_COLUMNS = 85.0, 175.0
"""Widths in journals, mm."""
LEAST, MOST = 40.0, 400.0
FILES = {"png300": ("png", 300), "png600": ("png", 600), "svg": ("svg", 300), "pdf": ("pdf", 300)}


class FigureLook(QWidget):
    """Fields for the look; the names of files are never told unless asked again each time."""

    changed = Signal()

    def __init__(
        self, state: ViewerState, settings: Settings, parent: QWidget | None = None
    ) -> None:
        """Begin with the window's own overlay, and the last choices of ``settings``."""
        super().__init__(parent)
        self._settings = settings
        self.file = self._combo("figureFile", self.tr("Kind of file"))
        self.width_ = self._combo("figureWidth", self.tr("Width of the figure"))
        self.custom = QDoubleSpinBox()
        self.custom.setObjectName("figureCustom")
        self.custom.setAccessibleName(self.tr("Width in mm"))
        self.custom.setRange(LEAST, MOST)
        self.custom.setDecimals(0)
        self.custom.setSuffix(self.tr(" mm"))
        self.title = QLineEdit()
        self.title.setObjectName("figureTitle")
        self.title.setAccessibleName(self.tr("Title of the figure"))
        self.style_ = self._combo("figureStyle", self.tr("How maps are drawn"))
        self.opacity = QSpinBox()
        self.opacity.setObjectName("figureOpacity")
        self.opacity.setAccessibleName(self.tr("Opacity of maps"))
        self.opacity.setRange(0, 100)
        self.opacity.setSingleStep(5)
        self.opacity.setSuffix(self.tr(" %"))
        self.smooth = self._check("figureSmooth", self.tr("&Smooth between the model's cells"))
        self.marks = self._check("figureMarks", self.tr("Marks over &maps too"))
        self.bars = self._check("figureBars", self.tr("&Bars of colours with limits and units"))
        self.scale = self._check("figureScale", self.tr("Scale bar in &mm, where it is known"))
        self.footer = self._check("figureFooter", self.tr("Models and methods in small &print"))
        self.dark = self._check("figureDark", self.tr("&White on black"))
        self.names = self._check("figureNames", self.tr("File &names in place of letters"))
        self.identity = QLabel()
        self.identity.setObjectName("figureIdentity")
        self.identity.setProperty("role", "secondary")
        self.identity.setWordWrap(True)
        self._lay_out()
        self._fill(state)
        self._connect()
        self._tell()

    def choices(self) -> dict[str, Any]:
        """Return the fields of `Choices` that are chosen here."""
        kind, dpi = FILES[str(self.file.currentData())]
        width = float(self.width_.currentData())
        return {
            "kind": kind,
            "dpi": dpi,
            "width": width or self.custom.value(),
            "title": self.title.text().strip(),
            "opacity": self.opacity.value() / 100,
            "style": str(self.style_.currentData()),
            "smooth": self.smooth.isChecked(),
            "marks": self.marks.isChecked(),
            "bars": self.bars.isChecked(),
            "scale": self.scale.isChecked(),
            "footer": self.footer.isChecked(),
            "dark": self.dark.isChecked(),
            "names": self.names.isChecked(),
        }

    def suit(self, layout: str) -> None:
        """Propose marks over maps where the paper's figure has them."""
        self.marks.setChecked(layout in ("localization", "screen"))

    def remember(self) -> None:
        """Propose the same file and width the next time."""
        self._settings.set("figure/file", str(self.file.currentData()))
        self._settings.set("figure/width", str(self.width_.currentData()))

    # Building

    def _combo(self, name: str, spoken: str) -> QComboBox:
        made = QComboBox()
        made.setObjectName(name)
        made.setAccessibleName(spoken)
        return made

    def _check(self, name: str, text: str) -> QCheckBox:
        made = QCheckBox(text)
        made.setObjectName(name)
        return made

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("&File"), self.file)
        width = QHBoxLayout()
        width.setSpacing(8)
        width.addWidget(self.width_, 1)
        width.addWidget(self.custom)
        form.addRow(self.tr("&Width"), width)
        label = form.labelForField(width)
        if isinstance(label, QLabel):
            label.setBuddy(self.width_)
        form.addRow(self.tr("&Title"), self.title)
        form.addRow(self.tr("&Drawn as"), self.style_)
        form.addRow(self.tr("&Opacity"), self.opacity)
        for check in (self.smooth, self.marks, self.bars, self.scale, self.footer, self.dark):
            form.addRow("", check)
        form.addRow("", self.names)
        form.addRow("", self.identity)

    def _fill(self, state: ViewerState) -> None:
        self.file.addItem(self.tr("PNG, 300 dots per inch"), "png300")
        self.file.addItem(self.tr("PNG, 600 dots per inch"), "png600")
        self.file.addItem(self.tr("SVG, text and lines to edit"), "svg")
        self.file.addItem(self.tr("PDF, fonts embedded"), "pdf")
        self.width_.addItem(self.tr("One column (85 mm)"), str(ONE_COLUMN))
        self.width_.addItem(self.tr("Two columns (175 mm)"), str(TWO_COLUMNS))
        self.width_.addItem(self.tr("Another width"), "0")
        self.custom.setValue(TWO_COLUMNS)
        self.style_.addItem(self.tr("a veil"), "blend")
        self.style_.addItem(self.tr("contours"), "contour")
        self.style_.addItem(self.tr("what exceeds the threshold"), "threshold")
        self.style_.addItem(self.tr("the highest patches"), "patches")
        for combo, value in (
            (self.file, self._settings.text("figure/file", "png300")),
            (self.width_, self._settings.text("figure/width", str(TWO_COLUMNS))),
            (self.style_, state.overlay.style),
        ):
            combo.setCurrentIndex(max(combo.findData(value), 0))
        self.opacity.setValue(round(100 * state.overlay.opacity))
        self.smooth.setChecked(state.overlay.smooth)
        for check in (self.bars, self.scale, self.footer):
            check.setChecked(True)

    def _connect(self) -> None:
        for combo in (self.file, self.width_, self.style_):
            combo.currentIndexChanged.connect(self._on_change)
        for check in (
            *(self.smooth, self.marks, self.bars, self.scale, self.footer, self.dark, self.names),
        ):
            check.toggled.connect(self._on_change)
        self.title.textChanged.connect(self._on_change)
        self.custom.valueChanged.connect(self._on_change)
        self.opacity.valueChanged.connect(self._on_change)

    def _on_change(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        self.custom.setVisible(self.width_.currentData() == "0")
        self.opacity.setEnabled(self.style_.currentData() in ("blend", "threshold"))
        named = self.names.isChecked()
        self.identity.setText(
            self.tr("File names may tell who the patient is: look before you pass the figure on.")
            if named
            else self.tr(
                "Cases are called a, b, c; no name or date goes into the file, but text that is "
                "burned into an image stays."
            )
        )
        self.identity.setProperty("role", "warning" if named else "secondary")
        self.identity.style().unpolish(self.identity)
        self.identity.style().polish(self.identity)
