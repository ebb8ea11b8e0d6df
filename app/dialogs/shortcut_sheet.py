"""The shortcut sheet: every action with its keys, to find, to change, and to put on the wall."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.actions import MENUS, ActionSpec
from app.dialogs.gestures import GESTURES
from app.dialogs.key_dialog import KeyDialog
from app.dialogs.shortcut_page import Group, Line, write
from app.menus import Actions, plain, translated
from app.saving import ask_where
from app.theme import fitting, scaled

_SPEC = Qt.ItemDataRole.UserRole


class ShortcutSheet(QDialog):
    """Every action with its keys, by menu; double-click one to give it others."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        """List the actions of the one table."""
        super().__init__(parent)
        self.setObjectName("shortcutSheet")
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.resize(fitting(680, 600))
        self._actions = actions
        self.search = QLineEdit()
        self.search.setObjectName("shortcutSearch")
        self.search.setAccessibleName(self.tr("Find an action"))
        self.search.setPlaceholderText(self.tr("Find an action or a key"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.tree = QTreeWidget()
        self.tree.setObjectName("shortcutTree")
        self.tree.setAccessibleName(self.tr("Actions and their keys"))
        self.tree.setHeaderLabels([self.tr("Action"), self.tr("Keys")])
        self.tree.setRootIsDecorated(False)
        self.tree.setItemsExpandable(False)
        self.tree.setIndentation(scaled(14))
        self.tree.setWordWrap(True)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.itemActivated.connect(self._rebind)
        self.tree.currentItemChanged.connect(self._check)
        self.none = QLabel(self.tr("No action and no key is called that."))
        self.none.setProperty("role", "secondary")
        self.none.hide()
        hint = QLabel(self.tr("Double-click an action, or press Enter on it, to change its keys."))
        hint.setProperty("role", "secondary")
        hint.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(8)
        for widget in (self.search, self.tree, self.none, hint, self._buttons()):
            layout.addWidget(widget)
        layout.setStretchFactor(self.tree, 1)
        self.fill()

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.setObjectName("shortcutButtons")
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.change = self._button("changeKeys", self.tr("Change keys…"))
        self.change.clicked.connect(lambda: self._rebind(self.tree.currentItem()))
        self.restore = self._button("restoreKeys", self.tr("Restore all keys…"))
        self.restore.clicked.connect(self._restore)
        self.save = self._button("saveKeys", self.tr("Save as page…"))
        self.save.setToolTip(self.tr("Write the sheet as a web page or PDF, to print it"))
        self.save.clicked.connect(self._save)
        for button in (self.change, self.restore, self.save):
            buttons.addButton(button, role)
        buttons.rejected.connect(self.reject)
        return buttons

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAutoDefault(False)
        return button

    # The list

    def groups(self) -> list[Group]:
        """Return the sheet's content: the menus with their actions, then the gestures."""
        found = []
        for menu in MENUS:
            lines = [
                Line(self._name(spec), self._keys(spec), spec)
                for spec in self._actions.table
                if spec.menu == menu
            ]
            found.append(Group(plain(menu), lines))
        gestures = [Line(translated(name), translated(keys)) for keys, name in GESTURES]
        found.append(Group(self.tr("In the image"), gestures))
        return found

    def _name(self, spec: ActionSpec) -> str:
        name = plain(spec.text).rstrip("…")
        return f"{plain(spec.submenu)} › {name}" if spec.submenu else name

    def _keys(self, spec: ActionSpec) -> str:
        native = QKeySequence.SequenceFormat.NativeText
        keys = [key.toString(native) for key in self._actions.sequences(spec.id)]
        return ", ".join(keys) or spec.shown_keys

    def fill(self) -> None:
        """List what there is now."""
        chosen = self._spec(self.tree.currentItem())
        self.tree.clear()
        for group in self.groups():
            top = QTreeWidgetItem(self.tree, [group.title])
            font = self.tree.font()
            font.setBold(True)
            top.setFont(0, font)
            top.setFlags(Qt.ItemFlag.ItemIsEnabled)
            for line in group.lines:
                item = QTreeWidgetItem(top, [line.name, line.keys])
                item.setData(0, _SPEC, line.spec)
                if line.spec is not None and line.spec is chosen:
                    self.tree.setCurrentItem(item)
        self.tree.expandAll()
        self._filter(self.search.text())
        self._check()

    def _filter(self, text: str) -> None:
        words = text.lower().split()
        seen = 0
        for top in self._tops():
            shown = 0
            for item in self._lines(top):
                spec = self._spec(item)
                english = spec.text.replace("&", "") if spec else ""
                line = f"{top.text(0)} {item.text(0)} {item.text(1)} {english}".lower()
                hidden = not all(word in line for word in words)
                item.setHidden(hidden)
                shown += not hidden
            top.setHidden(not shown)
            seen += shown
        self.none.setVisible(not seen)

    def _tops(self) -> list[QTreeWidgetItem]:
        items = (self.tree.topLevelItem(n) for n in range(self.tree.topLevelItemCount()))
        return [item for item in items if item is not None]

    def _lines(self, top: QTreeWidgetItem) -> list[QTreeWidgetItem]:
        items = (top.child(row) for row in range(top.childCount()))
        return [item for item in items if item is not None]

    def _spec(self, item: QTreeWidgetItem | None) -> ActionSpec | None:
        spec = item.data(0, _SPEC) if item is not None else None
        return spec if isinstance(spec, ActionSpec) else None

    # Changing

    def _check(self, *_: object) -> None:
        spec = self._spec(self.tree.currentItem())
        self.change.setEnabled(spec is not None and not spec.shown_keys)

    def _rebind(self, item: QTreeWidgetItem | None, _column: int = 0) -> None:
        spec = self._spec(item)
        if spec is None or spec.shown_keys:
            return
        dialog = KeyDialog(self._actions, spec, self)
        dialog.finished.connect(dialog.deleteLater)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            loser = dialog.taken_from
            if loser is not None:
                gone = set(dialog.chosen())
                self._actions.rebind(
                    loser.id, tuple(k for k in self._actions.keys(loser) if k not in gone)
                )
            self._actions.rebind(spec.id, dialog.chosen())
            self.fill()

    def _restore(self) -> None:
        question = self.tr("Give every action its usual keys again? Your own keys are forgotten.")
        buttons = QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Cancel
        answer = QMessageBox.question(self, self.windowTitle(), question, buttons)
        if answer == QMessageBox.StandardButton.Yes:
            self._actions.restore()
            self.fill()

    def _save(self) -> None:
        kinds = self.tr("PDF (*.pdf);;Web page (*.html *.htm)")
        start = Path.home() / "softcam-viewer-keys.pdf"
        path = ask_where(self, self.tr("Save the sheet"), start, kinds)
        if path is None:
            return
        try:
            write(path, self.windowTitle(), self.groups())
        except OSError as error:
            sentence = self.tr("{0} cannot be written ({1}); choose another place.")
            QMessageBox.warning(
                self, self.windowTitle(), sentence.format(path, error.strerror or "")
            )
