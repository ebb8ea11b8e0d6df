"""Names that leave the program."""

import os
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from softcam_core.annotations.formats.naming import inside, relative_names, safe_part, stems


def test_names_are_relative_to_the_folder_that_all_share():
    paths = [PurePosixPath(p) for p in ("/data/x/l/a.png", "/data/x/r/a.png", "/data/x/b.png")]
    assert relative_names(paths) == ["l/a.png", "r/a.png", "b.png"]
    assert relative_names(paths[:1]) == ["a.png"]
    assert relative_names([]) == []


def test_two_drives_share_no_folder():
    paths = [PureWindowsPath(p) for p in ("C:\\x\\a.png", "D:\\y\\a.png")]
    assert relative_names(paths) == ["C/x/a.png", "D/y/a.png"]


def test_a_name_that_is_no_text_is_shown():
    path = Path(os.fsdecode(b"/data/a\xff.png"))
    (name,) = relative_names([path])
    assert name == "a\\xff.png"
    name.encode()


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("MA", "MA"),
        ("a/b", "a_b"),
        ("..", "_"),
        ("", "_"),
        (".hidden", "_.hidden"),
        ("con", "_con"),
        ("LPT1.txt", "_LPT1.txt"),
        ("a.", "a"),
        ("a\nb\0", "a_b_"),
        ("Drüse", "Drüse"),
        ("C:\\x", "C__x"),
        ("\u202egnp", "_gnp"),
    ],
)
def test_parts_are_safe_everywhere(name, safe):
    assert safe_part(name) == safe


@given(st.text())
def test_any_text_is_one_part_of_a_path(name):
    safe = safe_part(name)
    assert safe not in ("", ".", "..")
    assert not set(safe) & set('<>:"/\\|?*\0')
    assert len(safe.encode()) <= 151
    assert PurePosixPath(safe).parts == (safe,)


@given(st.lists(st.text(st.sampled_from("aAäb./_ 1"), min_size=1), max_size=8))
def test_stems_never_meet(names):
    found = stems(names)
    assert len({stem.casefold() for stem in found}) == len(names)
    assert stems(names) == found


def test_stems_differ_where_a_system_takes_capitals_for_small_letters():
    assert stems(["a.png", "A.png", "A.jpg"]) == ["a", "A_png", "A_jpg"]
    assert stems(["x/\u00e4.png", "x/a\u0308.png"]) == ["x/\u00e4", "x/a\u0308_png"]


def test_links_are_followed_to_say_what_is_inside(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "link").symlink_to(tmp_path)
    assert inside(tmp_path / "a", tmp_path / "a" / "b" / "c")
    assert not inside(tmp_path / "a", tmp_path / "a" / "link" / "c")
    assert not inside(tmp_path / "a", tmp_path / "ab")
