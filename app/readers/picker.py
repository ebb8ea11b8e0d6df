"""Who reads: a button that always says it, and the dialog for somebody new."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.controller.opening import GIVEN
from app.state import ADJUDICATED, OPEN, ViewerState
from app.texts import cases_text
from softcam_core.annotations.arguments import MAJORITY, UNION
from softcam_core.annotations.seen import MODEL_SEEN
from softcam_core.errors import SoftcamError

NOBODY = frozenset({UNION, MAJORITY, ADJUDICATED, GIVEN})
"""Names of layers that no person reads in."""
IMPORTED = "imported"
"""The layer of imported marks of which nobody says whose they are: to look at, not to draw in."""

READER_CHANGED = "reader changed"


def people(state: ViewerState) -> list[str]:
    """Return the study's readers, the one at work among them, in the order they came."""
    try:
        known = state.study.readers() if state.study is not None else []
    except SoftcamError:
        known = []
    names = dict.fromkeys([*known, state.reader])
    return [name for name in names if name not in NOBODY]


def why_not(name: str) -> str:
    """Return why nobody can read under a name, in one sentence; "" where it is a good one."""
    if not name:
        return _tr("Type a name.")
    if name.casefold() in NOBODY:
        return _tr("“{0}” stands for marks that are not one person's; choose another name.").format(
            name
        )
    if not name.isprintable() or len(name) > 60:
        return _tr("A name is one line of at most 60 letters.")
    return ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("ReaderPicker", text)


class ReaderPicker(QToolButton):
    """Shows who reads and lets another one go on."""

    def __init__(self, state: ViewerState, parent: QWidget | None = None) -> None:
        """Observe and change ``state``."""
        super().__init__(parent)
        self._state = state
        self._warned = False
        self.setObjectName("readerPicker")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setProperty("boxed", True)
        menu = QMenu(self)
        menu.setObjectName("menu_readers")
        menu.aboutToShow.connect(self.fill)
        self.setMenu(menu)
        for signal in (state.reader_changed, state.study_changed, state.sight_changed):
            signal.connect(self._show)
        state.reader_changed.connect(self._warn)
        self._show()

    def _no_person(self) -> str:
        """Return that the layer at work is no person's, "" where it is one's."""
        name = self._state.reader
        if name != IMPORTED and name not in NOBODY:
            return ""
        return self.tr(
            "“{0}” is no person: look at these marks, and change the reader (Ctrl+R) before you "
            "draw."
        ).format(name)

    def _warn(self) -> None:
        """Say once that what is drawn now would be nobody's."""
        sentence = self._no_person() if self._state.adjudicating is None else ""
        if sentence and not self._warned:
            self._warned = True
            self._state.message.emit(sentence)

    def fill(self) -> None:
        """List the readers of the study."""
        menu = self.menu()
        menu.clear()
        for name in people(self._state):
            action = menu.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(name == self._state.reader)
            action.triggered.connect(lambda _=False, n=name: self.choose(n))
        menu.addSeparator()
        menu.addAction(self.tr("New reader…"), self.ask)

    def choose(self, name: str) -> None:
        """Let another reader go on, who may see more than the one at work; that is logged."""
        before = self._state.reader
        if name == before or not self._means_it(name):
            return
        self._state.set_reader(name)
        self._state.journal.note(READER_CHANGED, before=before, after=name)

    def _means_it(self, name: str) -> bool:
        """Ask who has cases hidden whether they mean to look with another reader's eyes."""
        state = self._state
        hidden = sum(state.sight.hides_model(case.id) for case in state.cases)
        study = state.study
        if study is None:
            return True
        if name not in people(state):
            if not self._others_have_seen():
                return True
            text = self.tr(
                "The protocol hides what models or others say, and {0} begins as a reader who has "
                "seen nothing. What readers of this study have seen, {1} among them, is in the "
                "log, as the change of reader will be: reads of who has seen a case are not "
                "blind. Go on as {0}?"
            ).format(name, state.reader)
        elif hidden:
            text = self.tr(
                "The protocol hides what models or others say of {0} from {1}. As {2} you see "
                "all that {2} may see: for {1} that ends the blinding. The change of reader is "
                "logged. Go on as {2}?"
            ).format(cases_text(hidden), state.reader, name)
        else:
            return True
        answer = QMessageBox.question(
            self.window(),
            self.tr("Change reader"),
            text,
            QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No,
            QMessageBox.StandardButton.No,
        )
        return answer == QMessageBox.StandardButton.Yes

    def _others_have_seen(self) -> bool:
        """Return whether what is hidden from a new reader was on a screen before."""
        study = self._state.study
        if study is None or self._state.sight.mode == OPEN:
            return False
        try:
            return bool(study.events(MODEL_SEEN))
        except SoftcamError:
            return True

    def ask(self) -> None:
        """Ask for the name of a new reader, who then goes on."""
        if self._state.study is None:
            self._state.message.emit(self.tr("No study is open; open a folder first."))
            return
        dialog = NewReaderDialog(people(self._state), self.window())
        if dialog.exec() == QDialog.DialogCode.Accepted and self._means_it(dialog.chosen()):
            self.add(dialog.chosen())
        dialog.deleteLater()

    def add(self, name: str) -> None:
        """Let somebody read, who joins the study's readers."""
        study = self._state.study
        if study is None or why_not(name):
            return
        try:
            study.add_reader(name)
        except (SoftcamError, ValueError) as error:
            self._state.message.emit(str(error))
            return
        before = self._state.reader
        self._state.set_reader(name)
        if name != before:
            self._state.journal.note(READER_CHANGED, before=before, after=name)

    def _show(self) -> None:
        name = self._state.reader
        self.setText(f" {name.replace('&', '&&')}  \N{BLACK DOWN-POINTING SMALL TRIANGLE}")
        self.setAccessibleName(self.tr("Reader: {0}").format(name))
        usual = self.tr("Who reads; each reader draws in a layer of their own")
        self.setToolTip(self._no_person() or usual)
        # Between two readers nobody else draws.
        self.setEnabled(self._state.adjudicating is None)


class NewReaderDialog(QDialog):
    """Asks for a name that nobody has yet."""

    def __init__(self, known: list[str], parent: QWidget | None = None) -> None:
        """Know the names that are taken."""
        super().__init__(parent)
        self.setObjectName("newReaderDialog")
        self.setWindowTitle(self.tr("New reader"))
        self._known = {name.casefold(): name for name in known}
        prompt = QLabel(self.tr("&Name of the reader:"))
        self.name = QLineEdit()
        self.name.setObjectName("newReaderName")
        self.name.setAccessibleName(self.tr("Name of the reader"))
        prompt.setBuddy(self.name)
        self.problem = QLabel()
        self.problem.setObjectName("newReaderProblem")
        self.problem.setProperty("role", "warning")
        self.problem.setWordWrap(True)
        # Room for its line, so that nothing moves when it has something to say.
        self.problem.setMinimumHeight(2 * self.problem.fontMetrics().lineSpacing())
        note = QLabel(self.tr("The name is stored with every mark; a code serves as well."))
        note.setProperty("role", "secondary")
        note.setWordWrap(True)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText(self.tr("Read"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        for widget in (prompt, self.name, note, self.problem, buttons):
            column.addWidget(widget)
        self.setMinimumWidth(380)
        self.name.textChanged.connect(self._check)
        self.ok.setEnabled(False)

    def chosen(self) -> str:
        """Return the name; one that is known in other capitals is that reader."""
        name = self.name.text().strip()
        return self._known.get(name.casefold(), name)

    def _check(self) -> None:
        name = self.name.text().strip()
        problem = why_not(name)
        self.ok.setEnabled(not problem)
        if not problem and name.casefold() in self._known:
            problem = self.tr("{0} reads here already and goes on.").format(self.chosen())
        self.problem.setText(problem)
