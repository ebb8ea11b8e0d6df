"""Presets: the window arranged for one kind of work, by one key, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea

from app.actions import TOOL_BAR
from app.arrangement import Arrangement, panes_of, panes_text
from app.state import IMAGE, LoadedModel, PaneContent, ViewerState
from app.theme import scaled
from softcam_core.explain.methods import METHODS, SLOW

if TYPE_CHECKING:
    from app.docks import Docks
    from app.main_window import MainWindow

OWN = "arrangement/own"
CURRENT, BEFORE = "arrangement/preset", "arrangement/before"
GIVEN = "arrangement/given"
"""The panes that the preset that is on gave, as a text."""
UPPER = 0.62
"""Share of the height that the upper of two docks takes at most."""
FEWEST, MOST = 4, 8
"""How many panes are compared."""

_WALK = ("previous_case", "next_case", "next_unread")
_HANDS = ("tool_pan", "tool_select", "tool_lasso")
_LOOK = ("fit", "one_to_one", "reset_window")
_MAPS = ("toggle_overlay", "link_panes")
_COUNT = ("panes_1", "panes_2", "panes_4")
_DRAW = tuple(group for group in TOOL_BAR if any(name.startswith("tool_") for name in group))


@dataclass(frozen=True)
class Preset:
    """How the window is arranged for one kind of work.

    Attributes:
        docks: name -> width in screen pixels at the usual size of text, of those in view.
        front: those of them that lie before the others of their place.
        tools: the groups of the tool bar.
        tool: the tool in hand.
        maps: maps are drawn.
        stacked: two docks below each other: all of the upper one is to be seen.
    """

    docks: dict[str, int]
    front: tuple[str, ...]
    tools: tuple[tuple[str, ...], ...]
    tool: str = "pan"
    maps: bool = True
    stacked: tuple[str, str] | None = None


PRESETS = {
    "review": Preset(
        docks={"worklist": 248, "classes": 312, "ledger": 312},
        front=("ledger",),
        tools=(("open_folder",), _WALK, _HANDS, _LOOK, _MAPS, _COUNT),
        stacked=("classes", "ledger"),
    ),
    "annotate": Preset(
        docks={"worklist": 216, "annotations": 312, "history": 312},
        front=("annotations",),
        tools=(_WALK, *_DRAW, ("undo", "redo"), _LOOK, _MAPS),
        tool="select",
        maps=False,
    ),
    "compare": Preset(
        docks={"classes": 260},
        front=("classes",),
        tools=(_WALK, _HANDS, _LOOK, _MAPS, _COUNT),
    ),
}


class Presets(QObject):
    """Applies presets, and keeps what the user made of each and of the window without one.

    A preset's key pressed again leads back to the arrangement before it. Panes that the user
    chose within a preset are that preset's from then on, and nobody's choice is ever lost.

    Signals:
        changed: another preset is on, or none.
    """

    changed = Signal()

    def __init__(self, window: MainWindow) -> None:
        """Arrange ``window``; go on in the preset of the last start."""
        super().__init__(window)
        self._window = window
        last = window.settings.text(CURRENT)
        self.current = last if last in PRESETS else ""

    def show_tools(self) -> None:
        """Show the tool bar's groups of the preset that is on."""
        preset = PRESETS.get(self.current)
        self._window.menus.show_tools(preset.tools if preset else TOOL_BAR)

    def choose(self, name: str) -> None:
        """Arrange the window by a preset; by the one that is on, return from it."""
        window, state, preset = self._window, self._window.state, PRESETS[name]
        if state.adjudicating is not None:
            window.tell(self.tr("Presets wait until the adjudication is ended."), "note")
            self.changed.emit()  # The menu marks the one that is on.
            return
        if name == self.current:
            self._return_to(window.settings.text(BEFORE))
            return
        self._leave()
        window.settings.set(BEFORE, self.current)
        self._arrange(preset)
        given = panes(name, state)
        window.settings.set(GIVEN, panes_text(given))
        state.set_panes(self._chosen(name) or given)
        state.set_tool(preset.tool)
        state.set_overlay(visible=preset.maps)
        self._set(name)

    def back(self) -> None:
        """Return to the user's own arrangement, with the panes that were chosen last."""
        own = Arrangement.stored(self._window.settings, OWN)
        if not self.current or own is None:
            self._window.tell(self.tr("This is your own arrangement already."), "note")
            return
        if self._window.state.adjudicating is not None:
            self._window.tell(self.tr("Presets wait until the adjudication is ended."), "note")
            return
        self._return_to("")

    def _return_to(self, before: str) -> None:
        """Leave the preset that is on for what was before it: ``""`` is the user's own."""
        before = before if before in PRESETS and before != self.current else ""
        kept = Arrangement.stored(self._window.settings, _key(before))
        if kept is None:
            self._window.tell(self.tr("This is your own arrangement already."), "note")
            self.changed.emit()
            return
        self._leave()
        if before:
            self._window.settings.set(GIVEN, self._window.settings.text(f"{_key(before)}/given"))
        self._window.settings.set(BEFORE, "")
        kept.apply(self._window)
        self._set(before)

    def _leave(self) -> None:
        """Keep the arrangement that is on, and the panes that the user chose in it."""
        window, settings = self._window, self._window.settings
        Arrangement.of(window).store(settings, _key(self.current))
        if not self.current:
            return
        given, shown = settings.text(GIVEN), panes_text(window.state.panes)
        settings.set(f"{_key(self.current)}/given", given)
        touched = shown not in (given, settings.text(f"{_key(self.current)}/chosen"))
        if given and touched:
            settings.set(f"{_key(self.current)}/chosen", shown)
            # What the user chose last is also what the way back leads to.
            settings.set(f"{OWN}/panes", shown)

    def _chosen(self, name: str) -> list[PaneContent]:
        """Return the panes that the user chose in a preset, if they can still be shown."""
        state = self._window.state
        found = panes_of(self._window.settings.text(f"{_key(name)}/chosen"))
        parts = [part for pane in found for part in (pane, *(pane.pair or ()))]
        there = all(not part.model or state.model(part.model) is not None for part in parts)
        return found if there else []

    def _arrange(self, preset: Preset) -> None:
        docks = self._window.docks
        docks.show_only(preset.docks)
        for name in preset.front:
            docks.bring_up(name)
        widths = docks.within({name: scaled(width) for name, width in preset.docks.items()})

        def resize() -> None:
            docks.resize(widths, Qt.Orientation.Horizontal)
            if preset.stacked is not None:
                docks.resize(_heights(docks, *preset.stacked), Qt.Orientation.Vertical)

        resize()
        # Once more when what has just been shown has its place.
        QTimer.singleShot(0, self, resize)

    def _set(self, name: str) -> None:
        self.current = name
        self._window.settings.set(CURRENT, name)
        self.show_tools()
        self.changed.emit()


def _key(name: str) -> str:
    return f"arrangement/{name}" if name else OWN


def _heights(docks: Docks, upper: str, lower: str) -> dict[str, int]:
    """Return heights with which all of the upper dock is seen; the lower one has the rest."""
    one, other = docks.widget(upper), docks.widget(lower)
    area = one.widget() if one is not None else None
    content = area.widget() if isinstance(area, QScrollArea) else None
    if one is None or other is None or area is None or content is None:
        return {}
    layout = content.layout()
    needed = content.sizeHint().height()
    if layout is not None and layout.hasHeightForWidth():
        needed = layout.totalHeightForWidth(content.width())
    total, title = one.height() + other.height(), one.height() - area.height()
    first = min(needed + title + 2, round(total * UPPER))
    return {upper: first, lower: total - first}


def panes(preset: str, state: ViewerState) -> list[PaneContent]:
    """Return what the panes of a preset show of the open models."""
    if preset == "annotate":
        return [PaneContent("evidence")]
    if preset == "review":
        return [PaneContent("evidence"), PaneContent("gradcam")]
    fitting = state.models_for(state.case) if state.case else state.models
    if not fitting:
        return [PaneContent(m) for m in ("evidence", "gradcam", "layercam", IMAGE)]
    found = _evidence(state, fitting) + _explanations(state, fitting)
    room = next((n for n in (MOST, 6) if len(found) >= n), FEWEST)
    return (found + [PaneContent(IMAGE)] * room)[:room]


def _evidence(state: ViewerState, models: Sequence[LoadedModel]) -> list[PaneContent]:
    """Return a pane for each model that has evidence; the first is whichever predicts."""
    having = [m for m in models if m.spec.head != "blackbox" and state.has_map(m, "evidence")]
    return [PaneContent("evidence", m.id if n else "") for n, m in enumerate(having)]


def _explanations(state: ViewerState, models: Sequence[LoadedModel]) -> list[PaneContent]:
    """Return panes of what is quick and not the same picture twice, of the black-box partner."""
    content = PaneContent("gradcam")
    model = state.pane_model(content) or models[0]
    told: set[tuple[str, ...]] = set()
    found = []
    # What readers know best speaks for those that show the same.
    for method in sorted(METHODS, key=lambda name: name != content.method):
        if method == "evidence" or method in SLOW or not state.has_map(model, method):
            continue
        group = next((methods for methods, _why in model.same if method in methods), (method,))
        if group not in told:
            told.add(group)
            found.append(PaneContent(method))
    return found
