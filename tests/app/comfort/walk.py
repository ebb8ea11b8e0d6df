"""Walks through every widget of a window, as somebody does who has no mouse or no sight."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QDialogButtonBox,
    QDockWidget,
    QHeaderView,
    QInputDialog,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QToolBar,
    QToolButton,
    QWidget,
)

INTERACTIVE = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QTabBar,
)


def interactive(window: QWidget) -> Iterator[QWidget]:
    """Return what can be clicked, typed into or moved, without what Qt itself puts into it."""
    for widget in window.findChildren(QWidget):
        if isinstance(widget, INTERACTIVE) and not _of_qt(widget):
            yield widget


def _of_qt(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    if isinstance(widget, QScrollBar | QHeaderView):
        return True  # Part of a list, which has keys of its own.
    if widget.objectName().startswith("qt_"):
        return True
    if isinstance(parent, QComboBox | QAbstractSpinBox | QLineEdit | QTabBar | QMenuBar):
        return True
    if isinstance(widget, QAbstractButton) and isinstance(parent, QDockWidget):
        return True  # Close and float: in the menu Panels, and Alt+F7 of the desktop.
    if widget.metaObject().className() in ("QComboBoxListView", "QTableCornerButton"):
        return True
    ancestor = parent
    while ancestor is not None:
        if isinstance(ancestor, QComboBox | QMenu):
            return True
        ancestor = ancestor.parentWidget()
    return type(widget) is QTabBar and widget.accessibleName() == "" and _docks(widget)


def _docks(bar: QTabBar) -> bool:
    """Return whether Qt made a tab bar for docks that lie on top of each other."""
    return bar.objectName() == "" and bar.parentWidget() is bar.window()


def spoken(widget: QWidget) -> str:
    """Return what a screen reader calls a widget."""
    name = widget.accessibleName() or str(getattr(widget, "text", lambda: "")() or "")
    if not name and isinstance(widget, QToolButton) and widget.defaultAction() is not None:
        name = widget.defaultAction().text()
    if not name and isinstance(widget, QAbstractButton):
        name = widget.toolTip()
    if isinstance(widget, QLineEdit | QTextEdit | QPlainTextEdit | QAbstractSpinBox):
        return widget.accessibleName() or _buddy(widget)
    return name or _buddy(widget)


def _buddy(widget: QWidget) -> str:
    from PySide6.QtWidgets import QLabel

    labels = widget.window().findChildren(QLabel)
    return next((label.text() for label in labels if label.buddy() is widget), "")


def named(widget: QWidget) -> bool:
    """Return whether a widget has a name to be found by; a box names its standard buttons."""
    parent = widget.parentWidget()
    if isinstance(widget, QAbstractButton) and isinstance(parent, QDialogButtonBox):
        return True
    if isinstance(parent, QInputDialog):
        return bool(parent.objectName())
    action = widget.defaultAction() if isinstance(widget, QToolButton) else None
    return bool(widget.objectName()) or (action is not None and bool(action.objectName()))


def reachable(widget: QWidget) -> bool:
    """Return whether keys get there: by Tab, by an action in a menu, or from what holds it."""
    policy = widget.focusPolicy()
    ancestor: QWidget | None = widget
    if bool(policy.value & Qt.FocusPolicy.TabFocus.value):
        return True
    while ancestor is not None:
        if ancestor.focusProxy() is not None:
            return True
        ancestor = ancestor.parentWidget()
    if isinstance(widget, QToolButton):
        # The tool bar's buttons are actions that the menus have as well.
        return widget.defaultAction() is not None and isinstance(widget.parentWidget(), QToolBar)
    if isinstance(widget, QAbstractButton):
        return not widget.shortcut().isEmpty()
    return False


def findings(window: QWidget) -> list[str]:
    """Return what keeps somebody from using a window by keys or by ear."""
    found = []
    for widget in interactive(window):
        lacks = [
            fault
            for fault, good in (
                ("no spoken name", bool(spoken(widget).strip())),
                ("no objectName", named(widget)),
                ("no way there by keys", reachable(widget)),
            )
            if not good
        ]
        if lacks:
            found.append(f"{place(widget)}: {', '.join(lacks)}")
    return found


def place(widget: QWidget) -> str:
    """Return where a widget is, in words for whoever mends it."""
    names = []
    ancestor: QWidget | None = widget
    while ancestor is not None:
        names.append(f"{type(ancestor).__name__}#{ancestor.objectName()}")
        ancestor = ancestor.parentWidget()
    return " < ".join(names[:4])
