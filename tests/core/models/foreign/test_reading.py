"""Files of weights from anywhere: their tensors come out, and nothing in them is run."""

import argparse
import datetime
import os
import pathlib
import pickle
import re
import subprocess
import zipfile
from collections import OrderedDict, defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file
from torch import nn

from softcam_core.errors import ModelError
from softcam_core.models.foreign.reading import read_weights

ROOT = Path(__file__).resolve().parents[4]
STATE = {"fc.weight": torch.arange(6.0).reshape(2, 3), "fc.bias": torch.ones(2)}


class Settings(dict):
    """What Lightning and Munch do: a dictionary of another class."""


class Config:
    """A user's own class, which the reader of the file does not have."""

    def __init__(self) -> None:
        self.lr, self.path = 0.1, pathlib.PurePosixPath("/data")


def write(path: Path, content: object, **how: object) -> Path:
    torch.save(content, path, **how)
    return path


def read(path: Path) -> dict[str, torch.Tensor]:
    return read_weights(path)


@pytest.mark.parametrize("suffix", [".pth", ".pt", ".ckpt", ".bin"])
@pytest.mark.parametrize("zipped", [True, False])
def test_a_state_dict_is_read_whatever_its_name(tmp_path: Path, suffix: str, zipped: bool) -> None:
    path = write(tmp_path / f"w{suffix}", STATE, _use_new_zipfile_serialization=zipped)
    found = read(path)
    assert found.keys() == STATE.keys()
    assert all(torch.equal(found[name], STATE[name]) for name in STATE)


@pytest.mark.parametrize("suffix", [".safetensors", ".bin", ".pth"])
def test_safetensors_are_known_by_their_content(tmp_path: Path, suffix: str) -> None:
    save_file(STATE, tmp_path / f"w{suffix}")
    assert torch.equal(read(tmp_path / f"w{suffix}")["fc.weight"], STATE["fc.weight"])


def test_a_pickle_named_safetensors_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="are damaged"):
        read(write(tmp_path / "w.safetensors", STATE))


OBJECTS = {
    "namespace": argparse.Namespace(lr=0.1, net="resnet18"),
    "path": Path("/data/kaggle"),
    "date": datetime.datetime(2026, 1, 2),
    "dictionary": Settings(lr=0.1, deep=Settings(x=1)),
    "own class": Config(),
    "score": np.float64(0.9),
    "confusion": np.eye(3),
    "counts": defaultdict(int, a=1),
    "schedule": partial(max, 1),
    "module": nn.CrossEntropyLoss(weight=torch.ones(2)),
    "set": {1, 2},
    "nothing": None,
}


@pytest.mark.parametrize("kind", OBJECTS)
def test_what_is_no_tensor_does_not_stand_in_the_way(tmp_path: Path, kind: str) -> None:
    content = {"state_dict": STATE, "hyper_parameters": {"x": OBJECTS[kind]}, "y": OBJECTS[kind]}
    found = read(write(tmp_path / "run.ckpt", content | {"epoch": 3, "best_score": 0.8}))
    weights = {n.removeprefix("state_dict."): t for n, t in found.items() if "fc." in n}
    assert weights.keys() == STATE.keys()
    assert torch.equal(weights["fc.weight"], STATE["fc.weight"])


def test_no_class_of_a_checkpoint_is_imported_or_made(tmp_path: Path, monkeypatch) -> None:
    made = []
    monkeypatch.setattr(Config, "__setstate__", lambda *args: made.append(args), raising=False)
    read(write(tmp_path / "run.ckpt", {"state_dict": STATE, "config": Config()}))
    assert made == []
    torch.load(tmp_path / "run.ckpt", weights_only=False)
    assert made  # it would have been


class Bomb:
    def __init__(self, function: Callable, *arguments: object) -> None:
        self.call = function, arguments

    def __reduce__(self) -> tuple:
        return self.call


def bombs(mark: Path) -> dict[str, object]:
    return {
        "alone": Bomb(os.mkdir, str(mark)),
        "beside weights": {"state_dict": STATE, "x": Bomb(os.mkdir, str(mark))},
        "in a list": [Bomb(subprocess.getoutput, f"mkdir {mark}")],
        "eval": {"state_dict": STATE, "x": Bomb(eval, f"open({str(mark)!r}, 'w')")},
    }


@pytest.mark.parametrize("kind", bombs(Path()))
@pytest.mark.parametrize("how", ["zip", "legacy", "bare pickle"])
def test_code_in_a_pickle_is_refused_and_never_run(tmp_path: Path, kind: str, how: str) -> None:
    mark, path = tmp_path / "exploded", tmp_path / "w.pth"
    content = bombs(mark)[kind]
    if how == "bare pickle":
        path.write_bytes(pickle.dumps(content, protocol=2))
    else:
        write(path, content, _use_new_zipfile_serialization=how == "zip")
    with pytest.raises(ModelError) as error:
        read(path)
    assert not mark.exists()
    assert one_sentence(str(error.value), path)
    if how == "zip":
        assert "do not use this file" in str(error.value)


def scripted(path: Path) -> None:
    archive = zipfile.ZipFile(path, "w")
    for name in ("net/constants.pkl", "net/data.pkl", "net/code/net.py"):
        archive.writestr(name, "x")
    archive.close()


def truncated(path: Path) -> None:
    write(path, {"a": torch.zeros(1000)})
    path.write_bytes(path.read_bytes()[:2000])


def packed(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("weights/net.pth", "x")


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda p: None, "do not exist; check the path"),
    "folder": (lambda p: p.mkdir(), "are a folder"),
    "empty": (lambda p: p.write_bytes(b""), "are empty"),
    "web page": (lambda p: p.write_text("\n<!DOCTYPE html><html>404"), "are a web page"),
    "git lfs": (
        lambda p: p.write_text("version https://git-lfs.github.com/spec/v1\noid sha256:1"),
        "Git LFS pointer",
    ),
    "hdf5": (lambda p: p.write_bytes(b"\x89HDF\r\n\x1a\n" + bytes(99)), "another framework"),
    "text": (lambda p: p.write_text("nothing"), r"cannot be read.*state_dict\(\)"),
    "picture": (lambda p: p.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(99)), "cannot be read"),
    "truncated": (truncated, "cannot be read: they are damaged"),
    "torchscript": (scripted, "TorchScript"),
    "archive": (packed, "archive without PyTorch weights"),
    "list": (lambda p: write(p, [1, 2]), "hold no state_dict"),
    "number": (lambda p: write(p, 3), "hold no state_dict"),
    "no tensors": (lambda p: write(p, {"epoch": 3}), "hold no state_dict"),
    "network": (lambda p: write(p, nn.Linear(3, 2)), r"whole pickled network.*torch\.save"),
    "network inside": (
        lambda p: write(p, {"model": nn.Linear(3, 2), "epoch": 1}),
        r"whole pickled network.*model\.state_dict\(\)",
    ),
    "own network": (
        lambda p: write(p, OrderedDict(net=nn.Sequential(nn.Linear(3, 2)))),
        "whole pickled network",
    ),
}


def one_sentence(text: str, path: Path) -> bool:
    return text.count("\n") == 0 and text.endswith(".") and str(path) in text


@pytest.mark.parametrize("case", BAD)
def test_what_holds_no_weights_is_one_sentence(tmp_path: Path, case: str) -> None:
    make, words = BAD[case]
    path = tmp_path / "w.pth"
    make(path)
    with pytest.raises(ModelError, match=words) as error:
        read(path)
    assert one_sentence(str(error.value), path)


def test_every_torch_load_of_this_project_reads_weights_only() -> None:
    """No pickle is ever loaded in full: neither by torch.load nor by the pickle module."""
    files = [
        f
        for folder in ("softcam_core", "app", "packaging")
        for f in Path(ROOT, folder).rglob("*.py")
    ]
    assert len(files) > 100
    files.remove(ROOT / "app" / "jobs" / "shared.py")  # messages of the program's own child
    calls = 0
    for file in files:
        text = file.read_text("utf-8")
        for call in re.finditer(r"(?<![\w.])torch\.load\(((?:[^()]|\([^()]*\))*)\)", text):
            calls += 1
            assert "weights_only=True" in call[1], f"{file}: {call[0]}"
        assert not re.search(r"pickle\.(loads?|Unpickler)\b|weights_only=False|joblib", text), file
        assert not re.search(r"np\.load\((?![^)]*allow_pickle=False)", text), file
    assert calls >= 2
