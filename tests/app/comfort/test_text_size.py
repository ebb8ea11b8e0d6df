"""The size of text: one scale for everything, kept, and nothing cut off."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from app.look import Look
from app.main_window import MainWindow
from app.settings import Settings
from app.theme import SCALES, scaled


def test_every_text_follows_one_scale(reading: MainWindow) -> None:
    look, pane = reading.look, reading.grid.panes[0]
    texts = {
        "label": reading.status.zoom,
        "canvas": pane.canvas,
        "legend": pane.legend,
        "menu": reading.menuBar(),
        "worklist": reading.worklist.view,
    }
    before = {name: widget.font().pixelSize() for name, widget in texts.items()}
    look.set_scale(1.5)
    for name, widget in texts.items():
        widget.ensurePolished()
        assert widget.font().pixelSize() == pytest.approx(1.5 * before[name], abs=1), name
    assert scaled(100) == 150


def test_the_worklist_gives_larger_text_more_room(reading: MainWindow) -> None:
    view = reading.worklist.view
    reading.look.set_scale(2.0)
    index = reading.worklist.filter.index(0, 0)
    assert view.sizeHintForRow(0) >= 3 * QFontMetrics(view.font()).height()
    assert view.visualRect(index).height() >= 3 * QFontMetrics(view.font()).height()


def test_keys_walk_through_the_sizes_and_end_at_the_last(window: MainWindow) -> None:
    actions = window.actions_table
    for _ in SCALES:
        actions["text_larger"].trigger()
    assert window.look.scale == SCALES[-1] == 2.0
    assert "200 %" in window.messages.text()
    for _ in SCALES:
        actions["text_smaller"].trigger()
    assert window.look.scale == SCALES[0] == 0.8
    actions["text_usual"].trigger()
    assert window.look.scale == 1.0


def test_size_and_theme_come_back(window: MainWindow) -> None:
    window.look.set_scale(1.3)
    window.look.set_theme("light")
    again = Look(Settings())
    assert (again.scale, again.theme) == (1.3, "light")
    again.set_scale(1.0)


def test_a_damaged_setting_is_the_usual_look(qapp: Any) -> None:
    settings = Settings()
    settings.set("view/text_size", "nan or so")
    settings.set("view/theme", "pink")
    look = Look(settings)
    assert (look.scale, look.theme) == (1.0, "system")


def test_the_theme_follows_the_system_while_that_is_chosen(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    hints = QGuiApplication.styleHints()
    schemes = iter([Qt.ColorScheme.Light, Qt.ColorScheme.Dark])
    monkeypatch.setattr("app.theme.system_scheme", lambda: next(schemes))
    window.look.set_theme("dark")
    dark = window.look.colours
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert window.look.colours is dark
    window.look.set_theme("system")
    assert window.look.colours is not dark
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert window.look.colours is dark


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_a_small_screen_has_room_for_large_text(
    reading: MainWindow, scale: float, qtbot: Any
) -> None:
    reading.look.set_scale(scale)
    qtbot.wait(50)
    assert reading.width() <= 1366
    assert reading.height() <= 768
    cut = []
    for kind in (QLabel, QPushButton):
        for widget in reading.findChildren(kind):
            if not widget.isVisible() or not widget.text() or widget.visibleRegion().isEmpty():
                continue
            short = widget.height() < widget.fontMetrics().height()
            if short and not getattr(widget, "wordWrap", bool)():
                cut.append(f"{widget.objectName()} {widget.text()!r}")
    assert cut == []
    strip = reading.status.strip
    assert reading.rect().contains(strip.mapTo(reading, QPoint(0, strip.height())))
    assert strip.width() >= strip.sizeHint().width() - 1


def test_words_about_the_cursor_make_the_window_no_wider(reading: MainWindow, qtbot: Any) -> None:
    reading.look.set_scale(1.5)
    qtbot.wait(50)
    least = reading.minimumSizeHint().width()
    words = "x 209  y 327  RGB 148 69 28    " + "no DR: cell +12.70 adds +0.06 to the logit " * 4
    reading.status.readout.setText(words)
    qtbot.wait(50)
    assert reading.minimumSizeHint().width() == least
    assert reading.width() <= 1366
