"""The label palette: which finding the next shape is, in which colour, by which key.

It offers what suits the modality of the case in view: see `app.annotate.panels.label_sets`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QColorDialog,
    QInputDialog,
    QLabel,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.annotate.annotator import Annotator
from app.annotate.panels.flow import FlowLayout
from app.annotate.panels.label_sets import missing, suiting
from app.canvas.marks import FALLBACK_COLOUR
from app.controller.study_settings import setting
from app.language import core_word
from app.state import ViewerState
from softcam_core.annotations.labels import COLORS, presets
from softcam_core.annotations.study import LabelRecord
from softcam_core.errors import SoftcamError
from softcam_core.imaging.fundus import fundus_box

SWATCH = 12
FIRST_LABEL = "lesion"
"""The one label of a study for which no set fits."""
PROVIDED = "label-sets"
"""Setting of a study: modalities whose set it was given, or whose labels a reader has chosen."""


class LabelPalette(QWidget):
    """One button per label that suits the case; the pressed one is given to new shapes."""

    def __init__(self, state: ViewerState, parent: QWidget | None = None) -> None:
        """Follow the study of ``state``."""
        super().__init__(parent)
        self.setObjectName("labelPalette")
        self.setAccessibleName(self.tr("Labels"))
        self._state = state
        self._shown: list[LabelRecord] | None = None
        self._modality = ""
        self._last: dict[str, str] = {}  # The label that was chosen last, by modality.
        self._also: dict[str, set[str]] = {}  # Labels of other sets that were asked for.
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(lambda button: state.set_label(button.property("label")))
        heading = QLabel(self.tr("Label of new shapes"), self)
        heading.setProperty("secondary", True)
        self._flow = FlowLayout()
        self.more = QPushButton(self.tr("Labels…"), self)
        self.more.setObjectName("labelMenu")
        self.more.setAccessibleName(self.tr("Add and change labels"))
        self.more.setToolTip(self.tr("Add and change labels"))
        self.more.setAutoDefault(False)
        self.more.clicked.connect(self._show_menu)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(6)
        column.addWidget(heading)
        column.addLayout(self._flow)
        state.study_changed.connect(self._forget)
        state.reader_changed.connect(self._forget)
        state.sight_changed.connect(self._refresh)
        state.case_changed.connect(self._refresh)
        state.image_changed.connect(self._suggest)
        state.annotations_changed.connect(self._refresh)
        state.label_changed.connect(self._on_label)
        self._refresh()

    # What a reader can do

    def choose(self, number: int) -> bool:
        """Choose the label with the key ``number``; False where there is none."""
        name = self._of_key(number)
        if name is not None:
            self._state.set_label(name)
        return name is not None

    def relabel(self, annotator: Annotator, number: int) -> None:
        """Give the selected shapes the label with the key ``number``."""
        name = self._of_key(number)
        if name is None:
            self._state.message.emit(self.tr("No label has the key {0}.").format(number))
        else:
            annotator.set_label(self._state.selection, name)

    def _of_key(self, number: int) -> str | None:
        return next((x.name for x in self.offered() if x.key == str(number)), None)

    def labels(self) -> list[LabelRecord]:
        """Return the labels of the study."""
        return self._state.study.labels() if self._state.study is not None else []

    def offered(self) -> list[LabelRecord]:
        """Return the labels of the study that suit the case in view."""
        modality = self._of_case()
        return suiting(self._state.sight.labels(), modality, self._also.get(modality, ()))

    def _of_case(self) -> str:
        return self._state.case.modality if self._state.case is not None else ""

    def add_label(self, name: str, colour: str | None = None) -> None:
        """Add a label with a free key, choose it; a known name is only chosen."""
        labels = self.labels()
        self._also.setdefault(self._of_case(), set()).add(name)
        self._state.sight.add_label(name)
        if name not in {label.name for label in labels}:
            used = {label.color for label in labels}
            keys = {label.key for label in self.offered()}
            free = next((c for c in COLORS if c not in used), FALLBACK_COLOUR)
            key = next((k for k in "123456789" if k not in keys), "")
            self._store([*labels, LabelRecord(name, colour or free, key)])
        else:
            self._refresh()
        self._state.set_label(name)

    def set_colour(self, name: str, colour: str) -> None:
        """Give a label another colour, ``#rrggbb``."""
        self._store([replace(x, color=colour) if x.name == name else x for x in self.labels()])

    def remove_label(self, name: str) -> None:
        """Take a label out of the palette; shapes that have it keep its name."""
        self._store([label for label in self.labels() if label.name != name])

    def load_set(self, modality: str) -> None:
        """Take the bundled set of a modality; labels that shapes use stay beside it."""
        study = self._state.study
        if study is None:
            return
        preset = presets()[modality]
        wanted = list(preset.labels)
        names, keys = {label.name for label in wanted}, {label.key for label in wanted}
        used = {record.label for record in study.annotations()}
        for label in self.labels():
            if label.name in used and label.name not in names:
                wanted.append(replace(label, key="") if label.key in keys else label)
        if preset.grades and not study.grade_names() and self._of_case() not in presets():
            # The grades that go with them; a list that the study has already stays, and so does
            # that of the case's modality.
            self._guarded(lambda: study.set_grade_names(preset.grades))
        self._note_provided(self._of_case())
        self._store(wanted)

    # Following the study

    def _store(self, labels: list[LabelRecord]) -> None:
        if not self._write(labels):
            return
        case = self._state.case
        # Everything that shows shapes reads their colours again.
        self._state.annotations_changed.emit(case.id if case else -1)
        self._refresh()

    def _write(self, labels: list[LabelRecord]) -> bool:
        study = self._state.study
        return study is not None and self._guarded(lambda: study.set_labels(labels))

    def _guarded(self, write: Callable[[], None]) -> bool:
        """Write to the study; tell it where that fails."""
        study = self._state.study
        if study is None or study.read_only:
            return False
        try:
            write()
        except SoftcamError as error:
            self._state.message.emit(str(error))
            return False
        return True

    def _suggest(self) -> None:
        """Offer the fundus labels for a fundus photograph, as long as nothing has been drawn."""
        study, case, image = self._state.study, self._state.case, self._state.image
        if study is None or case is None or image is None or case.modality:
            return
        if [label.name for label in self.labels()] != [FIRST_LABEL] or study.annotation_counts():
            return
        if image.pixels.ndim == 3 and fundus_box(image.pixels) is not None:
            self.load_set("fundus")

    def _provide(self) -> None:
        """Give a study whose labels are all of other modalities those of the case in view, once."""
        study, modality = self._state.study, self._of_case()
        known = setting(study, PROVIDED)
        if study is None or study.read_only or (isinstance(known, list) and modality in known):
            return
        labels = self.labels()
        added = missing(labels, modality)
        if added and self._write([*labels, *added]):
            self._note_provided(modality)

    def _note_provided(self, modality: str) -> None:
        study = self._state.study
        known = setting(study, PROVIDED)
        before = known if isinstance(known, list) else []
        if study is not None and modality and modality not in before:
            self._guarded(lambda: study.set_setting(PROVIDED, [*before, modality]))

    def _forget(self) -> None:
        """Begin anew: another study, or another reader, whom the last choice might tell things."""
        self._last.clear()
        self._also.clear()
        self._refresh()

    def _refresh(self) -> None:
        self._provide()
        labels = self.labels()
        if not labels and self._state.study is not None and self._state.case is not None:
            fitting = presets().get(self._state.case.modality)
            first = [LabelRecord(FIRST_LABEL, COLORS[0], "1")]
            labels = list(fitting.labels) if fitting is not None else first
            self._write(labels)
            self._suggest()
            labels = self.labels() or labels
        if labels and self._state.sight.any_others_hidden():
            # What only others brought or drew would tell what they found.
            labels = self._state.sight.labels()
        modality = self._of_case()
        labels = suiting(labels, modality, self._also.get(modality, ()))
        if labels != self._shown:
            self._shown = labels
            self._fill(labels)
        self._settle(labels, modality)
        self._check()

    def _settle(self, labels: list[LabelRecord], modality: str) -> None:
        """Let new shapes have a label that suits the case: the last one of its modality."""
        names = [label.name for label in labels]
        moved, self._modality = modality != self._modality, modality
        last = self._last.get(modality, "")
        if moved and last in names:
            self._state.set_label(last)
        elif names and self._state.label not in names:
            self._state.set_label(last if last in names else names[0])

    def _on_label(self) -> None:
        """Remember the choice; one that another panel made must suit the case as well."""
        names = [label.name for label in self._shown or ()]
        if self._modality == self._of_case() and self._state.label in names:
            self._last[self._modality] = self._state.label
        elif names and self._modality == self._of_case():
            self._settle(self._shown or [], self._modality)
        self._check()

    def _fill(self, labels: list[LabelRecord]) -> None:
        """Make the buttons anew."""
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._flow.removeWidget(self.more)
        for label in labels:
            button = QPushButton(f" {label.name}  {label.key}".rstrip(), self)
            button.setObjectName(f"label-{label.name}")
            button.setProperty("label", label.name)
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setIcon(swatch(label.color))
            button.setIconSize(QSize(SWATCH, SWATCH))
            meaning = core_word(label.meaning or label.name)
            button.setAccessibleName(self.tr("Label {0}").format(meaning))
            key = self.tr(", key {0}").format(label.key) if label.key else ""
            button.setToolTip(meaning + key)
            button.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
            button.addActions(self._label_actions(label, button))
            self._group.addButton(button)
            self._flow.addWidget(button)
        self._flow.addWidget(self.more)
        self.more.setVisible(self._state.study is not None)

    def _check(self) -> None:
        for button in self._group.buttons():
            button.setChecked(button.property("label") == self._state.label)

    # Menus and dialogs

    def _show_menu(self) -> None:
        menu = self.menu()
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def menu(self) -> QMenu:
        """Return what can be done to the labels, as a menu that ends with its use."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Add label…"), self._ask_label)
        current = next((x for x in self.labels() if x.name == self._state.label), None)
        if current is not None:
            menu.addSeparator()
            menu.addActions(self._label_actions(current, menu))
        menu.addSeparator()
        for modality, preset in presets().items():
            text = self.tr("Use the set “{0}”").format(core_word(preset.name))
            action = menu.addAction(text)
            action.triggered.connect(lambda _=False, m=modality: self.load_set(m))
        return menu

    def _label_actions(self, label: LabelRecord, parent: QWidget) -> list[QAction]:
        colour = QAction(self.tr("Colour of {0}…").format(label.name), parent)
        colour.triggered.connect(lambda: self._ask_colour(label))
        remove = QAction(self.tr("Remove {0} from the palette").format(label.name), parent)
        remove.triggered.connect(lambda: self.remove_label(label.name))
        return [colour, remove]

    def _ask_label(self) -> None:
        title, prompt = self.tr("Add a label"), self.tr("Name of the finding:")
        name, agreed = QInputDialog.getText(self, title, prompt)
        if agreed and name.strip():
            self.add_label(name.strip())

    def _ask_colour(self, label: LabelRecord) -> None:
        title = self.tr("Colour of {0}").format(label.name)
        colour = QColorDialog.getColor(QColor(label.color), self, title)
        if colour.isValid():
            self.set_colour(label.name, colour.name())


def swatch(colour: str, side: int = SWATCH) -> QIcon:
    """Return a rounded square of a label's colour."""
    ratio = 2.0
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(0, 0, side, side, 3, 3)
    painter.end()
    icon = QIcon(pixmap)
    # The same colour in a selected row, where Qt would tint it.
    icon.addPixmap(pixmap, QIcon.Mode.Selected)
    return icon
