"""Folders of images: order, chunks, links, and what cannot be read."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from softcam_core.errors import ImageError
from softcam_core.imaging import index
from softcam_core.imaging.index import find_images, natural_key


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def names(folder: Path, **options: int) -> list[str]:
    return [
        path.relative_to(folder).as_posix()
        for chunk in find_images(folder, **options)
        for path in chunk
    ]


def test_natural_order_per_folder_files_before_folders(tmp_path: Path) -> None:
    touch(tmp_path, "img10.png", "img2.png", "IMG1.png", "b10/1.png", "b2/x.png", "b2/c/y.png")
    assert names(tmp_path) == [
        "IMG1.png",
        "img2.png",
        "img10.png",
        "b2/x.png",
        "b2/c/y.png",
        "b10/1.png",
    ]


def test_only_images_and_nothing_hidden(tmp_path: Path) -> None:
    touch(
        tmp_path,
        "a.PNG",
        "b.jpeg",
        "c.tif",
        "d.bmp",
        "e.dcm",
        "notes.txt",
        "labels.csv",
        "README",
        ".hidden.png",
        ".cache/f.png",
        "DICOMDIR",
    )
    (tmp_path / "folder.png").mkdir()
    (tmp_path / "IM1").write_bytes(b"\0" * 128 + b"DICM")
    (tmp_path / "1.2.840.99").write_bytes(b"\0" * 128 + b"DICM")
    (tmp_path / "report.txt").write_bytes(b"\0" * 128 + b"DICM")
    assert names(tmp_path) == ["1.2.840.99", "a.PNG", "b.jpeg", "c.tif", "d.bmp", "e.dcm", "IM1"]


def test_chunks_stream(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(tmp_path, *(f"a/{i}.png" for i in range(7)), *(f"b/{i}.png" for i in range(4)))
    assert [len(chunk) for chunk in find_images(tmp_path, chunk=3)] == [3, 3, 3, 2]

    listed: list[str] = []
    listing = index._listing
    monkeypatch.setattr(
        index, "_listing", lambda folder: (listed.append(folder.name), listing(folder))[1]
    )
    first = next(find_images(tmp_path, chunk=3))
    assert [path.name for path in first] == ["0.png", "1.png", "2.png"]
    assert "b" not in listed, "the second folder is not read before it is needed"


def test_an_empty_folder_yields_nothing(tmp_path: Path) -> None:
    assert list(find_images(tmp_path)) == []


def test_a_file_is_yielded_whatever_it_is(tmp_path: Path) -> None:
    touch(tmp_path, "notes.txt", "a.png")
    assert list(find_images(tmp_path / "notes.txt")) == [[tmp_path / "notes.txt"]]
    assert list(find_images(str(tmp_path / "a.png"))) == [[tmp_path / "a.png"]]


def test_a_dicomdir_stands_for_its_folder(tmp_path: Path) -> None:
    touch(tmp_path, "DICOMDIR", "series/1.dcm")
    assert list(find_images(tmp_path / "DICOMDIR")) == [[tmp_path / "series/1.dcm"]]


def test_a_missing_path_is_said(tmp_path: Path) -> None:
    with pytest.raises(ImageError, match=r"^nowhere does not exist .*; check"):
        list(find_images(tmp_path / "nowhere"))
    with pytest.raises(ImageError):
        list(find_images("nul\0"))


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_links_are_followed_once(tmp_path: Path) -> None:
    touch(tmp_path, "real/1.png", "real/deep/2.png")
    (tmp_path / "real/deep/up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "real/again").symlink_to(tmp_path / "real", target_is_directory=True)
    (tmp_path / "self.png").symlink_to(tmp_path / "self.png")
    (tmp_path / "gone.png").symlink_to(tmp_path / "nothing.png")
    (tmp_path / "link.png").symlink_to(tmp_path / "real/1.png")
    assert names(tmp_path) == ["link.png", "real/1.png", "real/deep/2.png"]


def test_an_unreadable_folder_is_reported_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    touch(tmp_path, "a/1.png", "b/2.png", "c/3.png")
    scandir = os.scandir

    def refuse_b(folder: Path):
        if Path(folder).name == "b":
            raise PermissionError(13, "Permission denied")
        return scandir(folder)

    monkeypatch.setattr(index.os, "scandir", refuse_b)
    reported: list[tuple[Path, str]] = []
    chunks = list(find_images(tmp_path, on_unreadable=lambda *what: reported.append(what)))
    assert [path.name for path in chunks[0]] == ["1.png", "3.png"]
    assert reported == [(tmp_path / "b", "Permission denied")]
    assert names(tmp_path) == ["a/1.png", "c/3.png"], "nobody has to listen"


@given(st.lists(st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]))))
def test_any_names_can_be_sorted(found: list[str]) -> None:
    once = sorted(found, key=natural_key)
    once.reverse()
    assert sorted(once, key=natural_key) == sorted(found, key=natural_key)


def test_thousands_of_files_come_in_order(tmp_path: Path) -> None:
    for i in range(2_000):
        (tmp_path / f"img{i}.png").touch()
    chunks = find_images(tmp_path)
    first = next(chunks)
    assert [path.name for path in first[:3]] == ["img0.png", "img1.png", "img2.png"]
    assert sum(len(chunk) for chunk in chunks) == 1_800
