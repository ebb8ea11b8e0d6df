"""Everything that widgets show or say, read from the widgets themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QSpinBox,
    QTabBar,
    QTextEdit,
    QWidget,
)

ENGLISH = re.compile(
    r"\b(the|of|and|is|are|with|this|that|to|from|no|not|which|its|your|or|by|has|for|each)\b", re.I
)
GERMAN = re.compile(r"[äöüß]|\b(der|die|das|und|ist|von|ein|eine|kein|nicht|mit|zu|auf|in)\b", re.I)


def shown(widget: QWidget) -> Iterator[tuple[str, str]]:
    """Yield a place and a text for everything of a widget and its children, hidden ones too."""
    for each in [widget, *widget.findChildren(QWidget)]:
        place = f"{type(each).__name__} {each.objectName()}"
        for text in [*_texts(each), each.toolTip(), each.accessibleName(), each.windowTitle()]:
            yield from ((place, part) for part in _parts(text))
        for action in each.actions():
            yield from _action(action)


def _texts(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QGroupBox | QMenu):
        yield widget.title()
    elif isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    elif isinstance(widget, QComboBox):
        for row in range(widget.count()):
            yield widget.itemText(row)
            yield str(widget.itemData(row, Qt.ItemDataRole.ToolTipRole) or "")
    elif isinstance(widget, QTabBar):
        for tab in range(widget.count()):
            yield widget.tabText(tab)
            yield widget.tabToolTip(tab)
    elif isinstance(widget, QTextEdit | QPlainTextEdit):
        yield widget.toPlainText()
    elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _items(widget.model())
    elif isinstance(widget, QSpinBox):
        yield from (widget.prefix(), widget.suffix())
    if isinstance(widget, QAbstractSpinBox):
        yield widget.specialValueText()


def _items(model: QAbstractItemModel) -> Iterator[str]:
    # A list's own count of columns is private to Qt.
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    for column in range(min(columns, 20)):
        for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            yield str(model.headerData(column, Qt.Orientation.Horizontal, role) or "")
    for row in range(min(model.rowCount(QModelIndex()), 200)):
        for column in range(min(columns, 20)):
            index = model.index(row, column)
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                value = model.data(index, role)
                yield value if isinstance(value, str) else ""


def _action(action: QAction) -> Iterator[tuple[str, str]]:
    place = f"action {action.objectName()}"
    for text in (action.text(), action.toolTip(), action.iconText()):
        yield from ((place, part) for part in _parts(text))
    menu = action.menu()
    if isinstance(menu, QMenu):
        for inner in menu.actions():
            yield from _action(inner)


def _parts(text: str) -> Iterator[str]:
    plain = re.sub(r"<[^>]+>", "\n", text).replace("&", "").split("\t")[0]
    yield from (part.strip() for part in plain.split("\n") if part.strip())


def all_shown() -> set[tuple[str, str]]:
    """Return what all windows show now."""
    return {pair for top in QApplication.topLevelWidgets() for pair in shown(top)}
