"""Which is better, by more than chance: differences with their 95 % intervals."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.evaluation.views import ReadOnlyView, fill_box, filter_box, small_print
from app.evaluation.words import (
    arrow,
    better,
    interval,
    method_word,
    metric_word,
    number,
    tr,
    unit,
)
from app.tables import Column, Table
from app.texts import NO_VALUE
from softcam_core.evaluation.compared import kind_of
from softcam_core.evaluation.results import Difference

CLEAR = "\N{BLACK DIAMOND}"
KINDS = {
    "chance": "Methods against the best chance",
    "evidence": "Evidence against other methods",
    "models": "Models against each other",
}


def is_clear(one: Difference) -> bool:
    """Return whether the interval excludes zero."""
    return one.low > 0 or one.high < 0


def winner(one: Difference) -> str:
    """Return what is better by more than chance; a dash where that is open."""
    direction = better(one.metric)
    if not is_clear(one) or not direction:
        return NO_VALUE
    return _first(one) if (one.low > 0) == (direction == "high") else _second(one)


def _first(one: Difference) -> str:
    return f"{method_word(one.method)} · {one.model}"


def _second(one: Difference) -> str:
    if one.other_model == one.model:
        return method_word(one.other_method)
    return f"{method_word(one.other_method)} · {one.other_model}"


def _value(one: Difference) -> str:
    text = number(one.value, unit(one.metric))
    return f"+{text}" if one.value > 0 else text


def _p(one: Difference) -> str:
    if math.isnan(one.p):
        return NO_VALUE
    return f"{one.p:.3f}" if one.p >= 0.001 else "< 0.001"


COLUMNS: tuple[Column[Difference], ...] = (
    Column("Of", _first, _first),
    Column("Less", _second, _second, tip="What is taken from it, over the same images."),
    Column(
        "Metric",
        lambda one: f"{metric_word(one.metric)} {arrow(one.metric)}".rstrip(),
        lambda one: metric_word(one.metric),
        tip="The arrow points to where values are better.",
    ),
    Column("Better", winner, winner, tip="Which of the two is better, where zero is excluded."),
    Column(
        "Difference",
        _value,
        lambda one: one.value,
        True,
        "With a diamond: the 95 % interval excludes zero.",
    ),
    Column(
        "95 % interval",
        lambda one: interval(one.low, one.high, unit(one.metric)),
        lambda one: one.low,
        True,
        "Paired: the same resamples of patients, or of images, for both; DeLong for the AUC of two "
        "classes.",
    ),
    Column(
        "p",
        _p,
        lambda one: one.p,
        True,
        "Two-sided, of no difference; not corrected for how many there are.",
    ),
    Column("Images", lambda one: str(one.n), lambda one: one.n, True, "Images that both are of."),
)
VALUE = 4


class DifferencesModel(Table[Difference]):
    """The rows that the filters leave, sorted by any column."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(COLUMNS, tr)

    def filter(self, text: str, kind: str, model: str, metric: str) -> None:
        """Show rows with all words of ``text``, and of a kind, model and metric; "" is any."""
        words = text.casefold().split()
        self.keep(
            lambda one: (
                kind in ("", kind_of(one))
                and model in ("", one.model, one.other_model)
                and metric in ("", one.metric)
                and all(word in _line(one) for word in words)
            )
        )

    def sign(self, row: Difference, column: Column[Difference]) -> str:
        """Point out what is more than chance explains."""
        return CLEAR if column is COLUMNS[VALUE] and is_clear(row) else ""

    def tip(self, row: Difference, column: Column[Difference]) -> str | None:
        """Say how the interval was made; texts say the whole of themselves."""
        return (row.interval or None) if column.number else column.text(row)


def _line(one: Difference) -> str:
    words = (_first(one), one.method, one.other_model, _second(one), one.other_method)
    return " ".join((*words, one.metric, metric_word(one.metric))).casefold()


class DifferencesTab(QWidget):
    """The table under a line of filters, and what the mark means below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setObjectName("evaluationDifferences")
        self._any = False
        self.model = DifferencesModel()
        self.search = QLineEdit()
        self.search.setObjectName("differencesSearch")
        self.search.setAccessibleName(self.tr("Find differences"))
        self.search.setPlaceholderText(self.tr("Find"))
        self.search.setClearButtonEnabled(True)
        self.kind = self._box("differencesKind", self.tr("What is compared"))
        self.of_model = self._box("differencesModel", self.tr("Differences of which model"))
        self.of_metric = self._box("differencesMetric", self.tr("Differences of which metric"))
        self.view = ReadOnlyView(
            self.model, "differencesTable", self.tr("Differences, a row for each comparison")
        )
        self.view.let_sort()
        self.legend = small_print("differencesLegend")
        self.empty = QLabel()
        self.empty.setObjectName("differencesEmpty")
        self.empty.setWordWrap(True)
        self.empty.setProperty("role", "secondary")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.view)
        self.pages.addWidget(self.empty)
        filters = QHBoxLayout()
        filters.setSpacing(8)
        filters.addWidget(self.search, 2)
        for box in (self.kind, self.of_model, self.of_metric):
            filters.addWidget(box, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(filters)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.legend)
        self.search.textChanged.connect(self._filter)

    def _box(self, name: str, spoken: str) -> QComboBox:
        box = filter_box(name, spoken)
        box.currentIndexChanged.connect(self._filter)
        return box

    def show_differences(self, differences: Sequence[Difference]) -> None:
        """Show other differences."""
        self._any = bool(differences)
        kinds = {kind_of(one) for one in differences}
        models = dict.fromkeys(m for one in differences for m in (one.model, one.other_model))
        metrics = dict.fromkeys(one.metric for one in differences)
        offered = [(kind, tr(text)) for kind, text in KINDS.items() if kind in kinds]
        fill_box(self.kind, [("", self.tr("All comparisons")), *offered])
        fill_box(self.of_model, [("", self.tr("All models")), *((m, m) for m in models)])
        fill_box(
            self.of_metric,
            [("", self.tr("All metrics")), *((m, metric_word(m)) for m in metrics)],
        )
        self.model.show(differences)
        self._filter()
        self.view.fit_columns()

    def _filter(self) -> None:
        self.model.filter(
            self.search.text(),
            self.kind.currentData() or "",
            self.of_model.currentData() or "",
            self.of_metric.currentData() or "",
        )
        self.pages.setCurrentIndex(0 if self.model.rows else 1)
        self.empty.setText(
            self.tr("No difference is like that; change the filters.")
            if self._any
            else self.tr(
                "Nothing was measured that can be compared; tick chance, or more methods or models."
            )
        )
        self.legend.setText(
            self.tr(
                "{0} the 95 % interval excludes zero: one is better by more than chance explains. "
                "Neither intervals nor p are corrected for how many there are."
            ).format(CLEAR)
            if self._any
            else ""
        )
