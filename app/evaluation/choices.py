"""What to evaluate: models, methods, metrics, whose marks are the truth, and which cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.controller.opening import GIVEN
from app.evaluation.sight import may_be_seen
from app.evaluation.words import metric_word, tr
from app.jobs.asked import Asked
from app.language import core_word, in_language
from app.places import dated_folder
from app.state import ADJUDICATED, LoadedModel, ViewerState
from app.texts import method_name
from app.theme import scaled
from softcam_core.annotations.arguments import MAJORITY, UNION
from softcam_core.errors import EvaluationError, SoftcamError
from softcam_core.evaluation.metric_ids import METRICS, SLOW_METRICS
from softcam_core.evaluation.plan import LABEL, PREDICTED
from softcam_core.explain.methods import METHODS, SLOW

WIDTH = 288
ROLE = Qt.ItemDataRole.UserRole
CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked
KINDS = {
    "classification": "Prediction",
    "localization": "Localization",
    "boxes": "Boxes",
    "faithfulness": "Faithfulness",
    "consistency": "Consistency",
    "sanity": "Sanity check",
}
NOT_READERS = frozenset({UNION, MAJORITY, ADJUDICATED})
LINE = 21
"""Height of an entry of a list."""


class Choices(QWidget):
    """The form on the left of the dialog.

    Signals:
        chosen: something else is ticked, or there is something else to tick.
    """

    chosen = Signal()

    def __init__(
        self,
        state: ViewerState,
        shown_cases: Callable[[], list[int]],
        parent: QWidget | None = None,
    ) -> None:
        """Offer what ``state`` has; ``shown_cases`` are those that the worklist shows."""
        super().__init__(parent)
        self.setObjectName("evaluationChoices")
        self.setFixedWidth(scaled(WIDTH))
        self._state = state
        self._shown_cases = shown_cases
        self._own: set[str] = set()
        self._filling = False
        self._mine: tuple[Path | None, str] = None, ""
        self.models = self._list("evaluationModels", self.tr("Models to evaluate"))
        self.methods = self._list("evaluationMethods", self.tr("Methods to evaluate"))
        self.metrics = QTreeWidget()
        self._fill_metrics()
        self.baselines = QCheckBox(self.tr("Chance beside them"))
        self.baselines.setObjectName("evaluationBaselines")
        self.baselines.setChecked(True)
        self.baselines.setToolTip(
            self.tr(
                "A random map, a map of the centre, and the method on a network with random "
                "weights: what a number has to beat."
            )
        )
        self.truth = self._box("evaluationTruth", self.tr("Whose marks are the truth"))
        self.explained = self._box("evaluationClass", self.tr("Which class is explained"))
        self.cases = self._box("evaluationCases", self.tr("Which cases are measured"))
        for text, which in (
            (self.tr("Annotated"), "annotated"),
            (self.tr("All"), "all"),
            (self.tr("Shown in the worklist"), "shown"),
        ):
            self.cases.addItem(text, which)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for heading, widget, share in (
            (self.tr("Models"), self.models, 5),
            (self.tr("Methods"), self.methods, 7),
            (self.tr("Metrics"), self.metrics, 6),
        ):
            layout.addWidget(self._heading(heading))
            layout.addWidget(widget, share)
            layout.addSpacing(4)
        layout.addWidget(self.baselines)
        layout.addWidget(self._form())
        self.models.itemChanged.connect(self._on_models)
        self.methods.itemChanged.connect(self._tell)
        self.metrics.itemChanged.connect(self._tell)
        for signal in (state.reader_changed, state.sight_changed):
            signal.connect(self._fill_truth)
        state.truth_changed.connect(self._take_truth)

    # Building

    def _list(self, name: str, spoken: str) -> QListWidget:
        widget = QListWidget()
        widget.setObjectName(name)
        widget.setAccessibleName(spoken)
        widget.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        widget.setMinimumHeight(2 * scaled(LINE))
        return widget

    def _box(self, name: str, spoken: str) -> QComboBox:
        widget = QComboBox()
        widget.setObjectName(name)
        widget.setAccessibleName(spoken)
        widget.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        return widget

    def _heading(self, text: str) -> QLabel:
        label = QLabel(text)
        label.setProperty("role", "title")
        return label

    def _form(self) -> QWidget:
        holder = QWidget()
        form = QFormLayout(holder)
        form.setContentsMargins(0, 4, 0, 8)
        form.setSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("Marks"), self.truth)
        form.addRow(self.tr("Class"), self.explained)
        form.addRow(self.tr("Cases"), self.cases)
        return holder

    def _fill_metrics(self) -> None:
        tree = self.metrics
        tree.setObjectName("evaluationMetrics")
        tree.setAccessibleName(self.tr("Metrics to measure"))
        tree.setHeaderHidden(True)
        tree.setIndentation(16)
        tree.setMinimumHeight(4 * scaled(LINE))
        groups: dict[str, QTreeWidgetItem] = {}
        for metric, known in METRICS.items():
            if known.kind not in groups:
                group = QTreeWidgetItem(tree, [tr(KINDS[known.kind])])
                auto = Qt.ItemFlag.ItemIsAutoTristate | Qt.ItemFlag.ItemIsUserCheckable
                group.setFlags(group.flags() | auto)
                groups[known.kind] = group
            name = metric_word(metric)
            name = self.tr("{0}  · slow").format(name) if metric in SLOW_METRICS else name
            item = QTreeWidgetItem(groups[known.kind], [name])
            item.setData(0, ROLE, metric)
            item.setCheckState(0, UNCHECKED if metric in SLOW_METRICS else CHECKED)

    # Offering

    def fill(self) -> None:
        """Offer what there is now, of the study that is open now."""
        self._fill_truth()
        self.fill_models()

    def fill_models(self) -> None:
        """Offer the open models, ticked, and the methods that are their own."""
        known = {self.models.item(n).data(ROLE) for n in range(self.models.count())}
        left_out = known - {model.id for model in self.chosen_models()}
        self._filling = True
        self.models.clear()
        for model in self._state.models:
            item = self._item(self.models, model.spec.title, model.id, model.id not in left_out)
            item.setToolTip(str(model.path))
        self._filling = False
        self._fill_methods()
        self._fill_classes()
        self.chosen.emit()

    def _on_models(self) -> None:
        if not self._filling:
            self._fill_methods()
            self._fill_classes()
            self.chosen.emit()

    def _tell(self) -> None:
        if not self._filling:
            self.chosen.emit()

    def _fill_methods(self) -> None:
        """Offer each method that can explain one of the models; the models' own are ticked."""
        models = self.chosen_models()
        before = {
            item.data(ROLE): item.checkState()
            for item in (self.methods.item(n) for n in range(self.methods.count()))
            if item.flags() & Qt.ItemFlag.ItemIsEnabled
        }
        own = {"gradcam" if "evidence" in model.refused else "evidence" for model in models}
        self._filling = True
        self.methods.clear()
        for method, meaning in METHODS.items():
            name = method_name(method)
            name = self.tr("{0}  · slow").format(name) if method in SLOW else name
            ticked = before.get(method, UNCHECKED) == CHECKED or method in own - self._own
            item = self._item(self.methods, name, method, ticked)
            item.setToolTip(core_word(meaning))
            reasons = [model.refused[method] for model in models if method in model.refused]
            if len(reasons) == len(models):
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
                item.setCheckState(UNCHECKED)
                why = in_language(reasons[0]) if reasons else self.tr("Open a model first.")
                item.setToolTip(why)
        self._own = own
        self._filling = False

    def _fill_classes(self) -> None:
        wanted = self.explained.currentData()
        self.explained.clear()
        self.explained.addItem(self.tr("Label, else predicted"), LABEL)
        self.explained.addItem(self.tr("Predicted"), PREDICTED)
        for name in dict.fromkeys(n for m in self.chosen_models() for n in m.spec.classes):
            if name not in (LABEL, PREDICTED):
                self.explained.addItem(name, name)
        self.explained.setCurrentIndex(max(0, self.explained.findData(wanted)))

    def _fill_truth(self, anew: bool = False) -> None:
        """Offer readers; "mine" follows the reader at work, ``anew``: and all the study's truth."""
        state = self._state
        wanted = self.truth.currentData()
        path, reader = self._mine
        self._mine = state.study.path if state.study is not None else None, state.reader
        fresh = anew or wanted is None or path != self._mine[0]
        if fresh:
            wanted = state.truth or state.reader
        elif wanted == reader:
            wanted = state.reader
        try:
            readers = state.sight.readers_to_compare()
        except SoftcamError as error:
            readers = []
            state.message.emit(str(error))
        others = [name for name in readers if name not in (state.reader, *NOT_READERS)]
        if fresh and not state.truth and state.reader not in readers and len(others) == 1:
            wanted = others[0]  # There are no other marks to measure against.
        self.truth.clear()
        self.truth.addItem(self.tr("Mine: {0}").format(state.reader), state.reader)
        for name in others:
            self.truth.addItem(self.tr("Given with the images") if name == GIVEN else name, name)
        self.truth.addItem(self.tr("Union of all readers"), UNION)
        self.truth.addItem(self.tr("Majority of readers"), MAJORITY)
        if ADJUDICATED in readers and state.reader != ADJUDICATED:
            self.truth.addItem(self.tr("Adjudicated"), ADJUDICATED)
        self.truth.setCurrentIndex(max(0, self.truth.findData(wanted)))

    def _take_truth(self) -> None:
        """Measure against the marks that the study was told to count."""
        self._fill_truth(anew=True)

    def _item(self, widget: QListWidget, text: str, data: str, chosen: bool) -> QListWidgetItem:
        item = QListWidgetItem(text, widget)
        item.setData(ROLE, data)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(CHECKED if chosen else UNCHECKED)
        return item

    # Asking

    def chosen_models(self) -> list[LoadedModel]:
        """Return the models that are ticked."""
        ids = _ticked(self.models.item(n) for n in range(self.models.count()))
        return [model for model in self._state.models if model.id in ids]

    def chosen_methods(self) -> list[str]:
        """Return the methods that are ticked."""
        return _ticked(self.methods.item(n) for n in range(self.methods.count()))

    def chosen_metrics(self) -> list[str]:
        """Return the metrics that are ticked."""
        found = []
        for n in range(self.metrics.topLevelItemCount()):
            group = self.metrics.topLevelItem(n)
            for m in range(group.childCount() if group is not None else 0):
                item = group.child(m) if group is not None else None
                if item is not None and item.checkState(0) == CHECKED:
                    found.append(str(item.data(0, ROLE)))
        return found

    def missing(self) -> str:
        """Return what has to be there or ticked before anything can be measured, "" for nothing."""
        if self._state.study is None:
            return self.tr("No study is open; open a folder first.")
        if not self._state.models:
            return self.tr("No model is open; open one in the Models menu.")
        if not self.chosen_models():
            return self.tr("Tick a model to evaluate.")
        if not self.chosen_methods():
            return self.tr("Tick a method to evaluate.")
        if not self.chosen_metrics():
            return self.tr("Tick a metric to measure.")
        return ""

    def asked(self, folder_of: Callable[[Path], Path]) -> tuple[Asked, int]:
        """Return what to evaluate, and how many cases the protocol keeps out of it.

        ``folder_of`` tells where the evaluations of a study lie.

        Raises:
            SoftcamError: that cannot be evaluated; one sentence says why.
        """
        missing, study = self.missing(), self._state.study
        if missing or study is None:
            raise EvaluationError(missing)
        which = self.cases.currentData()
        ids = [case.id for case in self._state.cases]
        if which == "shown":
            shown = set(self._shown_cases())
            ids = [case for case in ids if case in shown]
        if not ids:
            raise EvaluationError(self.tr("The worklist shows no case; change its search."))
        reader = self.truth.currentData()
        seen = tuple(case for case in ids if may_be_seen(self._state, case, reader))
        if not seen:
            raise EvaluationError(
                self.tr(
                    "The protocol hides what others and models say until your first read of a "
                    "case is locked; lock one, then evaluate."
                )
            )
        options: dict[str, Any] = {
            "explained": self.explained.currentData(),
            "baselines": self.baselines.isChecked(),
        }
        models = self.chosen_models()
        asked = Asked(
            folder=new_folder(folder_of(study.path)),
            study=study.path.absolute(),
            models=tuple(model.path.absolute() for model in models),
            titles=tuple(model.spec.title for model in models),
            methods=tuple(self.chosen_methods()),
            metrics=tuple(self.chosen_metrics()),
            reader=reader,
            which=which,
            cases=seen,
            device=self._state.device,
            options=options,
            ids=tuple(model.id for model in models),
        )
        return asked, len(ids) - len(seen)


def new_folder(folder: Path) -> Path:
    """Make a folder of its own for an evaluation that begins now, and return it.

    Raises:
        EvaluationError: it cannot be made.
    """
    try:
        return dated_folder(folder)
    except OSError as error:
        text = tr(
            "The folder {0} cannot be written to ({1}); make room there or set SOFTCAM_DATA_DIR to "
            "another folder."
        )
        raise EvaluationError(text.format(folder, error.strerror)) from error


def _ticked(items: Iterable[QListWidgetItem]) -> list[str]:
    return [item.data(ROLE) for item in items if item.checkState() == CHECKED]
