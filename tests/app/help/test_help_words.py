"""The help's keys, menu paths and names are the window's own, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QMenu

from app import language
from app.actions import ACTIONS
from app.dialogs.gestures import GESTURES, RESERVED
from app.docks import Docks
from app.help.pages import pages
from app.main_window import MainWindow
from app.settings import Settings
from softcam_core.resources import resource_path

ROOT = Path(__file__).parents[3]
GERMAN = {
    "Strg": "Ctrl",
    "Umschalt": "Shift",
    "Eingabe": "Enter",
    "Entf": "Del",
    "Rücktaste": "Backspace",
    "Leertaste": "Space",
    "Links": "Left",
    "Rechts": "Right",
}
NAMED = {"Ctrl", "Shift", "Alt", "Esc", *GERMAN, *GERMAN.values()}
GRADE = "Alt+1"
"""The first of the keys of grades; the labels' panel gives them out."""
STRESSED = {
    "en": {"is", "for", "against", "study"},
    "de": {"ist", "für", "gegen", "Studie"},
}
"""What is slanted for stress, and names nothing."""


def _bold(text: str) -> list[str]:
    return re.findall(r"\*\*(.+?)\*\*", text)


def _slanted(text: str) -> list[str]:
    without = re.sub(r"\*\*.+?\*\*|`[^`]*`", "", text)
    return [" ".join(found.split()) for found in re.findall(r"\*([^*]+)\*", without)]


def _is_key(word: str) -> bool:
    last = re.split(r"(?<=.)\+", word)
    return len(word) == 1 or word in NAMED or last[0] in NAMED or bool(re.fullmatch(r"F\d+", word))


def _in_english(key: str) -> str:
    parts = re.split(r"(?<=.)\+", key)
    return "+".join(GERMAN.get(part, part) for part in parts)


def _known_keys() -> set[str]:
    texts = [key for spec in ACTIONS for key in (*spec.keys, spec.shown_keys) if key]
    texts += [*RESERVED, GRADE]
    known = {QKeySequence(key).toString() for key in texts}
    # What is held while the mouse does something.
    said = " ".join(gesture for gesture, _ in GESTURES)
    return known | {name for name in NAMED if name in said} | {"Ctrl"}


def _is_known(word: str) -> bool:
    key, known = _in_english(word), _known_keys()
    return key in known or QKeySequence(key).toString() in known


@pytest.mark.parametrize("spoken", ["en", "de"])
def test_every_key_is_one_that_the_program_has(spoken: str) -> None:
    said = [(page.name, word) for page in pages(spoken) for word in _bold(page.text)]
    keys = [(name, word) for name, word in said if _is_key(word)]
    assert len(keys) > 60
    assert [(name, word) for name, word in keys if not _is_known(word)] == []


def test_every_key_in_the_readme_is_one_that_the_program_has() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    text = text[text.index("## Review") : text.index("## Command line")]
    keys = [word for word in re.findall(r"`([^`\n]+)`", text) if _is_key(word)]
    keys += re.findall(r"(?:Ctrl|Shift|Alt)\+\w+(?:\+\w+)*", text)
    assert len(keys) > 30
    assert [word for word in keys if not _is_known(word)] == []


def _plain(text: str) -> str:
    return text.split("\t")[0].replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…:")


def _paths(menu: QMenu, before: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    menu.aboutToShow.emit()
    for action in menu.actions():
        path = (*before, _plain(action.text()))
        yield path
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from _paths(inner, path)


@pytest.fixture(params=["en", "de"])
def spoken(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[str]:
    """Each language in turn, then English again."""
    language.install(qapp, request.param)
    yield request.param
    language.install(qapp, "en")


@pytest.fixture
def window(spoken: str, qtbot: Any) -> MainWindow:
    """The real window, with its menus and panels."""
    made = MainWindow(Settings())
    qtbot.addWidget(made, before_close_func=lambda w: w.close())
    made.show()
    qtbot.waitExposed(made)
    return made


def _texts(spoken: str) -> dict[str, str]:
    texts = {page.name: page.text for page in pages(spoken)}
    if spoken == "en":
        texts["README"] = (ROOT / "README.md").read_text("utf-8")
    return texts


def test_every_menu_path_leads_to_an_entry(window: MainWindow, spoken: str) -> None:
    there = set()
    for action in window.menuBar().actions():
        menu = action.menu()
        assert isinstance(menu, QMenu)
        there |= set(_paths(menu, (_plain(action.text()),)))
    wrong, seen = [], 0
    for name, text in _texts(spoken).items():
        for found in _slanted(text):
            path = tuple(part.strip() for part in found.split(">"))
            if len(path) > 1:
                seen += 1
                wrong += [f"{name}: {found}"] if path not in there else []
    assert seen > 15
    assert wrong == []


def test_every_panel_is_called_as_in_the_window(window: MainWindow, spoken: str) -> None:
    titles = {_plain(action.text()) for action in window.docks.toggles()}
    word = {"en": r"(?:[Pp]anel|[Tt]ab)", "de": r"(?:Bereich|Reiter)"}[spoken]
    named = {
        title
        for text in _texts(spoken).values()
        for title in re.findall(word + r"s? \*([^*]+)\*", text)
    }
    assert isinstance(window.docks, Docks)
    assert len(named) >= 5
    assert named - titles == set()


@pytest.mark.parametrize("spoken", ["en", "de"])
def test_every_name_is_one_that_the_window_shows(spoken: str) -> None:
    table = ElementTree.parse(resource_path("translations", "softcam_de.ts"))
    tag = "source" if spoken == "en" else "translation"
    shown = {_plain(text.text or "").rstrip(" .").lower() for text in table.iter(tag)}
    # A choice is shown with what it means behind a colon, a limit with its value before a dot.
    shown |= {part for text in shown for part in re.split(r": | · ", text)}
    unknown = [
        f"{page.name}: {name}"
        for page in pages(spoken)
        for name in _slanted(page.text)
        if ">" not in name and '"' not in name and name not in STRESSED[spoken]
        if name.lower() not in shown
    ]
    assert unknown == []
