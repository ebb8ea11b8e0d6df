"""Decoded inputs on disk: the same pixels, a damaged file never, and processes side by side."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file

from softcam_core.errors import ConfigError
from softcam_core.imaging.geometry import Region
from softcam_core.imaging.preprocess import InputSpec
from softcam_core.training import data
from softcam_core.training.cache import Decoded, InputCache
from softcam_core.training.config import DataConfig
from softcam_core.training.data import ImageStore
from softcam_core.training.events import Note
from softcam_core.training.loop import train
from softcam_core.training.sources import read_data

SPEC = InputSpec(size=(24, 32), geometry="pad")


def store(table: Path, folder: Path, spec: InputSpec = SPEC, memory: int = 2**30) -> ImageStore:
    made = ImageStore(read_data(DataConfig(csv=str(table))), spec, memory, cache_dir=folder)
    list(made.load(threads=2))
    return made


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def same(a: ImageStore, b: ImageStore) -> bool:
    return (a.mean, a.std) == (b.mean, b.std) and all(
        np.array_equal(a.pixels(i), b.pixels(i)) for i in range(len(a.table.samples))
    )


@pytest.fixture
def decoded_files(monkeypatch):
    """The names of the images that are decoded, as they are."""
    names: list[str] = []
    read = data.read_image
    monkeypatch.setattr(data, "read_image", lambda path: names.append(path.name) or read(path))
    return names


def test_a_second_run_decodes_nothing_and_sees_the_same(toy, tmp_path, decoded_files):
    first = store(toy, tmp_path / "kept")
    assert len(decoded_files) == len(files(tmp_path / "kept")) == 32
    again = store(toy, tmp_path / "kept")
    from_disk = store(toy, tmp_path / "kept", memory=0)
    assert from_disk.cached == 0
    assert same(first, again)
    assert same(first, from_disk)
    assert len(decoded_files) == 32
    plain = ImageStore(read_data(DataConfig(csv=str(toy))), SPEC, 2**30)
    list(plain.load(2))
    assert same(first, plain)


def test_another_input_and_a_changed_image_are_decoded_anew(toy, tmp_path, decoded_files):
    store(toy, tmp_path / "kept")
    for spec in (InputSpec(size=(24, 24)), InputSpec(size=(24, 32)), InputSpec((24, 32), "crop")):
        store(toy, tmp_path / "kept", spec)
    store(toy, tmp_path / "kept", InputSpec((24, 32), "pad", fundus_crop=True))
    store(toy, tmp_path / "kept", InputSpec((24, 32), "pad", colour="grey"))
    assert len(decoded_files) == 6 * 32
    # Mean and std are no part of the input that is kept.
    store(toy, tmp_path / "kept", InputSpec((24, 32), "pad", mean=(0.1, 0.2, 0.3)))
    assert len(decoded_files) == 6 * 32
    os.utime(toy.parent / "5.png", ns=(1, 1))
    store(toy, tmp_path / "kept")
    assert decoded_files[6 * 32 :] == ["5.png"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:-1],
        lambda content: content[:60],
        lambda content: b"",
        lambda content: bytes(4),
        lambda content: content[:-9] + bytes([content[-9] ^ 1]) + content[-8:],
        lambda content: b"no entry at all",
    ],
)
def test_a_damaged_entry_is_decoded_again_and_replaced(toy, tmp_path, decoded_files, damage):
    first = store(toy, tmp_path / "kept")
    entry = files(tmp_path / "kept")[7]
    whole = entry.read_bytes()
    entry.write_bytes(damage(whole))
    assert same(first, store(toy, tmp_path / "kept"))
    assert len(decoded_files) == 33
    assert entry.read_bytes() == whole


def test_an_entry_keeps_everything(tmp_path):
    cache = InputCache(tmp_path / "kept", SPEC)
    for kind, shape in ((np.uint8, (3, 4)), (np.uint16, (3, 4, 3))):
        pixels = np.arange(np.prod(shape)).reshape(shape).astype(kind) * 5
        cache.write("ab" * 32, Decoded(pixels, Region(-1, 2, 30, 40), (50, 60)))
        found = cache.read("ab" * 32)
        assert found is not None
        assert found.pixels.dtype == kind
        assert np.array_equal(found.pixels, pixels)
        assert (found.region, found.shape) == (Region(-1, 2, 30, 40), (50, 60))
    assert cache.read("cd" * 32) is None


def test_a_full_disk_stops_nobody(toy, tmp_path, monkeypatch):
    def full(path: Path, content: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    made = store(toy, tmp_path / "kept")
    assert made.cached == 32
    assert not made.on_disk
    assert files(tmp_path / "kept") == []


def test_a_folder_that_cannot_be_written_is_one_sentence(toy, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match=r"data\.cache_dir cannot be written; choose another"):
        store(toy, tmp_path / "file" / "kept")


RACE = """
import sys
from pathlib import Path
import numpy as np
from softcam_core.imaging.geometry import Region
from softcam_core.imaging.preprocess import InputSpec
from softcam_core.training.cache import Decoded, InputCache

cache = InputCache(Path(sys.argv[1]), InputSpec())
found = 0
for turn in range(300):
    value = turn % 251
    pixels = np.full((200 + turn % 7, 200), value, np.uint8)
    cache.write("ab" * 32, Decoded(pixels, Region(0, 0, 1, 1), (1, 1)))
    kept = cache.read("ab" * 32)
    assert kept is not None and (kept.pixels == kept.pixels[0, 0]).all()
    found += kept.pixels[0, 0] != value
print(found, cache.full)
"""


def test_processes_share_a_folder(tmp_path):
    """What one reads is always a whole entry: its own or another's."""
    root = Path(__file__).parents[3]
    words = [sys.executable, "-c", RACE, str(tmp_path / "kept")]
    running = [
        subprocess.Popen(words, stdout=subprocess.PIPE, cwd=root, text=True) for _ in range(3)
    ]
    answers = [process.communicate()[0].split() for process in running]
    assert [process.returncode for process in running] == [0, 0, 0]
    assert {full for _, full in answers} == {"False"}
    assert sum(int(found) for found, _ in answers) > 0  # they did meet
    assert [path.name for path in files(tmp_path / "kept")] == ["ab" * 32]


def test_a_run_keeps_its_inputs_and_the_next_one_is_the_same(
    configure, tmp_path, decoded_files, monkeypatch
):
    words = ("train.epochs=1", f"data.cache_dir={tmp_path / 'kept'}")
    list(train(configure(*words, f"output.dir={tmp_path / 'one'}")))
    assert len(decoded_files) == 32
    # From disk alone, without memory for a single input.
    other = configure(*words, f"output.dir={tmp_path / 'two'}", "data.cache_gb=1e-9")
    notes = [event.text for event in train(other) if isinstance(event, Note)]
    assert any("the others are read from data.cache_dir in every epoch" in note for note in notes)
    assert len(decoded_files) == 32
    one, two = (load_file(tmp_path / name / "best.safetensors") for name in ("one", "two"))
    assert all(np.array_equal(one[name], two[name]) for name in one)
    monkeypatch.setattr(InputCache, "full", True)
    full = configure(*words, f"output.dir={tmp_path / 'three'}")
    notes = [event.text for event in train(full) if isinstance(event, Note)]
    assert any("could be kept in" in note and "make room" in note for note in notes)
