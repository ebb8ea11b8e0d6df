"""Settings come back as they were, and a damaged value counts as missing."""

from pathlib import Path

from PySide6.QtCore import QByteArray

from app.settings import RECENT_LENGTH, Settings


def test_values_come_back_in_another_object():
    first = Settings()
    first.set("a", 0.25)
    first.set("b", True)
    first.set("c", "text, with comma")
    first.set("d", QByteArray(b"\0\1\2"))
    first.set("e", [Path("/x y"), Path("/z")])
    first.save()
    second = Settings()
    assert second.number("a", 0) == 0.25
    assert second.flag("b", False) is True
    assert second.text("c") == "text, with comma"
    assert second.blob("d") == QByteArray(b"\0\1\2")
    assert second.paths("e") == [Path("/x y"), Path("/z")]


def test_a_list_of_one_path_is_a_list():
    settings = Settings()
    settings.set("one", [Path("/only")])
    settings.save()
    assert Settings().paths("one") == [Path("/only")]


def test_what_is_damaged_counts_as_missing():
    settings = Settings()
    settings.set("n", "not a number")
    assert settings.number("n", 7) == 7
    assert settings.flag("n", True) is True
    assert settings.blob("n") is None
    assert settings.paths("missing") == []


def test_recent_paths_keep_the_newest_first_and_once():
    settings = Settings()
    for i in range(RECENT_LENGTH + 3):
        settings.add_recent("recent", Path(f"/p{i}"))
    settings.add_recent("recent", Path("/p5"))
    recent = settings.paths("recent")
    assert recent[0] == Path("/p5")
    assert len(recent) == RECENT_LENGTH
    assert recent.count(Path("/p5")) == 1
