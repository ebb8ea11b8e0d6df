"""The help: every page is there, every link and picture leads somewhere, and search finds words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from app.help.pages import FALLBACK, ORDER, pages
from app.help.window import HelpWindow
from softcam_core.resources import resource_path

LANGUAGES = (FALLBACK, "de")


@pytest.fixture
def window(qtbot: QtBot) -> HelpWindow:
    """The help, at its first page."""
    window = HelpWindow()
    qtbot.addWidget(window)
    window.open_page()
    return window


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_listed_and_none_besides(language: str) -> None:
    there = {path.stem for path in resource_path("help", language).glob("*.md")}
    assert there == set(ORDER)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_and_picture_is_there(language: str) -> None:
    for page in pages(language):
        for target in re.findall(r"\]\(([^)#]+)", page.text):
            assert (page.path.parent / target).is_file(), f"{page.name}: {target}"


def test_a_language_without_pages_gets_english_ones() -> None:
    assert [page.path.parent.name for page in pages("xx")] == ["en"] * len(ORDER)


def test_the_list_leads_to_a_page_and_back(window: HelpWindow) -> None:
    assert [window.page and window.page.name] == ["index"]
    window.list.setCurrentRow(ORDER.index("compare"))
    assert [window.page and window.page.name] == ["compare"]
    window.back.click()
    assert [window.page and window.page.name] == ["index"]
    assert window.list.currentRow() == 0


def test_a_link_is_followed_and_shown_in_the_list(window: HelpWindow) -> None:
    window.browser.setSource(window.browser.source().resolved("ledger.md"))
    assert window.list.currentRow() == ORDER.index("ledger")


def test_search_leaves_the_pages_that_hold_all_words(window: HelpWindow, qtbot: QtBot) -> None:
    window.search.setText("without pixels")
    shown = [name for n, name in enumerate(ORDER) if not window.list.item(n).isHidden()]
    assert "ledger" in shown
    assert "glossary" not in shown
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    assert window.browser.textCursor().hasSelection()
    window.search.setText("nosuchword")
    assert not window.nothing.isHidden()


def test_pictures_fit_the_page(window: HelpWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.resize(700, 500)
    qtbot.waitExposed(window)
    bar = window.browser.horizontalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() == 0)


def test_each_page_stands_there_once_however_it_was_come_to(
    window: HelpWindow, qtbot: QtBot
) -> None:
    qtbot.waitExposed(window)
    for number in (*range(len(ORDER)), *reversed(range(len(ORDER)))):
        window.list.setCurrentRow(number)
        window.resize(900 + 10 * number, 600)
        qtbot.wait(5)
        fresh = QTextDocument()
        page = window.page
        assert page is not None
        fresh.setMarkdown(page.text)
        shown = window.browser.document()
        assert shown.toPlainText().split() == fresh.toPlainText().split()
        assert shown.firstBlock().blockFormat().headingLevel() == 1
        assert shown.firstBlock().text() == page.title
