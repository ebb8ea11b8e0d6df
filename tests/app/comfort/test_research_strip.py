"""What the program is not for stands whole under every image, however little room there is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication

from app import language
from app.main_window import MainWindow
from app.research_strip import ResearchStrip
from app.settings import Settings
from app.state import Case
from app.theme import apply_theme
from softcam_core.resources import resource_path

RESEARCH = {
    "en": "Research use only. Not for diagnosis.",
    "de": "Nur für Forschungszwecke. Nicht zur Diagnose.",
}


def is_whole(strip: ResearchStrip) -> bool:
    """Say whether all words of a strip are drawn, within it and within the window."""
    lines = strip.fontMetrics().boundingRect(
        QRect(0, 0, strip.contentsRect().width(), 10_000), Qt.TextFlag.TextWordWrap, strip.text()
    )
    top = strip.mapTo(strip.window(), strip.rect().topLeft())
    return (
        strip.isVisible()
        and lines.width() <= strip.contentsRect().width()
        and lines.height() <= strip.contentsRect().height()
        and strip.window().rect().contains(QRect(top, strip.size()))
    )


@pytest.fixture(params=["en", "de"])
def spoken(qapp: QApplication, request: pytest.FixtureRequest) -> Any:
    language.install(qapp, request.param)
    yield request.param
    language.install(qapp, "en")
    apply_theme(qapp, "dark")


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("demo", [False, True])
def test_the_strip_is_whole_in_the_window_and_in_a_presentation(
    spoken: str, scale: float, demo: bool, qtbot: Any
) -> None:
    window = MainWindow(Settings())
    qtbot.addWidget(window, before_close_func=lambda w: w.close())
    window.resize(1024, 700)
    window.show()
    qtbot.waitExposed(window)
    path = (resource_path("demo") if demo else Path("/images")) / "a.png"
    window.state.cases = [Case(1, path, path.name)]
    window.state.case = window.state.cases[0]
    window.state.case_changed.emit()
    window.look.set_scale(scale)
    strip = window.status.strip
    qtbot.waitUntil(lambda: is_whole(strip))
    assert strip.text().startswith(RESEARCH[spoken])
    assert ("Demo" in strip.text()) == demo
    window.present()
    shown = window.presenting
    assert shown is not None
    shown.showNormal()
    for width in (1024, 640, 1366):
        shown.resize(width, 700)
        qtbot.waitUntil(lambda w=width: shown.width() == w and is_whole(shown.strip))
        assert shown.strip.text().startswith(RESEARCH[spoken])
        assert ("Demo" in shown.strip.text()) == demo
    window.present()
    window.look.set_scale(1.0)


def test_the_strip_takes_one_line_again_where_there_is_room(qtbot: Any) -> None:
    strip = ResearchStrip()
    qtbot.addWidget(strip)
    strip.show_case(Case(1, resource_path("demo") / "a.png", "a.png"))
    strip.show()
    strip.resize(150, 40)
    qtbot.waitUntil(lambda: strip.height() > 3 * strip.fontMetrics().height())
    strip.resize(2000, 40)
    qtbot.waitUntil(lambda: strip.height() < 2 * strip.fontMetrics().height())
    assert "not images of patients" in strip.text()
