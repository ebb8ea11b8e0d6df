"""One line of the table of actions."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class ActionSpec:
    """One action: where it stands, its keys, its icon and, through ``id``, its slot.

    ``group`` makes a set of checkable actions of which one is on; ``submenu`` collects actions
    under one entry; ``after_line`` draws a line before it; ``short`` is the tool bar's text;
    ``shown_keys`` stand in the menu beside an action whose keys a tool takes itself; ``held``
    is an action that lasts for as long as its key is down.
    """

    id: str
    menu: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    tip: str = ""
    checkable: bool = False
    group: str = ""
    submenu: str = ""
    after_line: bool = False
    data: str = ""
    short: str = field(default="")
    shown_keys: str = ""
    held: bool = False
