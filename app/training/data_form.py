"""What to train on: the open study, or a table or folder of images."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.controller.opening import GIVEN
from app.evaluation.choices import NOT_READERS
from app.evaluation.sight import may_be_seen
from app.settings import Settings
from app.state import ADJUDICATED, ViewerState
from app.training.meaning import GradeMeaning, LesionMeaning
from app.training.widgets import Box, form_in, small, title
from app.training.words import FORMATS, MODALITIES, modality_word, tr
from softcam_core.annotations.arguments import MAJORITY, UNION
from softcam_core.errors import ConfigError, SoftcamError
from softcam_core.paths import exists
from softcam_core.training.config import DataConfig

STUDY, FILES = "study", "files"
SPLITS = {
    "75": ("75 % train, 10 % validate, 15 % test", (0.75, 0.10, 0.15)),
    "75-25": ("75 % train, 25 % validate", (0.75, 0.25, 0.0)),
    "60": ("60 % train, 20 % validate, 20 % test", (0.6, 0.2, 0.2)),
}
"""How images are parted that have no split of their own."""
FEW = 100
"""Of so few images none are set apart for a test."""
LAST = "training/last"


class DataForm(QWidget):
    """The upper part of the form.

    Signals:
        changed: something else is chosen.
        modality_changed: the images are of another kind, or there is another study.
    """

    changed = Signal()
    modality_changed = Signal()

    def __init__(self, state: ViewerState, settings: Settings) -> None:
        """Offer what ``state`` has; the last table comes back from ``settings``."""
        super().__init__()
        self.setObjectName("trainingData")
        self._state, self._settings = state, settings
        self._study: Path | None = None
        self._readers_of: Path | None = None
        self._filling = False
        self.source = Box(
            "trainingSource",
            self.tr("Where the images come from"),
            {STUDY: self.tr("This study"), FILES: self.tr("A table or folder…")},
        )
        self.of_study, self.of_files = QWidget(), QWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(title(self.tr("Images")))
        layout.addWidget(self.source)
        layout.addWidget(self.of_study)
        layout.addWidget(self.of_files)
        holder = QWidget()
        layout.addWidget(holder)
        self._build_study()
        self._build_files()
        label = QLabel(self.tr("Split"))
        label.setMinimumWidth(self.fontMetrics().horizontalAdvance(self.tr("Class from")))
        form_in(holder).addRow(label, self.split)
        self._connect()
        self._show_source()

    # Building

    def _build_study(self) -> None:
        self.modality = Box("trainingModality", self.tr("Kind of images"))
        self.reader = Box("trainingReader", self.tr("Whose labels count"))
        self.labels_from = Box(
            "trainingLabelsFrom",
            self.tr("What gives a case its class"),
            {
                "both": self.tr("Grade, else lesions"),
                "grades": self.tr("Grade of the image"),
                "lesions": self.tr("Drawn lesions"),
            },
        )
        self.split = Box(
            "trainingSplit",
            self.tr("How the patients are parted"),
            {name: tr(text) for name, (text, _) in SPLITS.items()},
        )
        self.split.setToolTip(self.tr("A patient is never torn; a split of the data's own stays"))
        self._form = form = form_in(self.of_study)
        form.addRow(self.tr("Kind"), self.modality)
        form.addRow(self.tr("Labels of"), self.reader)
        form.addRow(self.tr("Class from"), self.labels_from)
        self.meaning, self.grades = LesionMeaning(), GradeMeaning()
        self.lesions, self.healthy = self.meaning.table, self.meaning.healthy
        form.addRow(self.grades)
        form.addRow(self.meaning)

    def _build_files(self) -> None:
        self.path = QLineEdit()
        self.path.setObjectName("trainingPath")
        self.path.setAccessibleName(self.tr("Table of images, or folder of a data set"))
        self.path.setPlaceholderText(self.tr("labels.csv, or a folder"))
        self.path.setText(self._settings.text(LAST))
        self.file = QPushButton(self.tr("Table…"))
        self.folder = QPushButton(self.tr("Folder…"))
        for button, name in ((self.file, "trainingFile"), (self.folder, "trainingFolder")):
            button.setObjectName(name)
            button.setAutoDefault(False)
        self.format = Box(
            "trainingFormat",
            self.tr("Layout of the data"),
            {value: tr(text) for value, text in FORMATS.items()},
        )
        self.task = Box(
            "trainingTask",
            self.tr("Classes of data sets that serve both"),
            {
                "": self.tr("As usual for it"),
                "binary": self.tr("Two: ill or not"),
                "multiclass": self.tr("All of them"),
            },
        )
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.file)
        buttons.addWidget(self.folder)
        buttons.addStretch(1)
        form = form_in(self.of_files)
        form.addRow(self.path)
        form.addRow(buttons)
        form.addRow(self.tr("Layout"), self.format)
        form.addRow(self.tr("Classes"), self.task)
        form.addRow(hint := small("trainingFilesHint"))
        hint.setText(
            self.tr(
                "A table has the columns path and label, and may have patient, split, mask and "
                "boxes."
            )
        )

    def _connect(self) -> None:
        self.source.currentIndexChanged.connect(self._show_source)
        self.modality.currentIndexChanged.connect(self._on_modality)
        self.labels_from.currentIndexChanged.connect(self._on_labels)
        for box in (self.reader, self.labels_from, self.format, self.task, self.split):
            box.currentIndexChanged.connect(self._tell)
        for meaning in (self.meaning, self.grades):
            meaning.changed.connect(self._tell)
        self.path.textChanged.connect(self._tell)
        self.file.clicked.connect(self._ask_file)
        self.folder.clicked.connect(self._ask_folder)
        for signal in (self._state.reader_changed, self._state.sight_changed):
            signal.connect(self.fill_readers)

    # Offering

    def fill(self) -> None:
        """Offer what there is now, of the study that is open now."""
        self._filling = True
        self._fill_modalities()
        self._filling = False
        self.fill_readers()
        study = self._state.study.path if self._state.study is not None else None
        if study != self._study:
            self._study = study
            self.source.choose(STUDY if study is not None else FILES)
            case = self._state.case
            if case is not None:
                self.modality.choose(case.modality)
        self._show_source()
        self.modality_changed.emit()

    def _fill_modalities(self) -> None:
        counts: dict[str, int] = {}
        for case in self._state.cases:
            counts[case.modality] = counts.get(case.modality, 0) + 1
        self.modality.refill(
            (name, self.tr("{0} ({1})").format(modality_word(name), count))
            for name, count in counts.items()
        )
        self._form.setRowVisible(self.modality, len(counts) > 1)

    def fill_readers(self) -> None:
        """Offer the study's readers; marks that came with the images where there are no own."""
        state, study = self._state, self._state.study
        if study is None:
            return
        before = self.reader.value()
        try:
            readers = study.readers_of()
            own = state.reader in readers and bool(study.annotation_counts(state.reader))
        except SoftcamError as error:
            state.message.emit(str(error))
            return
        fresh, self._readers_of = study.path != self._readers_of, study.path
        others = [name for name in readers if name not in (state.reader, *NOT_READERS)]
        items = [(state.reader, self.tr("Mine: {0}").format(state.reader))]
        for name in others:
            items.append((name, self.tr("Given with the images") if name == GIVEN else name))
        if len(readers) > 1:
            items.append((UNION, self.tr("Union of all readers")))
            items.append((MAJORITY, self.tr("Majority of readers")))
        if ADJUDICATED in readers and state.reader != ADJUDICATED:
            items.append((ADJUDICATED, self.tr("Adjudicated")))
        self.reader.refill(items)
        # Who has only begun to read has drawn nothing to learn from.
        if (fresh or before not in dict(items)) and not own and GIVEN in others:
            self.reader.choose(GIVEN)
        elif before not in dict(items) and state.reader not in readers and others:
            self.reader.choose(others[0])
        self._tell()

    def offer_lesions(self, names: tuple[str, ...]) -> None:
        """Offer the labels that are drawn in the images; what was written beside them stays."""
        self.meaning.offer(names)

    def offer_grades(self, grades: tuple[tuple[str, str], ...]) -> None:
        """Offer the grades of the images with their classes; what was said of them stays."""
        self.grades.offer(grades)
        self._show_meaning()

    # Reacting

    def _tell(self) -> None:
        if not self._filling:
            self.changed.emit()

    def _show_source(self) -> None:
        of_study = self.from_study()
        self.of_study.setVisible(of_study)
        self.of_files.setVisible(not of_study)
        self._show_meaning()
        self._on_modality()

    def _show_meaning(self) -> None:
        of = self.labels_from.value()
        self._form.setRowVisible(self.meaning, of != "grades")
        self._form.setRowVisible(self.grades, of != "lesions" and bool(self.grades.grades()))

    def _on_labels(self) -> None:
        of = self.labels_from.value()
        self.meaning.button.setChecked(of == "lesions")
        self.grades.button.setChecked(of == "grades")
        self._show_meaning()

    def _on_modality(self) -> None:
        if not self._filling:
            if self.from_study():
                self.split.choose("75-25" if len(self.cases()) <= FEW else "75")
            self.modality_changed.emit()
            self.changed.emit()

    def _ask_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("Table of images"), self._start(), self.tr("Tables (*.csv);;All (*)")
        )
        self._take(chosen)

    def _ask_folder(self) -> None:
        self._take(QFileDialog.getExistingDirectory(self, self.tr("Data set"), self._start()))

    def _take(self, chosen: str) -> None:
        if chosen:
            self._settings.set(LAST, chosen)
            self.path.setText(chosen)

    def _start(self) -> str:
        return self.path.text() or self._settings.text("last/folder")

    # Asking

    def from_study(self) -> bool:
        """Return whether the open study is trained on."""
        return self.source.value() == STUDY

    def modality_of_images(self) -> str:
        """Return the kind of the images; "" where it is not known."""
        return self.modality.value() if self.from_study() else ""

    def cases(self) -> list[int]:
        """Return the study's cases of the chosen kind."""
        wanted = self.modality.value()
        return [case.id for case in self._state.cases if case.modality == wanted]

    def _seen(self) -> Iterator[int]:
        """Give those of them that the protocol does not keep out."""
        state, reader = self._state, self.reader.value()
        return (case for case in self.cases() if may_be_seen(state, case, reader))

    def missing(self) -> str:
        """Return what has to be chosen before anything can be trained, "" for nothing."""
        if not self.from_study():
            path = self.path.text().strip()
            if not path:
                return self.tr("Choose a table of images, or the folder of a data set.")
            if not exists(Path(path)):
                return self.tr("{0} does not exist; choose another table or folder.").format(path)
            return ""
        if self._state.study is None:
            return self.tr("No study is open; open a folder, or train from a table.")
        if not self.cases():
            return self.tr("The study has no images; open a folder first.")
        # All of them are asked about where all are hidden alone.
        if next(self._seen(), None) is None:
            return self.tr(
                "The protocol hides what others and models say until your first read of a case is "
                "locked; lock one, then train."
            )
        return ""

    def data(self, base: DataConfig) -> DataConfig:
        """Return ``base`` over the images that are chosen.

        Raises:
            ConfigError: there are none; one sentence says why.
        """
        missing = self.missing()
        if missing:
            raise ConfigError(missing)
        base = replace(base, shares=SPLITS[self.split.value()][1])
        if not self.from_study() or self._state.study is None:
            return replace(
                base,
                csv=str(Path(self.path.text().strip()).absolute()),
                study="",
                reader="",
                cases=(),
                format=self.format.currentData(),
                task=self.task.currentData(),
                classes=(),
            )
        reader = self.reader.value()
        seen = tuple(self._seen())
        of = self.labels_from.value()
        grade_classes = self.grades.classes() if of != "lesions" else {}
        return replace(
            base,
            csv="",
            study=str(self._state.study.path.absolute()),
            reader=reader,
            cases=seen,
            format="auto",
            labels_from=self.labels_from.currentData(),
            # What the user says of grades need not be two classes.
            task="" if grade_classes else base.task,
            grade_classes=grade_classes,
            lesion_classes=self.meaning.classes() if of != "grades" else {},
            healthy=self.meaning.healthy_class() if of != "grades" else "",
            classes=(),
            modality=self.modality.currentData() if self.modality.value() in MODALITIES else "",
        )
