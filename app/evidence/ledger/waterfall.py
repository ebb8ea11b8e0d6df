"""The waterfall: how the strongest regions of the class in view add up to its logit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.canvas.pyramid import Pyramid
from app.evidence.ledger.account import Account
from app.state import ViewerState
from app.texts import MINUS, signed, tr
from softcam_core.explain.ledger_facts import STRONGEST
from softcam_core.explain.ledger_regions import EvidenceRegion
from softcam_core.explain.rounding import rounded_parts
from softcam_core.imaging.colormap import colour_table, pair_for

Index = QModelIndex | QPersistentModelIndex
BAR_HEIGHT = 10
TEXT_ROLE = Qt.ItemDataRole.DisplayRole
STEP_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, eq=False)
class Step:
    """One bar.

    Attributes:
        name: what stands left of it.
        said: the bar in words.
        start: where it begins, in logit units.
        value: how far it reaches from there.
        shown: the value as it is written: rounded so that all bars add up to the logit.
        cells: (h, w) bool, what it is of; None for the logit itself.
        region: the region that a click asks about; None for the rest and the logit.
    """

    name: str
    said: str
    start: float
    value: float
    shown: float
    cells: NDArray[np.bool_] | None = None
    region: EvidenceRegion | None = None


class Steps(QAbstractListModel):
    """The bars: the strongest regions, all other cells, and the logit that they make."""

    def __init__(self, account: Account, parent: QWidget) -> None:
        """Show what ``account`` says."""
        super().__init__(parent)
        self._account = account
        self._of: list[EvidenceRegion] | None = None
        self.steps: list[Step] = []
        account.changed.connect(self._refresh)
        self._refresh()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of bars."""
        return 0 if parent is not None and parent.isValid() else len(self.steps)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a bar, its value as text, or all of it in words."""
        step = self.steps[index.row()]
        if role == TEXT_ROLE:
            return f"{step.name} {signed(step.shown)}"
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return step.said
        return step if role == STEP_ROLE else None

    def extent(self) -> tuple[float, float]:
        """Return the lowest and the highest place that any bar reaches, 0 among them."""
        ends = [0.0, *(s.start for s in self.steps), *(s.start + s.value for s in self.steps)]
        return min(ends), max(ends)

    def _refresh(self) -> None:
        strongest = self._account.strongest
        if strongest is self._of:
            return
        self.beginResetModel()
        self._of = strongest
        self.steps = self._made() if self._account.entry is not None else []
        self.endResetModel()

    def _made(self) -> list[Step]:
        entry, strongest = self._account.entry, self._account.strongest
        assert entry is not None
        rest = self._account.rest
        written = rounded_parts([*(region.contribution for region in strongest), rest])
        steps, together = [], 0.0
        others = np.ones(entry.evidence.shape[1:], bool)
        for number, region in enumerate(strongest, 1):
            others &= ~region.cells
            after, shown = together + region.contribution, written[number - 1]
            said = tr("Region {0}, {1}, cells: {2}. It adds {3}; together {4}.").format(
                number,
                place_name(region.peak, region.cells.shape),
                int(region.cells.sum()),
                signed(shown),
                signed(sum(written[:number])),
            )
            value = region.contribution
            steps.append(Step(str(number), said, together, value, shown, region.cells, region))
            together = after
        said = tr("All other cells add {0}.").format(signed(written[-1]))
        steps.append(Step(tr("rest"), said, together, rest, written[-1], others))
        logit = float(entry.sums.logit[self._account.shown])
        said = tr("The logit of {0} is {1}.").format(
            entry.names[self._account.shown], signed(logit)
        )
        steps.append(Step(tr("logit"), said, 0.0, logit, logit))
        return steps


def place_name(cell: tuple[int, int], grid: tuple[int, ...]) -> str:
    """Return where on the picture a cell lies, by thirds."""
    names = (
        (tr("upper left"), tr("top"), tr("upper right")),
        (tr("left"), tr("centre"), tr("right")),
        (tr("lower left"), tr("bottom"), tr("lower right")),
    )
    row, column = (int(3 * (place + 0.5) / n) for place, n in zip(cell, grid, strict=True))
    return names[row][column]


class _Bars(QStyledItemDelegate):
    """Paints a bar between its name and its value."""

    def __init__(self, state: ViewerState, parent: QWidget) -> None:
        super().__init__(parent)
        self._state = state

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(120, option.fontMetrics.height() + 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        step, steps = index.data(STEP_ROLE), index.model()
        assert isinstance(steps, Steps)
        palette, roles = option.palette, QPalette.ColorRole
        text = palette.color(roles.Text)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus
        if option.state & chosen and step.cells is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(roles.AlternateBase))
            painter.drawRoundedRect(option.rect, 4, 4)
        metrics = option.fontMetrics
        name_width = max(metrics.horizontalAdvance(t) for t in (tr("rest"), tr("logit"))) + 12
        value_width = metrics.horizontalAdvance(f"{MINUS}00.00") + 8
        whole = QRectF(option.rect).adjusted(4, 0, -4, 0)
        painter.setPen(text)
        middle, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        if step.cells is None:
            font = option.font
            font.setBold(True)
            painter.setFont(font)
        painter.drawText(whole, middle | Qt.AlignmentFlag.AlignLeft, step.name)
        painter.drawText(whole, middle | right, signed(step.shown))
        field = whole.adjusted(name_width, 0, -value_width, 0)
        low, high = steps.extent()
        scale = field.width() / (high - low) if high > low else 0.0
        zero = field.left() - low * scale
        painter.setPen(palette.color(roles.Mid))
        painter.drawLine(
            round(zero), option.rect.top(), round(zero), option.rect.top() + option.rect.height()
        )
        left, end = sorted((step.start, step.start + step.value))
        top = whole.center().y() - BAR_HEIGHT / 2
        bar = QRectF(zero + left * scale, top, max((end - left) * scale, 1.0), BAR_HEIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour(step.value))
        painter.drawRoundedRect(bar, 2, 2)
        painter.restore()

    def _colour(self, value: float) -> QColor:
        """Return the colour that such evidence has over the image."""
        image, chosen = self._state.image, self._state.overlay.colours
        # As the panes find it out: a film that is stored in three equal channels is grey.
        pyramid = Pyramid.held(image) if image is not None else None
        colour = pyramid is not None and pyramid.coloured
        table = colour_table(pair_for(colour) if chosen == "auto" else chosen)
        red, green, blue = table[-1 if value > 0 else 0, :3].tolist()
        return QColor(red, green, blue)


class Waterfall(QListView):
    """The bars: hovering one lights up its cells, a click or Enter asks about its region."""

    picked = Signal(object, int)  # an `EvidenceRegion`, its number from 1

    def __init__(self, state: ViewerState, account: Account, parent: QWidget | None = None) -> None:
        """Show what ``account`` says."""
        super().__init__(parent)
        self._state = state
        self.steps = Steps(account, self)
        self.setObjectName("ledgerWaterfall")
        self.setAccessibleName(self.tr("What the logit is made of, strongest regions first"))
        self.setModel(self.steps)
        self.setItemDelegate(_Bars(state, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for bar in (self.setVerticalScrollBarPolicy, self.setHorizontalScrollBarPolicy):
            bar(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.viewport().setAutoFillBackground(False)
        self.entered.connect(self._light)
        self.viewportEntered.connect(self._dark)
        self.clicked.connect(self._pick)
        self.activated.connect(self._pick)
        self.selectionModel().currentChanged.connect(self._reach)
        self.steps.modelAboutToBeReset.connect(self._dark)
        self.steps.modelReset.connect(self.updateGeometry)
        state.overlay_changed.connect(self.viewport().update)
        state.image_changed.connect(self.viewport().update)

    def _light(self, index: QModelIndex) -> None:
        self._state.set_highlight(self.steps.steps[index.row()].cells)

    def _dark(self) -> None:
        self._state.set_highlight(None)

    def _pick(self, index: QModelIndex) -> None:
        region = self.steps.steps[index.row()].region
        if region is not None:
            self.picked.emit(region, index.row() + 1)

    def _reach(self, current: QModelIndex) -> None:
        """Light up the cells of the bar that the arrow keys have reached."""
        if self.hasFocus() and current.isValid():
            self._light(current)

    def leaveEvent(self, event: QEvent) -> None:
        """Light nothing up any more."""
        super().leaveEvent(event)
        self._dark()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Light nothing up any more."""
        super().focusOutEvent(event)
        self._dark()

    def sizeHint(self) -> QSize:
        """As high as all bars that there may be, so that nothing below moves."""
        row = self.fontMetrics().height() + 4
        return QSize(200, (STRONGEST + 2) * row + 2)

    def minimumSizeHint(self) -> QSize:
        """The panel around it scrolls."""
        return QSize(120, self.sizeHint().height())
