"""Asks for the new keys of one action, and says who holds them already."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QKeySequenceEdit,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.actions import ActionSpec
from app.dialogs.gestures import RESERVED
from app.menus import Actions, plain, translated

_PORTABLE = QKeySequence.SequenceFormat.PortableText


class KeyDialog(QDialog):
    """One action's keys; a conflict can be ended by taking the keys from their holder.

    Attributes:
        taken_from: the action that loses its keys, None where nobody does.
    """

    def __init__(self, actions: Actions, spec: ActionSpec, parent: QWidget) -> None:
        """Ask for the keys of ``spec``."""
        super().__init__(parent)
        self._actions, self._spec = actions, spec
        self._restored = False
        self.taken_from: ActionSpec | None = None
        self.setObjectName("keyDialog")
        self.setWindowTitle(plain(spec.text))
        self.edit = QKeySequenceEdit()
        self.edit.setObjectName("newKeys")
        self.edit.setAccessibleName(self.tr("New keys"))
        self.edit.setMaximumSequenceLength(1)
        self.edit.setClearButtonEnabled(True)
        self.edit.keySequenceChanged.connect(self._check)
        self.warning = QLabel(" ")
        self.warning.setObjectName("keyWarning")
        self.warning.setProperty("role", "warning")
        self.take = QPushButton(self.tr("Take them from there"))
        self.take.setObjectName("takeKeys")
        self.take.clicked.connect(self._take)
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel | kinds.RestoreDefaults)
        self.buttons.setObjectName("keyButtons")
        self.buttons.addButton(self.take, QDialogButtonBox.ButtonRole.ActionRole)
        # The box shows what is added to it.
        self.take.hide()
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        restore = self.buttons.button(kinds.RestoreDefaults)
        restore.clicked.connect(self._restore)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(8)
        layout.addWidget(QLabel(self.tr("Press the new keys; leave empty for none.")))
        layout.addWidget(self.edit)
        layout.addWidget(self.warning)
        layout.addWidget(self.buttons)

    def chosen(self) -> tuple[str, ...]:
        """Return the keys that were pressed, or the table's own after a restore."""
        if self._restored:
            return self._spec.keys
        text = self.edit.keySequence().toString(_PORTABLE)
        return (text,) if text else ()

    def _restore(self) -> None:
        self._restored = True
        # Somebody else may have the table's keys by now.
        holders = (self._actions.holder(key) for key in self._spec.keys)
        self.taken_from = next((h for h in holders if h not in (None, self._spec)), None)
        self.accept()

    def _take(self) -> None:
        text = self.edit.keySequence().toString(_PORTABLE)
        self.taken_from = self._actions.holder(text)
        self.accept()

    def _check(self, keys: QKeySequence) -> None:
        text = keys.toString(_PORTABLE)
        reserved = RESERVED.get(text, "")
        holder = self._actions.holder(text) if text else None
        taken = holder is not None and holder.id != self._spec.id
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(
            not taken and not reserved
        )
        self.take.setVisible(taken and not reserved)
        name = translated(reserved) if reserved else plain(holder.text) if holder else ""
        used = self.tr("Already used by “{0}”.")
        self.warning.setText(used.format(name) if taken or reserved else " ")
