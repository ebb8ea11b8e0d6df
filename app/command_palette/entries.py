"""What the command palette finds: actions, cases, classes, panels and layouts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from app.actions import ActionSpec
from app.command_palette.fuzzy import pattern, score
from app.menus import plain
from app.theme import SCALES

if TYPE_CHECKING:
    from app.main_window import MainWindow

MOST = 60
"""So many entries are listed at most."""
CASES_FROM = 2
"""So many letters must be typed before cases are searched: there may be ten thousand."""
ALSO = {
    "language_de": "German",
    "language_en": "English",
    "text_usual": "Default text size 100 %",
    "own_arrangement": "Default layout",
}
"""Further words that find an action, in English as its name."""
RECENT = "palette/recent"
RECENT_LENGTH = 8
RECENT_BONUS = 2.0


def tr(text: str) -> str:
    """Return a text in the user's language."""
    return QCoreApplication.translate("command_palette", text)


@dataclass(frozen=True)
class Entry:
    """One thing to do.

    Attributes:
        id: stays the same from start to start, for what was used lately.
        name: in the user's language.
        where: the menu it stands in, or what kind of thing it is.
        run: does it.
        keys: that do the same.
        also: other words that find it: its English name.
        enabled: it can be done now.
    """

    id: str
    name: str
    where: str
    run: Callable[[], object]
    keys: str = ""
    also: str = ""
    enabled: bool = True


def actions(window: MainWindow) -> Iterator[Entry]:
    """Return the table of actions; the palette itself is open already."""
    table = window.actions_table
    native = QKeySequence.SequenceFormat.NativeText
    for spec in table.table:
        if spec.id == "command_palette":
            continue
        keys = ", ".join(k.toString(native) for k in table.sequences(spec.id)) or spec.shown_keys
        action = table[spec.id]
        where = " › ".join(plain(part) for part in (spec.menu, spec.submenu) if part)
        name = plain(spec.text).rstrip("…")
        also = " ".join(_english(spec))
        yield Entry(spec.id, name, where, action.trigger, keys, also, action.isEnabled())


def _english(spec: ActionSpec) -> Iterator[str]:
    for text in (ALSO.get(spec.id, ""), spec.text, spec.menu, spec.submenu, spec.tip):
        if text:
            yield text.replace("&", "").rstrip("…")


def sizes(window: MainWindow) -> Iterator[Entry]:
    """Return the sizes of text, by their percentages."""
    show = tr("Text size {0} %")
    for scale in SCALES:
        run = partial(window.look.set_scale, scale)
        percent = round(100 * scale)
        yield Entry(f"size:{percent}", show.format(percent), tr("Text size"), run, also="zoom font")


def places(window: MainWindow) -> Iterator[Entry]:
    """Return the classes that the reader may know of, the panels, and the study's layouts."""
    state = window.state
    model = state.predicting_model()
    for name in model.spec.classes if model is not None else ():
        yield Entry(f"class:{name}", name, tr("Class"), partial(state.set_class, name))
    for dock, title in window.docks.names().items():
        show = tr("Show {0}").format(title)
        yield Entry(f"panel:{dock}", show, tr("Panel"), partial(window.show_dock, dock))
    layouts = window.grid.layouts
    for name in layouts.names():
        show = tr("Show layout {0}").format(name)
        yield Entry(f"layout:{name}", show, tr("Layout"), partial(layouts.choose, name))


def cases(window: MainWindow, query: str) -> Iterator[tuple[float, Entry]]:
    """Return the cases whose names have a query, and how well they do."""
    if len(query) < CASES_FROM:
        return
    there = pattern(query)
    go = tr("Go to case {0}")
    for case in window.state.cases:
        if there.search(case.name.lower()):
            found = score(query, case.name)
            if found is not None:
                run = partial(window.controller.select_case, case.id)
                yield found, Entry(f"case:{case.id}", go.format(case.name), tr("Case"), run)


def find(window: MainWindow, query: str, recent: list[str]) -> list[Entry]:
    """Return what fits a query, the best first; without one what was used lately, then all."""
    fixed = [*actions(window), *places(window), *sizes(window)]
    rank = {used: place for place, used in enumerate(recent)}
    if not query.strip():
        return sorted(fixed, key=lambda entry: rank.get(entry.id, len(rank)))[: MOST * 4]
    rated = list(cases(window, query))
    for entry in fixed:
        fits = [score(query, text) for text in (entry.name, f"{entry.where} {entry.name}")]
        fits.append(score(query, entry.also) if entry.also else None)
        best = max((fit for fit in fits if fit is not None), default=None)
        if best is not None:
            bonus = RECENT_BONUS * (len(rank) - rank[entry.id]) if entry.id in rank else 0
            rated.append((best + bonus, entry))
    rated.sort(key=lambda pair: -pair[0])
    return [entry for _, entry in rated[:MOST]]


def used(window: MainWindow, entry: Entry) -> None:
    """Take note of what was done, for the next time; a case or a layout is of one study alone."""
    if entry.id.startswith(("case:", "layout:")):
        return
    others = [name for name in recent(window) if name != entry.id]
    window.settings.set(RECENT, [entry.id, *others][:RECENT_LENGTH])


def recent(window: MainWindow) -> list[str]:
    """Return the ids of what was used lately, the last one first."""
    return window.settings.texts(RECENT)
