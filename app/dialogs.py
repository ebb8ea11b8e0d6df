"""Small dialogs that belong to no dock: the shortcut sheet, and about."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.actions import ActionSpec
from app.menus import Actions, translated

# Keys that no action holds because they act on what is under the mouse or in hand.
GESTURES = (
    ("Mouse wheel", "Zoom at the cursor"),
    ("Middle button, or Space and drag", "Pan"),
    ("Right button and drag", "Brightness and contrast"),
    ("Right click on a shape", "Select it and show what can be done to it"),
    ("Double click", "Fit the image to the pane"),
    ("H, held down", "Hide the maps while held"),
    ("1 … 9", "Show a class; with a drawing tool: choose a label"),
    ("1 … 9, with shapes selected by Select", "Give the selected shapes that label"),
    ("Enter, Backspace, Esc", "Close an outline, take back its last corner, give it up"),
    ("Shift while drawing", "Square, circle, level or upright line"),
    ("Alt while drawing", "Draw from the centre; with snapping on: do not snap"),
    ("Click again, or Alt and click, with Select", "Take the next of the shapes that lie there"),
    ("Shift or Ctrl and click, with Select", "Add a shape to the selection, or take it away"),
    ("Drag over empty ground, with Select", "Select all shapes that the frame touches"),
    ("Round handle, with Select", "Turn the shape; with Shift by steps of 15°"),
    ("Double click on an outline, with Select", "Put a corner into a polygon or a spline"),
    ("Click a corner, then Delete, with Select", "Take the corner out; or Alt and click it"),
    ("Mouse wheel, or comma and period, with Brush or Eraser", "Change the size of the disc"),
    ("Mouse wheel, or drag sideways, with the wand", "Take more or less of what is alike"),
    ("Ctrl and mouse wheel, with these three", "Zoom at the cursor"),
    ("Shift while painting", "Wipe; with the wand: add to the selected mask"),
    ("Alt and paint", "Begin another mask"),
    ("Ctrl and arrow keys, with Select", "Move the selected shapes by a pixel, with Shift by ten"),
)


class ShortcutSheet(QDialog):
    """Every action with its keys; double-click a row to give it others."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        """List the actions of the one table."""
        super().__init__(parent)
        self.setObjectName("shortcutSheet")
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.resize(640, 620)
        self._actions = actions
        self._specs: list[ActionSpec] = []
        self.search = QLineEdit()
        self.search.setObjectName("shortcutSearch")
        self.search.setAccessibleName(self.tr("Find an action"))
        self.search.setPlaceholderText(self.tr("Find an action or a key"))
        self.search.textChanged.connect(self._filter)
        self.table = QTableWidget(0, 3)
        self.table.setObjectName("shortcutTable")
        self.table.setAccessibleName(self.tr("Actions and their keys"))
        self.table.setHorizontalHeaderLabels([self.tr("Menu"), self.tr("Action"), self.tr("Keys")])
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        self.table.cellActivated.connect(self._rebind)
        hint = QLabel(self.tr("Double-click an action, or press Enter on it, to change its keys."))
        hint.setProperty("role", "secondary")
        change = QPushButton(self.tr("Change keys…"))
        change.setObjectName("changeKeys")
        change.clicked.connect(lambda: self._rebind(self.table.currentRow(), 0))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(change, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (self.search, self.table, hint, buttons):
            layout.addWidget(widget)
        self._fill()

    def _fill(self) -> None:
        self._specs = list(self._actions.table)
        self.table.setRowCount(len(self._specs) + len(GESTURES))
        for row, spec in enumerate(self._specs):
            keys = [
                key.toString(QKeySequence.SequenceFormat.NativeText)
                for key in self._actions[spec.id].shortcuts()
            ]
            name = translated(spec.text).replace("&", "").rstrip("…")
            menu = f"{translated(spec.menu)} › {translated(spec.submenu)}".rstrip(" ›")
            self._row(row, menu, name, ", ".join(keys))
        for row, (keys_text, name) in enumerate(GESTURES, start=len(self._specs)):
            self._row(row, self.tr("In the image"), translated(name), translated(keys_text))
        self._filter(self.search.text())

    def _row(self, row: int, menu: str, name: str, keys: str) -> None:
        for column, text in enumerate((menu, name, keys)):
            self.table.setItem(row, column, QTableWidgetItem(text))

    def _filter(self, text: str) -> None:
        words = text.lower().split()
        for row in range(self.table.rowCount()):
            items = [self.table.item(row, column) for column in range(3)]
            line = " ".join(item.text().lower() for item in items if item is not None)
            self.table.setRowHidden(row, not all(word in line for word in words))

    def _rebind(self, row: int, _column: int) -> None:
        if not 0 <= row < len(self._specs):
            return
        spec = self._specs[row]
        dialog = _KeyDialog(self._actions, spec, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._actions.rebind(spec.id, dialog.chosen())
            self._fill()


class _KeyDialog(QDialog):
    """Asks for the new keys of one action and warns when another holds them."""

    def __init__(self, actions: Actions, spec: ActionSpec, parent: QWidget) -> None:
        super().__init__(parent)
        self._actions, self._spec = actions, spec
        self.setObjectName("keyDialog")
        self.setWindowTitle(translated(spec.text).replace("&", ""))
        self.edit = QKeySequenceEdit()
        self.edit.setObjectName("newKeys")
        self.edit.setAccessibleName(self.tr("New keys"))
        self.edit.setMaximumSequenceLength(1)
        self.edit.setClearButtonEnabled(True)
        self.edit.keySequenceChanged.connect(self._check)
        self.warning = QLabel(" ")
        self.warning.setProperty("role", "warning")
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel | kinds.RestoreDefaults)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        restore = self.buttons.button(kinds.RestoreDefaults)
        restore.clicked.connect(self._restore)
        layout = QVBoxLayout(self)
        layout.addWidget(QLabel(self.tr("Press the new keys; leave empty for none.")))
        layout.addWidget(self.edit)
        layout.addWidget(self.warning)
        layout.addWidget(self.buttons)

    def chosen(self) -> tuple[str, ...]:
        """Return the keys that were pressed, or the table's own after a restore."""
        if self._restored:
            return self._spec.keys
        text = self.edit.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        return (text,) if text else ()

    _restored = False

    def _restore(self) -> None:
        self._restored = True
        self.accept()

    def _check(self, keys: QKeySequence) -> None:
        holder = self._actions.holder(keys.toString()) if not keys.isEmpty() else None
        taken = holder is not None and holder.id != self._spec.id
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not taken)
        name = translated(holder.text).replace("&", "") if holder else ""
        self.warning.setText(self.tr("Already used by “{0}”.").format(name) if taken else " ")


class AboutDialog(QDialog):
    """What this program is and is not."""

    def __init__(self, version: str, parent: QWidget) -> None:
        """Show the version."""
        super().__init__(parent)
        self.setObjectName("about")
        self.setWindowTitle(self.tr("About SoftCAM Viewer"))
        text = QLabel(
            self.tr(
                "<h3>SoftCAM Viewer {0}</h3>"
                "<p>Review medical images beside a classifier that explains itself.</p>"
                "<p><b>Research use only. Not for diagnosis.</b></p>"
                "<p>The method: Djoumessi and Berens, <i>Soft-CAM: Making black box models "
                "self-explainable for high-stakes decisions</i>.</p>"
                "<p>Apache License 2.0. Nothing leaves this computer: the viewer opens no "
                "network connection.</p>"
            ).format(version)
        )
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.addWidget(text)
        layout.addWidget(buttons)
        self.setMinimumWidth(440)
