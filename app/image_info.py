"""The image dock's content: what the file says of itself, without identity."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from app.canvas.elided import ElidedLabel
from app.state import ViewerState
from app.theme import scaled

NAME, VALUE = 92, 72
"""Widths that names and values ask for at the most, px; more makes them take another line."""


class _Wrapped(QLabel):
    """A text in lines of words; the panel is as wide as it was whatever an image says of itself."""

    def __init__(self, text: str, most: int) -> None:
        super().__init__(text)
        self._most = most
        self.setWordWrap(True)
        self.setToolTip(text)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return QSize(min(least.width(), scaled(self._most)), least.height())


class ImageInfo(QWidget):
    """Size, depth, spacing and tags of the image in view."""

    def __init__(self, state: ViewerState, parent: QWidget | None = None) -> None:
        """Observe ``state``."""
        super().__init__(parent)
        self._state = state
        self._form = QFormLayout(self)
        self._form.setContentsMargins(12, 8, 12, 12)
        self._form.setHorizontalSpacing(16)
        self._form.setVerticalSpacing(4)
        state.image_changed.connect(self._show)
        state.case_changed.connect(self._show)
        self._show()

    def rows(self) -> list[tuple[str, str]]:
        """Return what is shown, as (name, value)."""
        image, case = self._state.image, self._state.case
        if case is None:
            return []
        rows = [(self.tr("File"), case.name)]
        if image is None:
            return rows
        height, width = image.pixels.shape[:2]
        colour = self.tr("colour") if image.pixels.ndim == 3 else self.tr("grey")
        rows += [
            (self.tr("Format"), image.format),
            (self.tr("Size"), f"{width} × {height} px"),
            (self.tr("Pixels"), f"{image.pixels.dtype}, {colour}"),
        ]
        if image.spacing:
            row, column = image.spacing
            rows.append((self.tr("Spacing"), f"{row:.3g} × {column:.3g} mm"))
        else:
            rows.append((self.tr("Spacing"), self.tr("not known: sizes are in pixels")))
        return rows + list(image.info.items())

    def _show(self) -> None:
        while self._form.rowCount():
            self._form.removeRow(0)
        rows = self.rows()
        for number, (name, value) in enumerate(rows):
            label = _Wrapped(name, NAME)
            label.setProperty("role", "secondary")
            label.setMaximumWidth(scaled(NAME))
            self._form.addRow(label, _Wrapped(value, VALUE) if number else _file(value))
        if not rows:
            hint = QLabel(self.tr("No image is open."))
            hint.setProperty("role", "secondary")
            self._form.addRow(hint)


def _file(name: str) -> QLabel:
    """Return the name of a file in one line; there may be no space in it to break it at."""
    label = ElidedLabel()
    label.setText(name)
    label.set_shorter((), name)
    label.setToolTip(name)
    return label
