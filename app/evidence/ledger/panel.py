"""The ledger dock: a sentence, three lines, a waterfall and a table, all of the same numbers."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.annotate.annotator import Annotator
from app.canvas.marks import Sketch
from app.evidence.ledger.account import Account
from app.evidence.ledger.asked import Asked
from app.evidence.ledger.blanked import Blanked
from app.evidence.ledger.compared import Compared
from app.evidence.ledger.table import LedgerTable, LedgerView
from app.evidence.ledger.waterfall import Waterfall
from app.evidence.ledger.words import faintness, no_ledger, sentence
from app.jobs.client import JobClient
from app.state import ViewerState
from softcam_core.explain.ledger_regions import EvidenceRegion
from softcam_core.explain.occluders import OCCLUDERS, blur_sigma


class LedgerPanel(QWidget):
    """Where the prediction comes from, and what is left of it without a region."""

    told = Signal()
    """It says something of another region: the sentence, at the top, is to be seen."""

    def __init__(
        self,
        state: ViewerState,
        annotator: Annotator,
        jobs: JobClient,
        parent: QWidget | None = None,
    ) -> None:
        """Observe ``state``; ``jobs`` predicts without the region's pixels."""
        super().__init__(parent)
        self._state = state
        self.asked = Asked(state, annotator, self)
        self.account = Account(state, self.asked, self)
        self.blanked = Blanked(state, self.asked, jobs, self)
        self.sentence = QLabel()
        self.sentence.setObjectName("ledgerSentence")
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.sentence.setMinimumHeight(2 * self.sentence.fontMetrics().lineSpacing())
        self.about = _secondary("ledgerAbout")
        self.forget = QToolButton()
        self.forget.setObjectName("ledgerForget")
        self.forget.setText("×")
        self.forget.setAutoRaise(True)
        self.forget.setAccessibleName(self.tr("Forget the region"))
        self.forget.setToolTip(self.tr("Forget the region (Esc)"))
        self.forget.clicked.connect(lambda: state.set_lasso(None))
        policy = self.forget.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.forget.setSizePolicy(policy)
        self.back = QPushButton(self.tr("Back to my lasso"))
        self.back.setObjectName("ledgerBack")
        self.back.setAccessibleDescription(self.tr("Ask about the region that you lassoed before"))
        self.back.clicked.connect(self.asked.take_back)
        self.compared = Compared(self.account, self.blanked)
        self.failure = _secondary("ledgerFailure")
        self.made_of = _secondary("ledgerMadeOf")
        self.waterfall = Waterfall(state, self.account)
        self.waterfall.picked.connect(self._ask_about)
        self.every = _secondary("ledgerEvery")
        self.every.setText(self.tr("Every class, in logit units"))
        self.table = LedgerView(LedgerTable(self.account, self))
        self._lay_out()
        for view in (self.waterfall, self.table, self.cover):
            view.installEventFilter(self)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        for signal in (
            self.account.changed,
            self.asked.changed,
            self.blanked.changed,
            state.loading_changed,
            state.stale_changed,
            state.progress_changed,
            state.limits_changed,
        ):
            signal.connect(self._show)
        state.image_failed.connect(lambda *_: self._show())
        self.asked.changed.connect(self._tell)
        self._show()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.sentence, 1)
        head.addWidget(self.forget, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.about)
        column.addWidget(self.compared)
        column.addWidget(self._controls())
        column.addWidget(self.failure)
        column.addWidget(self.made_of)
        column.addWidget(self.waterfall)
        column.addWidget(self.every)
        column.addWidget(self.table)
        column.addStretch(1)

    def _controls(self) -> QWidget:
        """Return what asks for the prediction without the pixels."""
        self.cover = QComboBox()
        self.cover.setObjectName("ledgerCover")
        self.cover.setAccessibleName(self.tr("What covers the pixels"))
        names = self.tr("mean colour"), self.tr("blur"), self.tr("black")
        for occluder, name in zip(OCCLUDERS, names, strict=True):
            self.cover.addItem(name, occluder)
        self.cover.currentIndexChanged.connect(
            lambda: self.blanked.set_occluder(self.cover.currentData())
        )
        self.ask = QPushButton(self.tr("Compute"))
        self.ask.setObjectName("ledgerAsk")
        self.ask.setAccessibleDescription(self.tr("Predict without the region's pixels"))
        self.ask.clicked.connect(self.ask_or_cancel)
        label = QLabel(self.tr("Cover with"))
        label.setProperty("role", "secondary")
        label.setBuddy(self.cover)
        self.controls = QWidget()
        row = QHBoxLayout(self.controls)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self.cover, 1)
        row.addWidget(self.ask)
        return self.controls

    # What the reader does

    def follow(self, sketch: Sketch | None) -> None:
        """Count the mark in work as it is under the mouse."""
        self.asked.follow(sketch)

    def ask_or_cancel(self) -> None:
        """Predict without the region's pixels, or stop doing so."""
        if self.blanked.busy:
            self.blanked.cancel()
        else:
            self.blanked.ask()

    def why_not(self) -> str:
        """Return why there is nothing to predict."""
        if self.account.entry is None:
            return no_ledger(self._state)
        return self.tr("Draw or select a region first, or lasso one (Q).")

    def _tell(self) -> None:
        # Who clicks through the bars keeps them under the mouse.
        if self.asked.region.shapes and not self.asked.region.place:
            self.told.emit()

    def _ask_about(self, region: EvidenceRegion, number: int) -> None:
        entry = self.account.entry
        if entry is not None:
            outline = region.outline(entry.analysis.region)
            self.asked.pick(outline, number, entry.names[self.account.shown])

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(self.tr("Copy as text"), self.copy)
        copy.setEnabled(self.account.entry is not None)
        menu.popup(self.mapToGlobal(place))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Ctrl+C before the window does: here it copies the ledger.

        The wheel over the list of covers scrolls the dock, it chooses none.
        """
        if watched is self.cover:
            if event.type() == QEvent.Type.Wheel:
                event.ignore()
                return True
            return super().eventFilter(watched, event)
        wanted = event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if wanted and isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Copy):
            if event.type() == QEvent.Type.KeyPress:
                self.copy()
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def copy(self) -> None:
        """Put the ledger on the clipboard."""
        if self.account.entry is not None:
            QGuiApplication.clipboard().setText(self.text())

    def text(self) -> str:
        """Return all that is shown, columns by tabs: no name of a case, nothing of a patient."""
        heads = ["", self.compared.names[0], "", self.compared.names[1], ""]
        earlier = self.blanked.answer is None
        lines = [
            list(line)
            for number, line in enumerate(self.compared.values())
            if number < 2 or not earlier
        ]
        bars = [[step.said] for step in self.waterfall.steps.steps]
        table = self.table.model()
        assert isinstance(table, LedgerTable)
        columns = range(table.columnCount())
        rows = [[table.text(row, column) for column in columns] for row in table.rows]
        titles = [title for title, _ in table.heads]
        parts = [[[self.sentence.text()]], [heads, *lines], bars, [titles, *rows]]
        return "\n\n".join("\n".join("\t".join(line) for line in part) for part in parts)

    # Showing

    def _show(self) -> None:
        state, account, blanked = self._state, self.account, self.blanked
        entry, region = account.entry, self.asked.region
        self.sentence.setText(sentence(state, account, region))
        self.forget.setVisible(region.lasso)
        self.back.setVisible(self.asked.drawn is not None)
        there = entry is not None
        for widget in (self.made_of, self.waterfall, self.every, self.table):
            widget.setVisible(there)
        # Without a region there is nothing to cover.
        self.controls.setVisible(there and (bool(region.shapes) or blanked.busy))
        self.failure.setText(blanked.failure)
        self.failure.setVisible(there and bool(blanked.failure))
        about = self._about()
        self.about.setText(about)
        self.about.setVisible(bool(about))
        if entry is None:
            self.made_of.setText("")
            return
        self.made_of.setText(
            self.tr("What the logit of {0} is made of").format(entry.names[account.shown])
        )
        self.ask.setText(self.tr("Cancel") if blanked.busy else self.tr("Compute"))
        self.ask.setEnabled(blanked.busy or (bool(region.shapes) and blanked.answer is None))
        self.ask.setToolTip(self.tr("Predict without the region's pixels (Shift+X)"))
        sigma = blur_sigma(entry.model.spec.input.size)
        tips = (
            self.tr("The mean colour of the training images: 0 in the model's input."),
            self.tr("The image under a Gaussian of {0} pixels of the model's input.").format(
                f"{sigma:g}"
            ),
            self.tr("Black pixels."),
        )
        for number, tip in enumerate(tips):
            self.cover.setItemData(number, tip, Qt.ItemDataRole.ToolTipRole)
        self.cover.setToolTip(tips[self.cover.currentIndex()])

    def _about(self) -> str:
        """Return what one must know of the numbers: of which model, and whether of this file."""
        entry, state = self.account.entry, self._state
        if entry is None or state.case is None:
            return ""
        if (state.case.id, entry.model.id) in state.stale:
            return self.tr("The image file has changed since this was computed (F5 reads it).")
        if entry.model is not state.predicting_model():
            title = entry.model.spec.title
            return self.tr("Of {0}: the predicting model is a black box.").format(title)
        return faintness(state, self.account)


def _secondary(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setProperty("role", "secondary")
    label.setWordWrap(True)
    return label
