"""``softcam predict`` says what the model says, file by file."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from softcam_core.imaging.preprocess import model_input
from softcam_core.imaging.read import read_image
from softcam_core.models.checkpoint import load_model, save_model
from tests.core.cli.conftest import CLASSES, write_model


def test_json_holds_the_models_own_numbers(softcam, model: Path, folder: Path) -> None:
    done = softcam("predict", model, folder / "a.png", "--json", "--device", "cpu")
    assert done.code == 0
    assert done.err == ""
    (line,) = done.lines
    assert set(line) == {"path", "predicted", "probabilities", "logits", "evidence_shape"}
    assert line["path"] == str(folder / "a.png")
    net = load_model(model)
    x, _ = model_input(read_image(folder / "a.png"), net.spec.input)
    with torch.no_grad():
        out = net(torch.from_numpy(x)[None])
    expected = dict(zip(CLASSES, out.logits[0].tolist(), strict=True))
    assert line["logits"] == pytest.approx(expected, abs=1e-5)
    probabilities = out.logits[0].softmax(0).tolist()
    assert list(line["probabilities"].values()) == pytest.approx(probabilities, abs=1e-5)
    assert line["predicted"] == CLASSES[int(out.logits[0].argmax())]
    assert line["evidence_shape"] == [3, 3, 2]


def test_a_black_box_has_no_evidence_shape(softcam, black_box: Path, folder: Path) -> None:
    (line,) = softcam("predict", black_box, folder / "a.png", "--json").lines
    assert line["evidence_shape"] is None


def test_folders_are_searched_recursively(softcam, model: Path, folder: Path) -> None:
    lines = softcam("predict", model, folder, folder / "a.png", "--json").lines
    assert [Path(line["path"]).relative_to(folder).as_posix() for line in lines] == [
        "a.png",
        "deep/b.jpg",
        "deep/er/a.png",
        "a.png",
    ]


def test_text_names_class_probability_logit_and_evidence(softcam, model, folder) -> None:
    done = softcam("predict", model, folder / "a.png")
    assert done.code == 0
    (line,) = done.out.splitlines()
    for word in (str(folder / "a.png"), *CLASSES, "evidence 3 x 3 x 2"):
        assert word in line


def test_a_failed_file_does_not_stop_the_others(softcam, model: Path, folder: Path) -> None:
    (folder / "a0.png").write_bytes(b"no image")
    done = softcam("predict", model, folder / "missing.png", folder, "--json")
    assert done.code == 1
    assert len(done.lines) == 5
    for line in done.lines:
        failed = Path(line["path"]).name in ("missing.png", "a0.png")
        assert (set(line) == {"path", "error"}) == failed
    assert [("missing.png" in e, "a0.png" in e) for e in done.err.splitlines()] == [
        (True, False),
        (False, True),
    ]


def test_a_failed_file_is_not_printed_as_a_result(softcam, model: Path, tmp_path: Path) -> None:
    done = softcam("predict", model, tmp_path / "missing.png")
    assert done.code == 1
    assert done.out == ""


def test_an_empty_folder_is_one_sentence(softcam, model: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = softcam("predict", model, tmp_path / "empty", "--json")
    assert done.code == 1
    assert done.out == ""
    (line,) = done.err.splitlines()
    assert "holds no images" in line


def test_too_long_a_path_is_one_line(softcam, model, tmp_path) -> None:
    for args in (("predict", model, "a" * 300), ("predict", "a" * 300, tmp_path)):
        done = softcam(*args)
        assert done.code == 1
        (line,) = done.err.splitlines()
        assert line.startswith("softcam: ")


@pytest.mark.skipif(os.name != "posix", reason="other systems' file names are text")
def test_a_name_that_is_no_text_is_printed(model, folder) -> None:
    odd = Path(os.fsdecode(os.fsencode(folder) + b"/bad\xff.png"))
    try:
        shutil.copyfile(next(folder.glob("*.png")), odd)
    except OSError:
        pytest.skip("the file system takes only text")
    command = [sys.executable, "-m", "softcam_core.cli", "predict", str(model), str(odd)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert r"bad\udcff.png: " in done.stdout


@pytest.mark.parametrize("command", ["predict", "explain"])
def test_logits_that_are_no_numbers_predict_nothing(
    softcam, tmp_path: Path, folder: Path, command: str
) -> None:
    net = load_model(write_model(tmp_path / "odd.safetensors"))
    norm = next(m for m in net.modules() if isinstance(m, torch.nn.BatchNorm2d))
    norm.running_var.fill_(-1)
    save_model(net, tmp_path / "odd.safetensors")
    more = ("--out", tmp_path / "out") if command == "explain" else ()
    done = softcam(command, tmp_path / "odd.safetensors", folder / "a.png", "--json", *more)
    assert done.code == 1
    (line,) = done.lines
    assert set(line) == {"path", "error"}
    assert "no finite numbers" in line["error"]
    assert len(done.err.splitlines()) == 1
