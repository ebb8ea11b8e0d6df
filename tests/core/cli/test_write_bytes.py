"""Writing a file: whole or not at all, through no link, and whatever its name's length."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from softcam_core.cli.common import write_bytes


def test_a_link_of_any_likely_name_is_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim.txt"
    victim.write_text("precious")
    (tmp_path / ".a.png.part").symlink_to(victim)
    write_bytes(tmp_path / "a.png", b"picture")
    assert victim.read_text() == "precious"
    assert not (tmp_path / "a.png").is_symlink()
    assert (tmp_path / "a.png").read_bytes() == b"picture"


def test_two_who_write_the_same_file_leave_one_of_both_whole(tmp_path: Path) -> None:
    contents = [bytes([n]) * 200_000 for n in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda data: write_bytes(tmp_path / "a.png", data), contents))
    assert (tmp_path / "a.png").read_bytes() in contents
    assert [path.name for path in tmp_path.iterdir()] == ["a.png"]


def test_a_name_may_be_as_long_as_the_disk_allows(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 250 + ".png")
    write_bytes(path, b"x")
    assert path.read_bytes() == b"x"
