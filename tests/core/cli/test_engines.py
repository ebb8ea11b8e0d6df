"""``--engine``, ``--precision`` and ``--compile``, and memory that is full."""

import json
import zipfile
from pathlib import Path

import numpy as np
import pytest
import torch

import softcam_core
from softcam_core.cli import common
from softcam_core.engines import engine as engines
from softcam_core.engines.eager import EagerEngine
from softcam_core.errors import SoftcamError


@pytest.mark.parametrize("command", ["predict", "explain"])
@pytest.mark.parametrize(
    ("option", "value"), [("--engine", "onnx"), ("--precision", "64"), ("--engine", "")]
)
def test_an_unknown_name_is_wrong_usage(
    softcam, model: Path, folder: Path, tmp_path: Path, command: str, option: str, value: str
) -> None:
    out = ["--out", tmp_path / "out"] if command == "explain" else []
    done = softcam(command, model, folder, *out, option, value)
    assert done.code == 2
    assert option in done.err
    assert not (tmp_path / "out").exists()


def test_compile_goes_with_torch_alone(softcam, model: Path, folder: Path) -> None:
    done = softcam("predict", model, folder, "--engine", "openvino", "--compile")
    assert done.code == 2


def test_openvino_that_is_not_installed_is_one_sentence(
    softcam, model: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "openvino_version", lambda: None)
    done = softcam("predict", model, folder, "--engine", "openvino")
    assert done.code == 1
    assert done.err.count("\n") == 1
    assert 'pip install "softcam-viewer[fast-cpu]"' in done.err


def test_predict_computes_in_the_precision_asked_for(softcam, model: Path, folder: Path) -> None:
    plain, half = (
        softcam("predict", model, folder / "a.png", "--json", "--device", "cpu", *options).lines[0]
        for options in ((), ("--precision", "bf16"))
    )
    assert set(plain) == set(half)
    assert plain["logits"] != half["logits"]
    assert list(half["logits"].values()) == pytest.approx(
        list(plain["logits"].values()), rel=0.1, abs=0.1
    )


def test_explain_records_what_ran(softcam, model: Path, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = softcam(
        *("explain", model, folder / "a.png", "--methods", "evidence,gradcam", "--out", out),
        *("--json", "--device", "cpu", "--precision", "bf16"),
    )
    assert done.code == 0, done.err
    (line,) = done.lines
    how = {"engines": {"evidence": "torch", "gradcam": "torch"}, "precision": "bf16"}
    assert {key: line[key] for key in how} == how
    with zipfile.ZipFile(out / "a.npz") as archive:
        assert json.loads(archive.comment) == how
    with np.load(out / "a.npz", allow_pickle=False) as arrays:
        assert sorted(arrays) == ["classes", "evidence", "gradcam", "logits"]
        assert arrays["evidence"].mean((1, 2)) == pytest.approx(arrays["logits"], abs=0.05)


def test_scorecam_runs_by_the_engine_asked_for(
    softcam, model: Path, folder: Path, tmp_path: Path
) -> None:
    pytest.importorskip("openvino", reason="the extra fast-cpu is not installed")
    maps = {}
    for engine in ("torch", "openvino"):
        done = softcam(
            *("explain", model, folder / "a.png", "--methods", "scorecam", "--engine", engine),
            *("--out", tmp_path / engine, "--json", "--device", "cpu"),
        )
        assert done.code == 0, done.err
        assert done.lines[0]["engines"] == {"scorecam": engine}
        with np.load(tmp_path / engine / "a.npz", allow_pickle=False) as arrays:
            maps[engine] = arrays["scorecam"]
    assert maps["openvino"] == pytest.approx(maps["torch"], abs=1e-4)


def test_openvino_by_name_is_refused_for_gradients(
    softcam, model: Path, folder: Path, tmp_path: Path
) -> None:
    pytest.importorskip("openvino", reason="the extra fast-cpu is not installed")
    out = tmp_path / "out"
    done = softcam(
        *("explain", model, folder, "--methods", "gradcam", "--engine", "openvino", "--out", out)
    )
    assert done.code == 1
    assert "'gradcam' needs more of the model than its logits" in done.err
    assert done.err.count("\n") == 1
    assert not out.exists()


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2 GiB"), "graphics card"),
        (RuntimeError("CUDA out of memory"), "graphics card"),
        (RuntimeError("DefaultCPUAllocator: can't allocate memory"), "this computer is full"),
        (MemoryError(), "this computer is full"),
    ],
)
def test_memory_that_is_full_is_one_sentence(
    softcam, model, folder, monkeypatch, error: Exception, sentence: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(EagerEngine, "output", fail)
    done = softcam("predict", model, folder / "a.png")
    assert done.code == 1
    assert sentence in done.err
    assert done.err.count("\n") == 1
    monkeypatch.setattr(softcam_core.models.checkpoint, "load_model", fail)
    done = softcam("predict", model, folder / "a.png")
    assert done.code == 1
    assert done.err.startswith("softcam: The memory of")


def test_other_errors_stay_what_they_are() -> None:
    with pytest.raises(RuntimeError, match="a fault"), common.memory_in_words():
        raise RuntimeError("a fault")
    with pytest.raises(SoftcamError, match="graphics card"), common.memory_in_words():
        raise torch.OutOfMemoryError


def test_steps_show_below_the_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """One set of bars at a time: a second one would be an error of rich's."""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    seen = []
    for item in common.with_progress([1, 2], "Explaining"):
        with common.steps("scorecam") as progress:
            progress(3, 10)
            assert common._bars is not None
            seen.append((item, [(t.description, t.completed) for t in common._bars.tasks]))
    assert [tasks[-1] for _, tasks in seen] == [("scorecam", 3)] * 2
    assert all(len(tasks) == 2 for _, tasks in seen)
    assert common._bars is None
    with common.steps("scorecam") as progress:
        progress(1, 2)
