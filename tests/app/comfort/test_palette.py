"""The command palette: everything by its name, by keys alone, and nothing that may not be seen."""

import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtTest import QTest

from app.command_palette.dialog import CommandPalette
from app.command_palette.entries import find, recent, used
from app.command_palette.fuzzy import pattern, score
from app.main_window import MainWindow
from app.state import Case


@pytest.fixture
def palette(reading: MainWindow, qtbot: Any) -> CommandPalette:
    reading.actions_table["command_palette"].trigger()
    found = reading.findChild(CommandPalette)
    assert isinstance(found, CommandPalette)
    qtbot.waitExposed(found)
    return found


def names(window: MainWindow, query: str) -> list[str]:
    return [entry.name for entry in find(window, query, [])]


def test_the_line_has_the_keys_and_lists_everything(palette: CommandPalette) -> None:
    assert palette.search.hasFocus()
    assert len(palette.entries()) > 100
    assert "Command palette" in palette.windowTitle()


def test_a_few_letters_find_an_action(reading: MainWindow) -> None:
    assert names(reading, "next unr")[0] == "Next unread case"
    assert names(reading, "nuc")[0] == "Next unread case"
    assert names(reading, "unread next")[0] == "Next unread case"
    assert names(reading, "theme dark")[0] == "Dark"
    assert names(reading, "xqzjw") == []


def test_enter_does_the_first_and_esc_nothing(
    palette: CommandPalette, reading: MainWindow, qtbot: Any
) -> None:
    QTest.keyClicks(palette.search, "pan")
    QTest.keyClick(palette.search, Qt.Key.Key_Escape)
    assert reading.state.tool == "pan"
    reading.actions_table["command_palette"].trigger()
    again = reading.findChildren(CommandPalette)[-1]
    QTest.keyClicks(again.search, "polygon")
    QTest.keyClick(again.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: reading.state.tool == "polygon")


def test_arrow_keys_choose_while_one_types(palette: CommandPalette) -> None:
    QTest.keyClicks(palette.search, "mark")
    palette.refresh()
    QTest.keyClick(palette.search, Qt.Key.Key_Down)
    assert palette.view.currentIndex().row() == 1
    QTest.keyClick(palette.search, Qt.Key.Key_Up)
    QTest.keyClick(palette.search, Qt.Key.Key_Up)
    assert palette.view.currentIndex().row() == 0
    assert palette.entries()[0].name in palette.search.accessibleDescription()


def test_what_cannot_be_done_does_nothing(palette: CommandPalette, reading: MainWindow) -> None:
    assert not reading.actions_table["undo"].isEnabled()
    called = []
    reading.actions_table["undo"].triggered.connect(lambda: called.append("undo"))
    QTest.keyClicks(palette.search, "undo")
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert palette.isVisible()
    assert called == []
    assert not palette.entries()[0].enabled


def test_cases_classes_and_panels_are_found(reading: MainWindow) -> None:
    reading.state.cases = [Case(n, Path(f"/images/eye{n}.png"), f"eye{n}.png") for n in range(30)]
    assert "Go to case eye7.png" in names(reading, "eye7")
    assert names(reading, "severe")[0] == "severe"
    assert "Show History" in names(reading, "history")
    entry = next(e for e in find(reading, "mild", []) if e.id == "class:mild")
    entry.run()
    assert reading.state.chosen_class == "mild"


def test_hidden_classes_are_not_found(reading: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading.state, "model_hidden", lambda case=None: True)
    assert "severe" not in names(reading, "severe")


def test_what_was_used_lately_stands_first(
    palette: CommandPalette, reading: MainWindow, qtbot: Any
) -> None:
    QTest.keyClicks(palette.search, "ellipse")
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: reading.state.tool == "ellipse")
    reading.actions_table["command_palette"].trigger()
    again = reading.findChildren(CommandPalette)[-1]
    assert again.entries()[0].id == "tool_ellipse"


def test_both_languages_find_an_action(reading: MainWindow) -> None:
    class German(QTranslator):
        def translate(self, context: str, text: str, *_: Any) -> str | None:  # type: ignore[override]
            return "Nächster &ungelesener Fall" if text == "Next &unread case" else None

        def isEmpty(self) -> bool:
            return False

    translator = German()
    QCoreApplication.installTranslator(translator)
    try:
        assert names(reading, "ungelesen")[0] == "Nächster ungelesener Fall"
        assert names(reading, "next unread")[0] == "Nächster ungelesener Fall"
    finally:
        QCoreApplication.removeTranslator(translator)


def test_ten_thousand_cases_are_searched_while_one_types(reading: MainWindow) -> None:
    reading.state.cases = [
        Case(n, Path(f"/i/{n}"), f"patient_{n:05d}_left_eye.png") for n in range(10_000)
    ]
    start = time.process_time()
    found = names(reading, "04217 left")
    assert time.process_time() - start < 0.1
    assert found[0] == "Go to case patient_04217_left_eye.png"


@given(st.text(min_size=1, max_size=12), st.text(max_size=40))
def test_the_quick_test_passes_whatever_fits(query: str, name: str) -> None:
    """A query whose words fit in their order is never lost to the quick test."""
    if score(query, name + query) is not None and " " not in query.strip():
        assert pattern(query.lower()).search((name + query).lower())


def test_a_word_as_it_is_beats_scattered_letters() -> None:
    assert (score("fit", "Fit to pane") or 0) > (score("fit", "Find its target") or 0)
    assert (score("pan", "Pan") or 0) > (score("pan", "Open annotations") or 0)
    assert score("zz", "fuzzy") is not None
    assert score("zzz", "fuzzy") is None


def test_the_studys_own_layouts_are_found_by_name(
    reading: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    layouts, chosen = reading.grid.layouts, []
    monkeypatch.setattr(layouts, "names", lambda: ["Morning round"])
    monkeypatch.setattr(layouts, "choose", chosen.append)
    (entry,) = [e for e in find(reading, "morning", []) if e.id == "layout:Morning round"]
    assert entry.name == "Show layout Morning round"
    entry.run()
    assert chosen == ["Morning round"]
    # Another study may have no such layout.
    used(reading, entry)
    assert recent(reading) == []


def test_everyday_words_find_what_they_mean(reading: MainWindow) -> None:
    assert names(reading, "german")[0] == "Deutsch"
    assert names(reading, "150")[0] == "Text size 150 %"
    assert names(reading, "default")[0] in ("Usual", "Back to my arrangement")


def test_the_same_key_closes_it(palette: CommandPalette) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(palette.search, Qt.Key.Key_K, control)
    assert not palette.isVisible()
