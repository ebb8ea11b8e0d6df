"""The evidence of the watched images, epoch by epoch."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSlider,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.canvas.legend import Legend
from app.canvas.look import Look
from app.evaluation.views import fill_box, filter_box
from app.texts import method_name, rectified, units
from app.training.live.follow import Follower
from app.training.live.map_files import FAINT, EpochMaps, MapsFolder, Seen, WatchedImages
from app.training.live.map_row import GAP, MapRow
from app.training.live.words import number
from softcam_core.imaging.colormap import pair_for

LABEL, PREDICTED = -1, -2
NOTHING = Seen(None, False, False)
AT_ONCE = 3
"""Images that are seen without scrolling."""


class WatchedMaps(QWidget):
    """The watched validation images of a run beside their evidence.

    The slider follows the newest epoch until it is moved away from it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setObjectName("trainingMaps")
        self.setAccessibleName(self.tr("Evidence of the watched images"))
        self._folder: Path | None = None
        self._images: WatchedImages | None = None
        self._seen = NOTHING
        self._follows = True
        self._filling = False
        self.rows: list[MapRow] = []
        self.of_class: QComboBox = filter_box("mapsClass", self.tr("Evidence of which class"), 14)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("mapsEpoch")
        self.slider.setAccessibleName(self.tr("Epoch"))
        self.slider.setPageStep(5)
        self.epoch = QLabel()
        self.epoch.setObjectName("mapsEpochName")
        self.epoch.setMinimumWidth(132)
        self.own_limit = QCheckBox(self.tr("Limits of &each epoch"))
        self.own_limit.setObjectName("mapsOwnLimit")
        self.own_limit.setToolTip(
            self.tr(
                "Colours between the limits of the epoch that is shown; else they are the same in "
                "all epochs, and one colour is one number."
            )
        )
        self.legend = Legend()
        self.legend.set_own(own=False, adjustable=False)  # It has a switch of its own.
        self.legend.setObjectName("mapsLegend")
        self.note = QLabel()
        self.note.setObjectName("mapsNote")
        self.note.setProperty("role", "secondary")
        self.note.setWordWrap(True)
        self.empty = QLabel()
        self.empty.setObjectName("mapsEmpty")
        self.empty.setProperty("role", "secondary")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.area = QScrollArea()
        self.area.setObjectName("mapsArea")
        self.area.setWidgetResizable(True)
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self._column.addStretch(1)
        self.area.setWidget(self._inside)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.empty)
        self.pages.addWidget(self.area)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.of_class)
        top.addWidget(self.slider, 1)
        top.addWidget(self.epoch)
        bottom = QHBoxLayout()
        bottom.setSpacing(8)
        bottom.addWidget(self.legend)
        bottom.addWidget(self.note, 1)
        bottom.addWidget(self.own_limit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(self.pages, 1)
        layout.addLayout(bottom)
        self._follower = Follower(self)
        self._follower.found.connect(self._on_found)
        self.of_class.currentIndexChanged.connect(self._draw)
        self.own_limit.toggled.connect(self._draw)
        self.slider.valueChanged.connect(self._on_slider)
        self._on_found(NOTHING)

    @property
    def is_following(self) -> bool:
        """Whether it looks for new epochs each second."""
        return self._follower.is_following

    def show_run(self, folder: Path | None) -> None:
        """Show the maps of the run in a folder; None shows nothing.

        The same folder again looks for new epochs at once, and keeps the epoch and class.
        """
        if folder is not None and folder == self._folder:
            self._follower.ask()
            return
        self._folder, self._follows = folder, True
        self._on_found(NOTHING)
        self._follower.look_with(MapsFolder(folder).look if folder is not None else None)

    def _on_found(self, seen: Seen) -> None:
        found = seen.images
        before, self._images, self._seen = self._images, found, seen
        self._follower.go_on(seen.alive)
        shown = found is not None and bool(found.epochs)
        for widget in (self.of_class, self.slider, self.own_limit):
            widget.setEnabled(shown)
        if found is None or not found.epochs:
            self.empty.setText(self._nothing(seen))
            self.pages.setCurrentWidget(self.empty)
            self.epoch.clear()
            self.note.clear()
            self.legend.set_scale(None, "", Look())
            return
        if before is None or before.classes != found.classes or not self.of_class.count():
            names = enumerate(found.classes)
            fill_box(
                self.of_class,
                [
                    (LABEL, self.tr("Class of the label")),
                    (PREDICTED, self.tr("Predicted class")),
                    *names,
                ],
            )
        self._fill_slider(before, found)
        self._fill_rows(len(found.labels))
        self.pages.setCurrentWidget(self.area)
        self._draw()

    def _fill_slider(self, before: WatchedImages | None, found: WatchedImages) -> None:
        at = before.epochs[self.slider.value()].epoch if before and before.epochs else 0
        epochs = [maps.epoch for maps in found.epochs]
        last = len(epochs) - 1
        self._filling = True
        self.slider.setRange(0, last)
        self.slider.setValue(last if self._follows or at not in epochs else epochs.index(at))
        self._filling = False

    def _fill_rows(self, count: int) -> None:
        while len(self.rows) > count:
            self.rows.pop().deleteLater()
        while len(self.rows) < count:
            row = MapRow(len(self.rows) + 1)
            self.rows.append(row)
            self._column.insertWidget(len(self.rows) - 1, row)
        self._fit()

    def _fit(self) -> None:
        seen = min(len(self.rows), AT_ONCE) or 1
        caption = self.rows[0].caption_height() if self.rows else 0
        side = (self.area.viewport().height() - (seen - 1) * GAP) // seen - caption
        side = min(side, self.area.viewport().width() // 3)
        for row in self.rows:
            row.set_side(side)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the pictures take the room."""
        super().resizeEvent(event)
        self._fit()

    def _on_slider(self) -> None:
        if not self._filling:
            self._follows = self.slider.value() == self.slider.maximum()
            self._draw()

    def current(self) -> EpochMaps | None:
        """Return the maps of the epoch that is shown."""
        if self._images is None or not self._images.epochs:
            return None
        return self._images.epochs[min(self.slider.value(), len(self._images.epochs) - 1)]

    def _draw(self) -> None:
        images, maps = self._images, self.current()
        if images is None or maps is None:
            return
        limit = maps.limit if self.own_limit.isChecked() else images.limit
        if maps.method == "evidence":
            limit = max(limit, FAINT)  # Else noise around 0 would be drawn at full strength.
        elif maps.is_faint:
            limit = 0.0
        chosen = self.of_class.currentData()
        for n, row in enumerate(self.rows):
            shown = {LABEL: images.labels[n], PREDICTED: maps.logits[n].argmax()}.get(
                chosen, chosen
            )
            row.show_maps(images, maps, int(shown or 0), limit)
        pair = pair_for(images.inputs.ndim == 4)
        self.legend.set_scale(limit or None, units(maps.method), Look(pair), rectified(maps.method))
        last = images.epochs[-1].epoch
        newest = self.tr("Epoch {0}, the newest").format(maps.epoch)
        older = self.tr("Epoch {0} of {1}").format(maps.epoch, last)
        self.epoch.setText(newest if maps.epoch == last else older)
        self.note.setText(self._notes(images, maps))

    def _notes(self, images: WatchedImages, maps: EpochMaps) -> str:
        notes = []
        if maps.is_faint:
            notes.append(self.tr("No evidence: all classes look alike to this network."))
        if self._seen.is_chance(maps.epoch):
            text = self.tr("No better than chance on the validation set: accuracy {0}.")
            notes.append(text.format(number(self._seen.accuracy[maps.epoch])))
        if maps.method != "evidence":
            notes.append(
                self.tr("{0}: a black box has no evidence.").format(method_name(maps.method))
            )
        if images.skipped == 1:
            notes.append(self.tr("The maps of one epoch cannot be read."))
        elif images.skipped:
            notes.append(self.tr("The maps of {0} epochs cannot be read.").format(images.skipped))
        return " ".join(notes)

    def _nothing(self, seen: Seen) -> str:
        if self._folder is None:
            return self.tr("Choose a run to see the evidence of its watched images.")
        if seen.alive and seen.watches:
            return self.tr("The maps come when the first epoch is finished.")
        if seen.watches:
            return self.tr("This run finished no epoch whose maps can be read.")
        return self.tr("This run watches no images.")
