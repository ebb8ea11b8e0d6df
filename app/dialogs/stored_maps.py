"""How much the maps take that are kept for the next time, and a button that removes them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QThreadPool, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from softcam_core.explain.map_cache import MapCache

MEGABYTE = 1_000_000
WIDTH = 460
"""Of the dialog, px."""


class StoredMapsDialog(QDialog):
    """Says what the disk cache of maps takes; a large one is counted behind the window."""

    _counted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin to count."""
        super().__init__(parent)
        self.setObjectName("storedMaps")
        self.setWindowTitle(self.tr("Stored maps"))
        meaning = QLabel(
            self.tr(
                "Maps that take many passes of the network are kept on this computer, so that the "
                "same image, model and method have them at once next time. Their files are named "
                "by checksums and hold no image and no name. What is removed is computed again "
                "when it is next asked for."
            )
        )
        meaning.setWordWrap(True)
        meaning.setProperty("role", "secondary")
        self.room = QLabel(self.tr("Counting…"))
        self.room.setObjectName("storedSize")
        self.room.setAccessibleName(self.tr("Room that stored maps take"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.clear = QPushButton(self.tr("&Remove them all"))
        self.clear.setObjectName("removeMaps")
        self.clear.setEnabled(False)
        self.clear.clicked.connect(self._clear)
        buttons.addButton(self.clear, QDialogButtonBox.ButtonRole.DestructiveRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(16)
        for widget in (meaning, self.room, buttons):
            layout.addWidget(widget)
        self.setMinimumWidth(WIDTH)
        # A label that wraps does not say how high it is before it knows its width.
        self.resize(WIDTH, layout.totalHeightForWidth(WIDTH))
        self._counted.connect(self._show)
        self._behind(lambda _: None)

    def _behind(self, change: Callable[[MapCache], None]) -> None:
        """Change the store and count again, in a thread."""
        counted = self._counted

        def work() -> None:
            from softcam_core.explain.map_cache import MapCache, maps_folder

            cache = MapCache(maps_folder())
            change(cache)
            with suppress(RuntimeError):  # The dialog may be gone by now.
                counted.emit(cache.size())

        QThreadPool.globalInstance().start(work)

    def _clear(self) -> None:
        self.clear.setEnabled(False)
        self.room.setText(self.tr("Removing…"))
        self._behind(lambda cache: cache.clear())

    def _show(self, size: int) -> None:
        taken = self.tr("They take {0} MB.").format(f"{size / MEGABYTE:.1f}")
        self.room.setText(taken if size else self.tr("No map is stored."))
        self.clear.setEnabled(size > 0)
