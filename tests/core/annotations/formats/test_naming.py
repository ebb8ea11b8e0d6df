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


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["/home/jane/p/a.png", "/mnt/lab/q/b.png"], ["a.png", "b.png"]),
        (["/home/jane/p/a.png", "/mnt/lab/q/a.png"], ["p/a.png", "q/a.png"]),
        (["/home/jane/p/q/a.png", "/mnt/lab/q/a.png"], ["p/q/a.png", "q/a.png"]),
        (["/home/jane/a.png", "/home/joe/a.png"], ["1/a.png", "2/a.png"]),
        (["/home/joe/a.png", "/home/jane/a.png"], ["2/a.png", "1/a.png"]),
        (["/home/jane/1/a.png", "/home/joe/a.png", "/mnt/x/a.png"], ["1/a.png", "_1/a.png"]),
        (["/media/jane/STICK/a.png", "/media/jane/DISK/a.png"], ["2/a.png", "1/a.png"]),
        (["/run/media/jane/STICK/a.png", "/tmp/b.png"], ["a.png", "b.png"]),
        (["/mnt/c/Users/jane/l/a.png", "/mnt/c/Users/joe/r/a.png"], ["l/a.png", "r/a.png"]),
        (["/Volumes/PACS/a.png", "/Volumes/Backup/a.png"], ["2/a.png", "1/a.png"]),
        (["/a.png", "/data/a.png"], ["1/a.png", "2/a.png"]),
        (["/srv/me/a.png", "/srv/x/a.png"], ["a.png", "x/a.png"]),
    ],
)
def test_paths_that_share_no_folder_say_nothing_of_the_machine(paths, names, monkeypatch):
    monkeypatch.setenv("USER", "Me")
    found = relative_names([PurePosixPath(path) for path in paths])
    assert found[: len(names)] == names
    assert len(set(found)) == len(paths)


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["C:\\x\\a.png", "D:\\y\\a.png"], ["x/a.png", "y/a.png"]),
        (["C:\\a.png", "D:\\a.png"], ["1/a.png", "2/a.png"]),
        (["C:\\Users\\jane\\a.png", "C:\\Users\\joe\\x\\b.png"], ["a.png", "b.png"]),
        (["C:\\Users\\jane\\l\\a.png", "C:\\Users\\jane\\b.png"], ["l/a.png", "b.png"]),
        (["\\\\server\\share\\a.png", "C:\\Users\\joe\\x\\a.png"], ["a.png", "x/a.png"]),
    ],
)
def test_drives_shares_and_accounts_of_windows_stay_away(paths, names):
    assert relative_names([PureWindowsPath(path) for path in paths]) == names


_PART = st.sampled_from(["home", "mnt", "Users", "a", "b", "1", "2", "data"])


@given(st.sets(st.lists(_PART, min_size=1, max_size=6).map(tuple), min_size=1), st.randoms())
def test_names_differ_whatever_the_paths_and_their_order(found, random):
    paths = [PurePosixPath("/", *parts, "eye.png") for parts in sorted(found)]
    names = dict(zip(paths, relative_names(paths), strict=True))
    assert len(set(names.values())) == len(paths)
    random.shuffle(paths)
    assert relative_names(paths) == [names[path] for path in paths]
    for path, name in names.items():
        assert not name.startswith("/")
        assert path.name in name


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
