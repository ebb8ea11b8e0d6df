"""The small dialogs of layouts: a name for one, and the list of those that have one."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.compare.layout_keeper import LayoutKeeper
from app.texts import tr
from app.theme import fitting

LONGEST = 60
"""Letters of a name, so that menus stay narrow."""


SEEN = 44
"""So many letters of a name are seen while it is typed."""


def ask_name(parent: QWidget, title: str, name: str = "") -> str:
    """Ask for a layout's name; "" when nobody gives one."""
    dialog = QInputDialog(parent)
    dialog.setObjectName("layoutName")
    dialog.setWindowTitle(title)
    dialog.setLabelText(tr("Name of the layout"))
    dialog.setTextValue(name)
    for line in dialog.findChildren(QLineEdit):
        line.setAccessibleName(tr("Name of the layout"))
        line.setMaxLength(LONGEST)
        # The title and a name of some words are whole.
        line.setMinimumWidth(line.fontMetrics().averageCharWidth() * SEEN)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return dialog.textValue().strip() if accepted else ""


def may_replace(parent: QWidget, name: str) -> bool:
    """Ask whether a layout may take another one's place."""
    buttons = QMessageBox.StandardButton
    question = tr("There is a layout “{0}” already. Replace it?").format(name)
    answer = QMessageBox.question(
        parent, tr("Save layout"), question, buttons.Yes | buttons.No, buttons.No
    )
    return answer == buttons.Yes


class LayoutDialog(QDialog):
    """Shows, renames and deletes the study's own layouts."""

    def __init__(self, keeper: LayoutKeeper, parent: QWidget | None = None) -> None:
        """List the layouts of ``keeper``."""
        super().__init__(parent)
        self._keeper = keeper
        self.setObjectName("layoutDialog")
        self.setWindowTitle(self.tr("Layouts of this study"))
        self.resize(fitting(440, 320))
        self.list = QListWidget()
        self.list.setObjectName("layoutList")
        self.list.setAccessibleName(self.tr("Layouts"))
        self.empty = QLabel(
            self.tr("None yet. Arrange the panes, then choose Compare > Layouts > Save layout as.")
        )
        self.empty.setWordWrap(True)
        self.empty.setProperty("secondary", True)
        self.show_button = self._button(self.tr("Show"), "layoutShow", self._show)
        self.rename_button = self._button(self.tr("Rename…"), "layoutRename", self._rename)
        self.delete_button = self._button(self.tr("Delete"), "layoutDelete", self._delete)
        side = QVBoxLayout()
        for button in (self.show_button, self.rename_button, self.delete_button):
            side.addWidget(button)
        side.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(self.list, 1)
        row.addLayout(side)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(self.empty)
        column.addLayout(row, 1)
        column.addWidget(close)
        self.list.itemDoubleClicked.connect(self._show)
        self.list.currentRowChanged.connect(self._check)
        keeper.names_changed.connect(self._fill)
        self._fill()

    def _button(self, text: str, name: str, act: object) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setAutoDefault(False)
        button.clicked.connect(act)
        return button

    def _fill(self) -> None:
        row = max(self.list.currentRow(), 0)
        names = self._keeper.names()
        self.list.clear()
        self.list.addItems(names)
        self.list.setCurrentRow(min(row, len(names) - 1))
        self.empty.setVisible(not names)
        self._check()

    def _check(self) -> None:
        for button in (self.show_button, self.rename_button, self.delete_button):
            button.setEnabled(bool(self._name()))

    def _name(self) -> str:
        item = self.list.currentItem()
        return item.text() if item is not None else ""

    def _show(self) -> None:
        if self._name():
            self._keeper.choose(self._name())
            self.accept()

    def _rename(self) -> None:
        name = self._name()
        new = ask_name(self, self.tr("Rename layout"), name)
        if new and new != name and (new not in self._keeper.names() or may_replace(self, new)):
            self._keeper.rename(name, new)

    def _delete(self) -> None:
        self._keeper.delete(self._name())
