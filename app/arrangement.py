"""One arrangement of the window: panels, panes and tool, to be taken note of and returned to."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray

from app.settings import Settings
from app.state import DIFFERENCE, IMAGE, MARKS, PaneContent
from softcam_core.explain.methods import METHODS

if TYPE_CHECKING:
    from app.main_window import MainWindow

# Raised when docks change so much that an old layout would hide some of them.
LAYOUT_VERSION = 4
MOST_PANES = 8


@dataclass(frozen=True)
class Arrangement:
    """What a preset changes.

    Attributes:
        layout: places and sizes of the docks, as Qt writes them.
        panes: what each pane shows.
        tool: the tool in hand.
        maps: maps are drawn at all.
    """

    layout: QByteArray
    panes: tuple[PaneContent, ...]
    tool: str
    maps: bool

    @classmethod
    def of(cls, window: MainWindow) -> Arrangement:
        """Return the arrangement of a window as it is."""
        state = window.state
        layout = window.saveState(LAYOUT_VERSION)
        return cls(layout, tuple(state.panes), state.tool, state.overlay.visible)

    def apply(self, window: MainWindow) -> None:
        """Arrange a window like this."""
        window.restoreState(self.layout, LAYOUT_VERSION)
        window.state.set_panes(list(self.panes))
        window.state.set_tool(self.tool)
        window.state.set_overlay(visible=self.maps)

    def store(self, settings: Settings, key: str) -> None:
        """Write it into the settings."""
        settings.set(f"{key}/layout", self.layout)
        settings.set(f"{key}/panes", panes_text(self.panes))
        settings.set(f"{key}/tool", self.tool)
        settings.set(f"{key}/maps", self.maps)

    @classmethod
    def stored(cls, settings: Settings, key: str) -> Arrangement | None:
        """Read it from the settings; None where there is none, or no whole one."""
        layout = settings.blob(f"{key}/layout")
        panes = panes_of(settings.text(f"{key}/panes"))
        if layout is None or not panes:
            return None
        tool = settings.text(f"{key}/tool", "pan")
        return cls(layout, tuple(panes), tool, settings.flag(f"{key}/maps", True))


def panes_text(panes: tuple[PaneContent, ...] | list[PaneContent]) -> str:
    """Return what panes show, as a text."""
    return json.dumps([asdict(pane) for pane in panes])


def panes_of(text: str) -> list[PaneContent]:
    """Return what a text of `panes_text` says; nothing where it is damaged."""
    try:
        return [_pane(value) for value in json.loads(text)][:MOST_PANES]
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError):
        return []


def _pane(value: Any, *, side: bool = False) -> PaneContent:
    """Return one pane, or one ``side`` of a difference; raises TypeError or ValueError for none.

    Every field is of its type: what Qt or a signal gets in another one may end the program.
    """
    if not isinstance(value, dict):
        raise TypeError("a pane is an object")
    fields: dict[str, Any] = {name: field for name, field in value.items() if name != "pair"}
    content = PaneContent(**fields)
    texts = content.method, content.model, content.reader, content.class_name
    if not all(isinstance(text, str) for text in texts):
        raise TypeError("a pane's names are texts")
    "".join(texts).encode()  # Half a character raises ValueError: no study can be asked for it.
    if not isinstance(content.linked, bool):
        raise TypeError("a pane is linked or not")
    if content.opacity is not None and not is_share(content.opacity):
        raise TypeError("an opacity is a share")
    if content.method not in METHODS and (side or content.method not in (MARKS, IMAGE, DIFFERENCE)):
        raise ValueError("a pane's method is known")
    if content.method != DIFFERENCE:
        return content
    first, second = value["pair"]
    return replace(content, pair=(_pane(first, side=True), _pane(second, side=True)))


def is_share(value: Any) -> bool:
    """Return whether a stored value is a number from 0 to 1."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
