"""The command palette: a line to type into, and below it what fits, the best first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from app.command_palette.entries import Entry, find, recent, used
from app.theme import scaled

if TYPE_CHECKING:
    from app.main_window import MainWindow

Index = QModelIndex | QPersistentModelIndex
WIDTH, ROWS = 620, 12
_SETTLE_MS = 30
_WALK = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_ENTRY = Qt.ItemDataRole.UserRole


class _Found(QAbstractListModel):
    """What fits, as rows; what cannot be done now is grey and cannot be chosen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []

    def show(self, entries: list[Entry]) -> None:
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entries[index.row()]
        if role == _ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (entry.name, entry.where, entry.keys) if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.entries[index.row()].enabled:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.ItemIsSelectable


class _Row(QStyledItemDelegate):
    """Paints name and menu from the left, the keys from the right."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(scaled(200), QFontMetrics(option.font).height() + 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(_ENTRY)
        palette = option.palette
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole
        if chosen:
            painter.fillRect(option.rect, palette.color(role.AlternateBase))
            edge = QRect(option.rect)
            edge.setWidth(3)
            painter.fillRect(edge, palette.color(role.Highlight))
        area = option.rect.adjusted(14, 0, -14, 0)
        metrics = QFontMetrics(option.font)
        painter.setFont(option.font)
        flags = Qt.AlignmentFlag.AlignVCenter
        grey = palette.color(role.PlaceholderText)
        keys = metrics.horizontalAdvance(entry.keys) + 16 if entry.keys else 0
        painter.setPen(grey)
        painter.drawText(area, flags | Qt.AlignmentFlag.AlignRight, entry.keys)
        room = area.adjusted(0, 0, -keys, 0)
        painter.setPen(palette.color(role.Text) if entry.enabled else grey)
        name = metrics.elidedText(entry.name, Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, flags, name)
        room = room.adjusted(metrics.horizontalAdvance(name) + 12, 0, 0, 0)
        where = metrics.elidedText(entry.where, Qt.TextElideMode.ElideRight, max(room.width(), 0))
        painter.setPen(grey)
        painter.drawText(room, flags, where)


class CommandPalette(QDialog):
    """Type, choose with the arrow keys, Enter does it, Esc leaves."""

    def __init__(self, window: MainWindow) -> None:
        """Search what ``window`` can do and show."""
        super().__init__(window, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("commandPalette")
        self.setWindowTitle(self.tr("Command palette"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window = window
        self._recent = recent(window)
        self.search = QLineEdit()
        self.search.setObjectName("paletteSearch")
        self.search.setAccessibleName(self.tr("Find and do anything"))
        self.search.setPlaceholderText(self.tr("An action, a case, a class, a panel …"))
        self.search.installEventFilter(self)
        self._found = _Found(self)
        self.view = QListView()
        self.view.setObjectName("paletteList")
        self.view.setAccessibleName(self.tr("What fits"))
        self.view.setModel(self._found)
        self.view.setItemDelegate(_Row(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.clicked.connect(self._run)
        self.view.activated.connect(self._run)
        self.none = QLabel(self.tr("Nothing is called that."))
        self.none.setObjectName("paletteNone")
        self.none.setProperty("role", "secondary")
        self.none.setContentsMargins(8, 4, 8, 0)
        self.none.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self.search)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.none, 1, Qt.AlignmentFlag.AlignTop)
        # Typing stays quick among ten thousand cases.
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self.refresh)
        self.search.textChanged.connect(lambda: self._settle.start())
        self.refresh()
        self._place()

    def _place(self) -> None:
        window = self._window
        rows = self.view.sizeHintForRow(0) if self._found.entries else scaled(28)
        height = self.search.sizeHint().height() + ROWS * rows + 36
        width = min(scaled(WIDTH), window.width() - 32)
        self.resize(width, min(height, window.height() - 64))
        top = window.mapToGlobal(window.rect().topLeft())
        self.move(top.x() + (window.width() - width) // 2, top.y() + scaled(64))

    def entries(self) -> list[Entry]:
        """Return what is listed."""
        return list(self._found.entries)

    def refresh(self) -> None:
        """List what fits what was typed."""
        self._settle.stop()
        self._found.show(find(self._window, self.search.text(), self._recent))
        self.none.setVisible(not self._found.entries)
        self.view.setVisible(bool(self._found.entries))
        self._choose(0)

    def _choose(self, row: int) -> None:
        entries = self._found.entries
        if entries:
            index = self._found.index(min(max(row, 0), len(entries) - 1))
            self.view.setCurrentIndex(index)
            # Somebody who cannot see the list hears what Enter would do.
            said = index.data(Qt.ItemDataRole.AccessibleTextRole)
            self.search.setAccessibleDescription(str(said))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk through the list while the cursor stays in the line."""
        key = event if isinstance(event, QKeyEvent) else None
        if watched is self.search and key is not None and key.type() == QEvent.Type.KeyPress:
            return self._key(key)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.refresh_if_typing()
            self._run(self.view.currentIndex())
            return True
        if self._window.actions_table.pressed("command_palette", event):
            self.reject()
            return True
        if event.key() not in _WALK:
            return False
        row, page = self.view.currentIndex().row(), ROWS - 2
        steps = dict(zip(_WALK, (-1, 1, -page, page), strict=True))
        self._choose(row + steps[Qt.Key(event.key())])
        return True

    def refresh_if_typing(self) -> None:
        """List at once what was typed a moment ago."""
        if self._settle.isActive():
            self.refresh()

    def _run(self, index: Index) -> None:
        if not index.isValid():
            return
        entry = self._found.entries[index.row()]
        if not entry.enabled:
            return
        used(self._window, entry)
        self.accept()
        # The palette is gone when its choice opens a dialog of its own.
        QTimer.singleShot(0, self._window, entry.run)
