"""What to compare: readers, labels, the criterion, grades' weights, and models."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.agreement.comparison import ModelAsked, Question, options
from app.agreement.tables import reader_name
from app.state import ADJUDICATED, OPEN, LoadedModel, ViewerState
from app.texts import method_name
from app.theme import scaled
from softcam_core.agreement.reads import FIRST, LAST, Reads
from softcam_core.agreement.threshold import parse_threshold
from softcam_core.annotations.seen import HIDING
from softcam_core.errors import SoftcamError, StudyError
from softcam_core.explain.methods import METHODS

if TYPE_CHECKING:
    from softcam_core.annotations.study import Study

WIDTH = 288
IOUS = (0.1, 0.25, 0.3, 0.5, 0.75)


class Choices(QWidget):
    """The form on the left of the dialog.

    Signals:
        chosen: other readers or models are ticked, or there are others to tick.
    """

    chosen = Signal()

    def __init__(self, state: ViewerState, parent: QWidget | None = None) -> None:
        """Offer what ``state`` has; call `fill` when another study is open."""
        super().__init__(parent)
        self.setObjectName("agreementChoices")
        self.setFixedWidth(scaled(WIDTH))
        self._state = state
        self._usual: tuple[Study | None, Reads | None] = None, None
        self.readers = self._list("agreementReaders", self.tr("Readers to compare"))
        self.models = self._list("agreementModels", self.tr("Models to compare the readers with"))
        self.reads = self._box("agreementReads", self.tr("Which read of each reader counts"))
        self.reads.addItem(self.tr("First, as it was locked"), FIRST)
        self.reads.addItem(self.tr("Last, as it stands now"), LAST)
        self.reads.setToolTip(
            self.tr("Counts where a reader has read a case again, after the reveal for instance")
        )
        self.label = self._box("agreementLabel", self.tr("Label of the marks"))
        self.criterion = self._box("agreementCriterion", self.tr("When two lesions are one"))
        self.criterion.addItem(self.tr("Overlap (IoU)"), "iou")
        self.criterion.addItem(self.tr("Centre inside the other"), "hit")
        self.iou = self._box("agreementIou", self.tr("Least intersection over union"))
        for share in IOUS:
            self.iou.addItem(f"{share:.2f}", share)
        self.iou.setCurrentIndex(IOUS.index(0.5))
        self.criterion.currentIndexChanged.connect(
            lambda: self.iou.setEnabled(self.criterion.currentData() == "iou")
        )
        self.weights = self._box("agreementWeights", self.tr("Weights of Cohen's kappa"))
        for text, value in (
            (self.tr("None"), "none"),
            (self.tr("Linear"), "linear"),
            (self.tr("Quadratic"), "quadratic"),
        ):
            self.weights.addItem(text, value)
        self.components = QCheckBox(self.tr("Parts of a mask are lesions"))
        self.components.setObjectName("agreementComponents")
        self.method = self._box("agreementMethod", self.tr("Whose maps of the model"))
        self.method.addItem(self.tr("Evidence, else Grad-CAM"), "")
        for method in METHODS:
            self.method.addItem(method_name(method), method)
        self.class_ = self._box("agreementClass", self.tr("Class of the maps"))
        self.threshold = QLineEdit()
        self.threshold.setObjectName("agreementThreshold")
        self.threshold.setAccessibleName(self.tr("Threshold of the maps"))
        self.threshold.setPlaceholderText(self.tr("0, or 20% of maximum"))
        self.threshold.setToolTip(
            self.tr(
                "Maps mark what lies above: a number in their units, or a share of their maximum "
                "(20%). Left empty: 0 for evidence, 20% for other methods."
            )
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (
            *(self._heading(self.tr("Readers")), self.readers, self._form(_marks(self))),
            *(self._heading(self.tr("Models")), self.models, self._form(_maps(self))),
        ):
            layout.addWidget(widget)
        layout.addStretch(1)
        self.readers.itemChanged.connect(self.chosen)
        self.models.itemChanged.connect(self.chosen)

    def _list(self, name: str, spoken: str) -> QListWidget:
        widget = QListWidget()
        widget.setObjectName(name)
        widget.setAccessibleName(spoken)
        widget.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        widget.setFixedHeight(104)
        return widget

    def _box(self, name: str, spoken: str) -> QComboBox:
        widget = QComboBox()
        widget.setObjectName(name)
        widget.setAccessibleName(spoken)
        return widget

    def _heading(self, text: str) -> QLabel:
        label = QLabel(text)
        label.setProperty("role", "title")
        return label

    def _form(self, rows: Iterable[tuple[str, QWidget]]) -> QWidget:
        holder = QWidget()
        form = QFormLayout(holder)
        form.setContentsMargins(0, 0, 0, 8)
        form.setSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for text, widget in rows:
            if text:
                form.addRow(text, widget)
            else:
                form.addRow(widget)
        return holder

    # Offering

    def fill(self) -> None:
        """Offer the readers, labels and models that there are now; all readers are chosen."""
        study = self._state.study
        names: list[str] = []
        labels: list[str] = []
        if study is not None:
            try:
                names = self._state.sight.readers_to_compare()
                labels = [label.name for label in self._state.sight.labels() if label.name]
            except SoftcamError as error:
                self._state.message.emit(str(error))
        self.readers.clear()
        for name in names:
            self._item(self.readers, reader_name(name), name, name != ADJUDICATED)
        usual = self._usual_reads()
        if (study, usual) != self._usual:  # Else it stays as the user chose it.
            self._usual = study, usual
            self.reads.setCurrentIndex(self.reads.findData(usual))
        self.label.clear()
        self.label.addItem(self.tr("All, and each"), None)
        for label in labels:
            self.label.addItem(label, label)
        self.fill_models()

    def _usual_reads(self) -> Reads:
        """Return the first reads where models or others are hidden from them, else the last."""
        study = self._state.study
        if self._state.sight.mode != OPEN:
            return FIRST
        try:
            begun = study.reads() if study is not None else []
        except SoftcamError:
            return LAST
        # A study may have become open once all was read.
        return FIRST if any(read.mode in HIDING for read in begun) else LAST

    def fill_models(self) -> None:
        """Offer the open models; none is chosen at first."""
        chosen = {model.id for model in self._chosen_models()}
        wanted = self.class_.currentText()
        self.models.clear()
        for model in self._state.models:
            self._item(self.models, model.spec.title, model.id, model.id in chosen)
        self.class_.clear()
        self.class_.addItem(self.tr("Predicted"), None)
        classes = dict.fromkeys(name for m in self._state.models for name in m.spec.classes)
        for name in classes:
            self.class_.addItem(name, name)
        self.class_.setCurrentIndex(max(0, self.class_.findText(wanted)))
        self.chosen.emit()

    def _item(self, widget: QListWidget, text: str, data: str, chosen: bool) -> None:
        item = QListWidgetItem(text, widget)
        item.setData(Qt.ItemDataRole.UserRole, data)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)

    # Asking

    def what_counts(self, reads: str) -> str:
        """Return in a sentence which reads numbers are about."""
        if reads == FIRST:
            return self.tr("The first read of each reader counts, as it was when it was locked.")
        return self.tr("The last read of each reader counts: what stands now.")

    def chosen_readers(self) -> list[str]:
        """Return the readers that are ticked."""
        return _ticked(self.readers)

    def _chosen_models(self) -> list[LoadedModel]:
        ids = _ticked(self.models)
        return [model for model in self._state.models if model.id in ids]

    def missing(self) -> str:
        """Return what has to be there or ticked before anything can be compared, "" for nothing."""
        readers = self.chosen_readers()
        if len(readers) > 1 or (readers and self._chosen_models()):
            return ""
        if self.readers.count() > 1 or (self.readers.count() and self.models.count()):
            return self.tr("Tick two readers, or a reader and a model, to compare them.")
        return self.tr("Agreement needs two readers, or a reader and an open model.")

    def question(self) -> tuple[Question, int]:
        """Return what to compare, and how many cases the protocol keeps out of it.

        Raises:
            SoftcamError: that cannot be compared; one sentence says why.
        """
        readers, models = self.chosen_readers(), self._chosen_models()
        missing = self.missing()
        if missing:
            raise StudyError(missing)
        sight = self._state.sight
        ids = [case.id for case in self._state.cases]
        seen = frozenset(case for case in ids if not sight.hides_others(case))
        models_seen = frozenset(case for case in seen if not sight.hides_model(case))
        if not (models_seen if models and len(readers) < 2 else seen):
            raise StudyError(
                self.tr(
                    "The protocol hides what others and models say until your first read of a "
                    "case is locked; lock one, then compare."
                )
            )
        label = self.label.currentData()
        chosen = options(
            None if label is None else [label],
            self.criterion.currentData(),
            self.iou.currentData(),
            self.weights.currentData(),
            self.components.isChecked(),
            self.reads.currentData(),
        )
        asked = tuple(self._asked(model) for model in models)
        hidden = len(ids) - len(models_seen if models else seen)
        return Question(tuple(readers), chosen, asked, seen, models_seen), hidden

    def _asked(self, model: LoadedModel) -> ModelAsked:
        method = self.method.currentData()
        if not method:
            method = "gradcam" if "evidence" in model.refused else "evidence"
        threshold = parse_threshold(self.threshold.text(), method)
        return ModelAsked(
            id=model.id,
            name=model.spec.title,
            method=method,
            class_=self.class_.currentData(),
            threshold=(threshold.value, threshold.share),
        )


def _marks(form: Choices) -> list[tuple[str, QWidget]]:
    return [
        (form.tr("Reads"), form.reads),
        (form.tr("Label"), form.label),
        (form.tr("Lesions match"), form.criterion),
        (form.tr("IoU at least"), form.iou),
        ("", form.components),
        (form.tr("Kappa weights"), form.weights),
    ]


def _maps(form: Choices) -> list[tuple[str, QWidget]]:
    return [
        (form.tr("Maps"), form.method),
        (form.tr("Class"), form.class_),
        (form.tr("Above"), form.threshold),
    ]


def _ticked(widget: QListWidget) -> list[str]:
    items = [widget.item(row) for row in range(widget.count())]
    return [
        item.data(Qt.ItemDataRole.UserRole)
        for item in items
        if item.checkState() == Qt.CheckState.Checked
    ]
