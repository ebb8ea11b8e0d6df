"""No English sentence remains in the German window: all widgets, menus and dialogs are read."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import translations
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shown import ENGLISH, GERMAN, all_shown

from app.main_window import MainWindow
from app.settings import Settings

NOT_OURS = re.compile(
    # What the model's author wrote, what a recipe's file says of itself, a paper's title.
    r"modelFacts|modelCardText|trainingExplained|trainingWeights|QLabel $|figureCaption|aboutText"
    # Menus of the library that draws curves; the program does not show them.
    r"|(Check|Radio|Spin|Group)$|QMenu $|helpBrowser|QLabel label$"
)
"""Places whose texts are data, or never seen."""
DATA = re.compile(
    r"\bno DR\b|^drusen$|fundus phantoms|chest film phantoms|OCT phantoms", re.IGNORECASE
)
"""Names of classes and models."""
PASSED_OVER = ("quit", "language_", "theme_", "close_all", "full_screen", "text_", "present")


def remains(texts: set[tuple[str, str]]) -> list[str]:
    """Return what of shown texts is English that German is known for, or an English sentence."""
    german = translations.read_german()
    spoken = {text.replace("&", "").strip() for text in german.values()}
    english = {
        source.replace("&", "").strip()
        for (_, source), text in german.items()
        if text and text != source
    }
    found = []
    for place, text in sorted(texts):
        if text in spoken or NOT_OURS.search(place) or not re.search("[a-z]{3}", text):
            continue
        sentence = ENGLISH.search(DATA.sub("", text)) and not GERMAN.search(text)
        if (text in english and not DATA.search(text)) or sentence:
            found.append(f"{place}: {text}")
    return found


@pytest.fixture
def heartbeat() -> None:
    """Reading every widget takes the loop longer than a user would forgive."""


@pytest.fixture
def window(german, qtbot) -> Iterator[MainWindow]:
    window = MainWindow(Settings())
    qtbot.addWidget(window, before_close_func=lambda w: w.close())
    window.resize(1366, 740)
    window.show()
    window.open_demo()
    qtbot.waitUntil(lambda: bool(window.state.analyses), timeout=60_000)
    yield window
    window.close()


def _close_others(window: MainWindow, texts: set[tuple[str, str]]) -> None:
    texts |= all_shown()
    for top in QApplication.topLevelWidgets():
        if top is not window and top.isVisible():
            _close(top)


def _close(top: QWidget) -> None:
    if isinstance(top, QDialog):
        top.reject()
    else:
        top.close()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_nothing_of_the_window_and_its_dialogs_is_english(window, qtbot):
    texts = all_shown()
    for dock in ("ledger", "annotations", "metrics", "history", "card", "info"):
        window.show_dock(dock)
        texts |= all_shown()
    timer = QTimer()
    timer.timeout.connect(lambda: _close_others(window, texts))
    timer.start(700)
    for spec in window.actions_table.table:
        action = window.actions_table[spec.id]
        if action.isEnabled() and not spec.id.startswith(PASSED_OVER):
            action.trigger()
            qtbot.wait(900 if "…" in action.text() else 20)
    timer.stop()
    _close_others(window, texts)
    assert len(texts) > 1500
    found = remains(texts)
    assert not found, "\n".join(found)


def test_an_english_text_would_be_found():
    assert remains({("QLabel hint", "Open a folder of images")})
    assert remains({("QLabel hint", "Nothing of this is known to the catalogue")})
    assert not remains({("QLabel hint", "Öffnet einen Ordner mit Bildern"), ("QLabel x", "no DR")})
