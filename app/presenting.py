"""Presentation mode: the panes alone on the whole screen, for a room, without names of files.

The window behind it is not touched: the panes move into a window of their own and back again.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app import texts
from app.evidence.hold_to_hide import Hold
from app.language import in_language
from app.research_strip import ResearchStrip
from app.state import ViewerState
from app.theme import scaled

if TYPE_CHECKING:
    from app.main_window import MainWindow

ALLOWED = (
    *("previous_case", "next_case", "next_unread", "zoom_in", "zoom_out", "fit", "one_to_one"),
    *("reset_window", "toggle_overlay", "smooth", "opacity_up", "opacity_down", "link_panes"),
    *("follow_prediction", "next_class_view", "grid_lines", "positive_only", "receptive_field"),
    *("compute_maps", "cancel_maps", "copy_view"),
)
"""What may be done before a room: to look, from case to case; nothing that changes the study."""


TEXT, TITLE = 18, 30
"""Heights of text in screen pixels at the usual size."""

SAID_MS = 6000
"""So long a sentence stands in the place of the way out."""


class Presenting(QWidget):
    """The panes of a window, large; the title says class and probability, never a file's name.

    Signals:
        ended: the panes are back in their window.
    """

    ended = Signal()

    def __init__(self, window: MainWindow) -> None:
        """Take the panes out of ``window``; `end` puts them back."""
        super().__init__(window, Qt.WindowType.Window)
        self.setObjectName("presenting")
        self.setAccessibleName(self.tr("Presentation"))
        self.setWindowTitle("SoftCAM Viewer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._window = window
        self._state: ViewerState = window.state
        self._tool = self._state.tool
        self._going = True
        grid = window.grid
        self._hold = Hold(self, partial(grid.set_hidden, True), partial(grid.set_hidden, False))
        self.case = _label("presentingCase", "secondary")
        self.title = _label("presentingTitle", "title")
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint = _label("presentingHint", "secondary")
        self._said = QTimer(self)
        self._said.setSingleShot(True)
        self._said.setInterval(SAID_MS)
        self._said.timeout.connect(self._show_way_out)
        self.hint.setWordWrap(True)
        self._show_way_out()
        self.hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.strip = ResearchStrip()
        head = QHBoxLayout()
        head.setSpacing(16)
        for label, stretch in ((self.case, 1), (self.title, 3), (self.hint, 1)):
            head.addWidget(label, stretch)
        # A long class name may be cut, but not the way out.
        self.hint.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 8)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(window.grid, 1)
        layout.addWidget(self.strip)
        table = window.actions_table
        for action_id in ALLOWED:
            if action_id in table:
                self.addAction(table[action_id])
        # What is drawn with stays in the window behind: a room is only shown.
        self._state.set_tool("pan")
        self._hide_names(True)
        for signal in (
            self._state.case_changed,
            self._state.class_changed,
            self._state.models_changed,
            self._state.sight_changed,
        ):
            signal.connect(self._show)
        self._state.analysis_changed.connect(self._show)
        self._state.case_updated.connect(self._show)
        self.setStyleSheet(
            f"QWidget {{ font-size: {scaled(TEXT)}px; }}"
            f"QLabel#presentingTitle {{ font-size: {scaled(TITLE)}px; }}"
        )
        self._show()

    def start(self) -> None:
        """Fill the screen that the window is on."""
        self.setGeometry(self._window.screen().geometry())
        self.showFullScreen()
        self._window.grid.canvas(0).setFocus()

    def end(self) -> None:
        """Put the panes back where they were; a second call does nothing."""
        if not self._going:
            return
        self._going = False
        self._hold.end()
        window = self._window
        window.take_grid_back()
        self._state.set_tool(self._tool)
        self._hide_names(False)
        self.close()
        window.activateWindow()
        window.grid.canvas(0).setFocus()
        self.ended.emit()
        self.deleteLater()

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave by Esc or the key that led here; hide the maps while their key is down."""
        key, table = event.key(), self._window.actions_table
        if key == Qt.Key.Key_Escape or table.pressed("present", event):
            self.end()
        elif table.pressed("guide", event):
            self.say(self.tr("The help opens when the presentation has ended: Esc."))
        elif table.pressed("hide_while_held", event):
            if not event.isAutoRepeat():
                self._hold.begin(Qt.Key(key))
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self._window.docks.classes.choose(key - Qt.Key.Key_0)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Return as by Esc where the desktop closes the window."""
        super().closeEvent(event)
        self.end()

    # Words

    def say(self, sentence: str) -> None:
        """Show a sentence for a moment, in the corner."""
        self.hint.setText(in_language(sentence))
        self._said.start()

    def _show_way_out(self) -> None:
        self.hint.setText(self.tr("Esc ends the presentation"))

    def _hide_names(self, hidden: bool) -> None:
        self._state.names_hidden = hidden
        self._state.loading_changed.emit()  # The panes look again at what they say.

    def _show(self, *_: object) -> None:
        state = self._state
        self.strip.show_case(state.case)
        self.title.setText(title(state))
        numbers = self._window.worklist.filter.shown_cases()
        found, total = self._window.worklist.found()
        place = numbers.index(state.case.id) + 1 if state.case and state.case.id in numbers else 0
        # A file's name may tell who the patient is; a number tells nobody.
        words = self.tr("Case {0} of {1}").format(place, found) if place else ""
        if found < total:
            searched = self.tr("The search leaves {0} of {1} cases").format(found, total)
            words = f"{words} · {searched}" if words else searched
        self.case.setText(words)
        self.case.setAccessibleDescription(self.case.text())
        self.title.setAccessibleDescription(self.title.text())


def title(state: ViewerState) -> str:
    """Return the class in view and how probable the predicting model finds it."""
    if state.model_hidden():
        return texts.hidden_notice()
    model, name = state.predicting_model(), state.shown_class()
    analysis = state.analysis(model)
    if model is None or name is None or analysis is None:
        return name or ""
    index = model.spec.classes.index(name)
    said = texts.tr("{0}: {1}").format(name, f"{analysis.probabilities[index]:.2f}")
    return said if index == analysis.predicted else texts.tr("{0} (not predicted)").format(said)


def _label(name: str, role: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setProperty("role", role)
    # Large text on a small screen is cut before it pushes the panes off it.
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label
