"""The disk cache of maps: what finds an entry, what does not, and what a bad disk does."""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from softcam_core.explain import map_cache
from softcam_core.explain.map_cache import MapCache, content_hash, entry_name, maps_folder

ARRAYS = {
    "map": np.array([[1.5, -0.0, np.nan], [1e-45, np.inf, 3.0e38]], np.float32),
    "logits": np.array([0.1, -2.0], np.float64),
}
NAME = entry_name("model", "image", 0, "scorecam", {"classes": [1]})


@pytest.fixture
def cache(tmp_path: Path) -> MapCache:
    return MapCache(tmp_path / "maps")


def entries(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file())


def test_what_was_put_comes_back_bit_for_bit_also_to_another_process(cache, tmp_path):
    assert cache.get(NAME) is None
    assert cache.put(NAME, ARRAYS)
    found = MapCache(tmp_path / "maps").get(NAME)
    assert found is not None
    assert found.keys() == ARRAYS.keys()
    for key, array in ARRAYS.items():
        assert found[key].dtype == array.dtype
        assert found[key].shape == array.shape
        assert found[key].tobytes() == array.tobytes()


def test_whatever_a_map_depends_on_changes_its_name(monkeypatch):
    same = ("model", "image", 0, "scorecam", {"classes": [1], "signed": False})
    names = {entry_name(*same)}
    assert entry_name(*same[:4], {"signed": False, "classes": [1]}) in names
    for place, other in enumerate(("m2", "i2", 1, "opticam", {"classes": [2], "signed": False})):
        changed = (*same[:place], other, *same[place + 1 :])
        names.add(entry_name(*changed))
    names.add(entry_name(*same[:4]))
    monkeypatch.setattr(map_cache, "DEFINITION", map_cache.DEFINITION + 1)
    names.add(entry_name(*same))
    assert len(names) == 8
    assert all(len(name) == 64 and set(name) <= set("0123456789abcdef") for name in names)


def test_the_content_of_a_file_counts_not_its_name(tmp_path):
    first, second, third = (tmp_path / name for name in ("Mueller_Hans.png", "b.png", "c.png"))
    first.write_bytes(b"x" * 3_000_000)
    second.write_bytes(b"x" * 3_000_000)
    third.write_bytes(b"x" * 2_999_999 + b"y")
    assert content_hash(first) == content_hash(second) != content_hash(third)


@pytest.mark.parametrize("damage", ["truncated", "empty", "turned bit", "no checksum"])
def test_a_damaged_entry_is_none_and_goes(cache, tmp_path, damage):
    cache.put(NAME, ARRAYS)
    (path,) = entries(tmp_path)
    content = bytearray(path.read_bytes())
    if damage == "truncated":
        content = content[:-1]
    elif damage == "empty":
        content = bytearray()
    elif damage == "turned bit":
        content[len(content) // 2] ^= 1
    else:
        content = content[32:]
    path.write_bytes(content)
    assert cache.get(NAME) is None
    assert not entries(tmp_path)
    assert cache.put(NAME, ARRAYS)
    assert cache.get(NAME) is not None


def test_what_was_used_longest_ago_goes_first(tmp_path):
    array = {"map": np.zeros(1000, np.float32)}
    names = [entry_name("model", str(n), 0, "scorecam") for n in range(10)]
    MapCache(tmp_path).put(names[0], array)
    (path,) = entries(tmp_path)
    each = path.stat().st_size
    cache = MapCache(tmp_path, 5 * each)
    for number, name in enumerate(names[:5]):
        cache.put(name, array)
        os.utime(tmp_path / name[:2] / f"{name}.map", (number, number))
    assert cache.get(names[0]) is not None  # used: now the latest
    cache.put(names[5], array)
    kept = [name for name in names if cache.get(name) is not None]
    assert {names[0], names[5]} <= set(kept)
    assert names[1] not in kept
    assert cache.size() <= 5 * each
    for name in names:
        cache.put(name, array)
    assert cache.size() <= 5 * each


def test_what_another_process_added_counts_too(tmp_path):
    array = {"map": np.zeros(1000, np.float32)}
    first = MapCache(tmp_path, 20_000)
    for number in range(40):
        cache = first if number % 2 else MapCache(tmp_path, 20_000)
        cache.put(entry_name("model", str(number), 0, "scorecam"), array)
    assert cache.size() <= 20_000


def test_clear_removes_all(cache, tmp_path):
    cache.put(NAME, ARRAYS)
    assert cache.size() == entries(tmp_path)[0].stat().st_size
    (entries(tmp_path)[0].parent / "left.part").write_bytes(b"half")
    cache.clear()
    assert cache.size() == 0
    assert not entries(tmp_path)


def test_a_full_disk_keeps_nothing_and_fails_nothing(cache, tmp_path, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert not cache.put(NAME, ARRAYS)
    assert cache.get(NAME) is None
    assert not entries(tmp_path)


def test_a_folder_that_cannot_be_made_fails_nothing(tmp_path):
    (tmp_path / "file").write_text("no folder")
    cache = MapCache(tmp_path / "file" / "maps")
    assert not cache.put(NAME, ARRAYS)
    assert cache.get(NAME) is None
    assert cache.size() == 0
    cache.clear()


def churn(folder: str, seed: int) -> None:
    """Put, get and remove in a small cache, and find nothing but what was put."""
    cache = MapCache(Path(folder), 30_000)
    rng = np.random.default_rng(seed)
    for _ in range(200):
        number = int(rng.integers(20))
        name = entry_name("model", str(number), 0, "scorecam")
        found = cache.get(name)
        assert found is None or (found["map"] == number).all()
        cache.put(name, {"map": np.full(1000, number, np.float32)})


def test_processes_share_a_folder(tmp_path):
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=churn, args=(str(tmp_path), n)) for n in range(2)]
    for worker in workers:
        worker.start()
    churn(str(tmp_path), 3)
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0]
    assert not list(tmp_path.rglob("*.part"))


def test_it_lies_in_the_users_folder_and_needs_no_torch(tmp_path, monkeypatch):
    monkeypatch.setenv("SOFTCAM_DATA_DIR", str(tmp_path))
    assert maps_folder() == tmp_path / "maps"
    code = (
        "import json, sys, softcam_core.explain.map_cache;"
        "print(json.dumps([m for m in ('torch', 'PySide6') if m in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []


def test_what_is_no_entry_of_ours_is_none_and_goes(tmp_path):
    import hashlib

    cache = MapCache(tmp_path)
    name = "ab" * 32
    cache.put(name, {"map": np.ones(3)})
    (path,) = tmp_path.rglob("*.map")
    for raw in (b"no archive at all", b"", b"PK\x03\x04cut"):
        path.write_bytes(hashlib.sha256(raw).digest() + raw)
        assert cache.get(name) is None
        assert not path.exists()


def test_an_entry_holds_the_arrays_alone(tmp_path):
    cache = MapCache(tmp_path)
    cache.put("ab" * 32, {"map": np.ones(3)})
    assert list(cache.get("ab" * 32)) == ["map"]


def test_clearing_follows_no_link(tmp_path):
    foreign = tmp_path / "elsewhere"
    foreign.mkdir()
    (foreign / "mine.map").write_text("precious")
    folder = tmp_path / "maps"
    folder.mkdir()
    (folder / "ab").symlink_to(foreign)
    cache = MapCache(folder)
    cache.clear()
    assert (foreign / "mine.map").read_text() == "precious"
