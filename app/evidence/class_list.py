"""The classes dock: every class with its probability and logit, and how its map is drawn."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from app.canvas.class_maps import hues, opacity_of, set_opacity_of, toggle
from app.evidence.class_name import DOT_ROOM, ClassName
from app.evidence.class_swatch import ClassSwatch
from app.evidence.class_view import ClassView
from app.evidence.keeping_scroll import KeepingScroll
from app.evidence.many_classes import ManyClasses
from app.evidence.numbers import tabular
from app.evidence.overlay_controls import OverlayControls
from app.evidence.probability_bar import ProbabilityBar
from app.language import core_word
from app.state import MANY, ViewerState
from app.texts import MINUS, NO_VALUE, hidden_notice, is_out_of_place, loading_text, signed
from app.texts import probability as written
from softcam_core.imaging.colormap_classes import MOST_CLASSES
from softcam_core.models.card import MODALITIES

KEYS = 9
MOST_ROWS = 8
"""How many classes are in view; more scroll."""


MOST_STRETCH = 100
"""Weight of a long list of classes against the empty room at the end of the dock."""


class ClassRow:
    """The widgets of one class in the list's grid."""

    def __init__(self, number: int, name: str) -> None:
        """Make the widgets of class ``number``, counted from 1."""
        self.key = ClassSwatch(name, str(number) if number <= KEYS else "")
        self.key.setObjectName(f"classSwatch{number}")
        self.name = ClassName(name)
        self.bar = ProbabilityBar()
        self.probability = tabular(QLabel(), ">0.999")
        self.logit = tabular(QLabel(), f"{MINUS}00.0")
        self.logit.setProperty("role", "secondary")
        self.name.setObjectName(f"className{number}")
        self.probability.setObjectName(f"classProbability{number}")
        self.logit.setObjectName(f"classLogit{number}")
        # Bold text is wider: keep its room, so that nothing moves when the class changes.
        bold = QFont(self.name.font())
        bold.setBold(True)
        self.name.setMinimumWidth(QFontMetrics(bold).horizontalAdvance(name) + 4 + DOT_ROOM)

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        """From left to right."""
        return self.key, self.name, self.bar, self.probability, self.logit

    def forget(self) -> None:
        """Keep no name and no number."""
        self.bar.set_value(None)
        self.key.forget()
        self.name.setAccessibleDescription("")
        self.name.setToolTip("")
        for label in (self.name, self.probability, self.logit):
            label.clear()

    def show_values(
        self,
        probability: float | None,
        logit: float | None,
        *,
        chosen: bool,
        predicted: str = "",
    ) -> None:
        """Write the numbers; the class in view is bold, a dot marks the predicted one.

        ``predicted`` says that the class is the predicted one; "" where it is not.
        """
        self.name.set_chosen(chosen)
        self.name.set_dot(bool(predicted))
        self.name.setToolTip(predicted)
        self.bar.set_value(probability)
        self.probability.setText(NO_VALUE if probability is None else written(probability))
        self.logit.setText(NO_VALUE if logit is None else signed(logit, 1))
        numbers = () if probability is None else (written(probability), signed(logit or 0.0, 1))
        self.name.setAccessibleDescription(
            ", ".join(part for part in (*numbers, predicted) if part)
        )


class _Rows(QWidget):
    """The grid of rows; a click chooses."""

    clicked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("classRows")
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(12, 8, 12, 4)
        self.grid.setHorizontalSpacing(8)
        self.grid.setVerticalSpacing(8)
        self.grid.setColumnStretch(2, 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the class of the row under the cursor."""
        for row in range(self.grid.rowCount()):
            place = self.grid.cellRect(row, 0)
            if place.isValid() and abs(event.position().y() - place.center().y()) <= 14:
                self.clicked.emit(row)
                return


class _Scroll(KeepingScroll):
    """As high as its rows, up to a number of them; more rows scroll."""

    def __init__(self, rows: _Rows) -> None:
        super().__init__()
        self.setObjectName("classScroll")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(rows)
        for widget in (self.viewport(), rows):
            widget.setAutoFillBackground(False)
        self._rows = rows
        self._count = 0

    def set_rows(self, count: int) -> None:
        """Take note of how many rows there are."""
        self.keep(None)
        self._count = count
        self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the height of the rows."""
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        """As high as the rows."""
        needed = self._rows.sizeHint().height()
        shown = min(self._count, MOST_ROWS) / max(1, self._count)
        return QSize(super().sizeHint().width(), round(needed * shown))

    def minimumSizeHint(self) -> QSize:
        """The dock around it scrolls, with all that lies below the rows, and is as wide as they."""
        bar = self.verticalScrollBar().sizeHint().width() if self._count > MOST_ROWS else 0
        return QSize(self._rows.minimumSizeHint().width() + bar, self.sizeHint().height())


class ClassList(QWidget):
    """Class rows, the "follow the prediction" switch, the overlay's controls.

    Signals:
        row_wanted: the widget of the class in view, which the dock is to keep in sight, or None.
    """

    row_wanted = Signal(object)

    def __init__(self, state: ViewerState, parent: QWidget | None = None) -> None:
        """Observe ``state``."""
        super().__init__(parent)
        self._state = state
        self._names: tuple[str, ...] = ()
        self.rows: list[ClassRow] = []
        self._grid = _Rows()
        self._grid.clicked.connect(lambda row: self.choose(row + 1))
        self._scroll = _Scroll(self._grid)
        self.many = ManyClasses()
        self.many.chosen.connect(state.set_class)
        self.many.toggled.connect(self._toggle)
        self.hint = QLabel()
        self.hint.setObjectName("classHint")
        self.hint.setProperty("role", "secondary")
        self.hint.setWordWrap(True)
        self.hint.setContentsMargins(12, 8, 12, 8)
        self.modality = QLabel()
        self.modality.setObjectName("modalityNote")
        self.modality.setProperty("role", "secondary")
        self.modality.setWordWrap(True)
        self.modality.setContentsMargins(12, 8, 12, 0)
        self.follow = QCheckBox(self.tr("Follow the prediction"))
        self.follow.setObjectName("followPrediction")
        self.follow.setToolTip(self.tr("Show each case's most probable class (key 0)"))
        self.follow.clicked.connect(self._on_follow)
        self.view = ClassView(state)
        self.controls = OverlayControls(state)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(4)
        column.addWidget(self.hint)
        column.addWidget(self.modality)
        column.addWidget(self._scroll)
        column.addWidget(self.many, MOST_STRETCH)
        follow = QHBoxLayout()
        follow.setContentsMargins(12, 0, 12, 0)
        follow.addWidget(self.follow, 1)
        follow.addWidget(self.view)
        column.addLayout(follow)
        column.addWidget(self.controls)
        column.addStretch(1)  # Without rows the controls stay together.
        for signal in (
            state.models_changed,
            state.loading_changed,
            state.case_changed,
            state.class_changed,
            state.analysis_changed,
        ):
            signal.connect(self._show)
        state.overlay_changed.connect(self._show_hues)
        self._show()

    def choose(self, number: int) -> None:
        """Show the class of a row, counted from 1; a number without a row does nothing."""
        if len(self._names) > MANY:
            self.many.choose(number)
        elif 1 <= number <= len(self._names):
            name, followed = self._names[number - 1], self._state.chosen_class not in self._names
            self._state.set_class(name)
            if followed:
                sentence = self.tr("Shows “{0}” in every case now; key 0 follows the prediction.")
                self._state.noted.emit(sentence.format(name))

    def _on_follow(self, follow: bool) -> None:
        self._state.set_class(None if follow else self._state.shown_class())
        self._show()

    def _show(self) -> None:
        state = self._state
        model = state.predicting_model()
        names = model.spec.classes if model is not None else ()
        if names != self._names:
            self._rebuild(names)
        analysis = state.analysis(model)
        shown = state.shown_class()
        for index, row in enumerate(self.rows):
            probability = logit = None
            if analysis is not None:
                probability = float(analysis.probabilities[index])
                logit = float(analysis.logits[index])
            best = analysis is not None and index == analysis.predicted
            row.show_values(
                probability,
                logit,
                chosen=names[index] == shown,
                predicted=self.tr("The predicted class") if best else "",
            )
        self.hint.setVisible(not names)
        if state.model_hidden():
            self.hint.setText(hidden_notice())
        elif not state.models and state.models_loading:
            self.hint.setText(loading_text())
        elif not state.models:
            self.hint.setText(
                self.tr(
                    "No model is open. Choose Models > Open model, or drop a .safetensors file "
                    "here, to see what it predicts and why."
                )
            )
        else:
            self.hint.setText(self.tr("None of the open models suits this kind of image."))
        many = len(names) > MANY
        if many or not names:  # What is out of sight must not keep what it showed.
            self.many.show_values(names, analysis, shown)
        self.many.setVisible(many)
        self._scroll.setVisible(bool(names) and not many)
        place = names.index(shown) if shown in names and not many else None
        wanted = self.rows[place].name if place is not None else None
        self._scroll.keep(wanted)
        self.row_wanted.emit(wanted)
        note = self._modality_note()
        self.modality.setText(note)
        self.modality.setVisible(bool(note))
        self.follow.setVisible(bool(names))
        self.view.setVisible(bool(names))
        self.follow.setChecked(state.chosen_class not in names)
        self._show_hues()

    def _show_hues(self) -> None:
        """Show which classes are drawn at once, each in its hue."""
        state = self._state
        model = state.predicting_model()
        several = state.overlay.classes != "one" and model is not None
        shown = hues(state, model) if several and model is not None else {}
        for row, name in zip(self.rows, self._names, strict=False):
            row.key.show_hue(shown.get(name), several=several)
        self.many.show_hues(shown if several else None)

    def _toggle(self, name: str) -> None:
        model = self._state.predicting_model()
        if model is not None and not toggle(self._state, model, name):
            self._state.noted.emit(
                self.tr(
                    "At most {0} classes can be told apart at once; leave one out first."
                ).format(MOST_CLASSES)
            )
        self._show_hues()

    def _serve(self, row: ClassRow, name: str) -> None:
        """Let a row's square draw its class or leave it out."""
        state = self._state
        row.key.clicked.connect(lambda: self._toggle(name))
        row.key.set_opacity_source(lambda: opacity_of(state, name))
        row.key.opacity_chosen.connect(lambda value: set_opacity_of(state, name, value))

    def _modality_note(self) -> str:
        """Say what images the model is made for, where the case's kind is not known to be that."""
        model, case = self._state.predicting_model(), self._state.case
        made_for = model.spec.modality if model is not None else ""
        if model is not None and is_out_of_place(model, case):
            return self.tr("A demo model, trained on drawn phantoms: not valid on this image.")
        if not made_for or case is None or case.modality == made_for:
            return ""
        return self.tr("Made for {0}; check that this image is one.").format(
            core_word(MODALITIES.get(made_for, made_for))
        )

    def _rebuild(self, names: tuple[str, ...]) -> None:
        for row in self.rows:
            row.forget()  # Until it is gone it must not keep what it showed.
            for widget in row.widgets:
                widget.hide()
                widget.deleteLater()
        self._names = names
        few = names if len(names) <= MANY else ()
        self.rows = [ClassRow(number, name) for number, name in enumerate(few, start=1)]
        for line, row in enumerate(self.rows):
            self._serve(row, few[line])
            for column, widget in enumerate(row.widgets):
                self._grid.grid.addWidget(widget, line, column)
        for line in range(self._grid.grid.rowCount()):
            self._grid.grid.setRowStretch(line, 0)
        self._grid.grid.setRowStretch(len(self.rows), 1)
        self._scroll.set_rows(len(self.rows))
