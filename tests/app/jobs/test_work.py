"""The child's work itself: what is decoded once, and what a user is told of a failure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from softcam_core.errors import SoftcamError
from softcam_core.imaging.geometry import Region
from softcam_core.imaging.preprocess import InputSpec
from softcam_core.imaging.read import read_image
from softcam_core.paths import file_stamp


@pytest.fixture(scope="module")
def work() -> Any:
    """The child's module; torch comes with it."""
    from app.jobs import work

    return work


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "a.png"
    Image.fromarray(np.random.default_rng(0).integers(0, 255, (40, 60, 3), np.uint8)).save(path)
    return path


def test_an_image_is_decoded_once_for_several_models(
    work: Any, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[Path] = []

    def read(path: Path, frame: int) -> Any:
        reads.append(path)
        return read_image(path, frame)

    monkeypatch.setattr(work, "read_image", read)
    inputs, key = work.Inputs(), (str(picture), 0, file_stamp(picture))
    small, large = InputSpec(size=(16, 16)), InputSpec(size=(32, 32))
    first, region = inputs.get(key, small, None)
    inputs.get(key, large, None)
    again, _ = inputs.get(key, small, None)
    assert reads == [picture]
    assert again is first
    assert first.shape == (1, 3, 16, 16)
    assert region == Region(0, 0, 60, 40)


def test_an_image_that_the_window_has_decoded_is_not_read(
    work: Any, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(work, "read_image")
    inputs = work.Inputs()
    tensor, _ = inputs.get((str(picture), 0, None), InputSpec(size=(8, 8)), read_image(picture))
    assert tensor.shape == (1, 3, 8, 8)


def test_only_the_last_inputs_are_kept(work: Any, picture: Path) -> None:
    inputs, image = work.Inputs(), read_image(picture)
    spec = InputSpec(size=(8, 8))
    first, _ = inputs.get(("0", 0, None), spec, image)
    for number in range(1, 20):
        inputs.get((str(number), 0, None), spec, image)
    again, _ = inputs.get(("0", 0, None), spec, image)
    assert again is not first


@pytest.mark.parametrize(
    ("text", "kind", "said", "lost"),
    [
        ("CUDA out of memory", "OutOfMemoryError", "out of memory", False),
        ("CUDA error: an illegal memory access was encountered", "", "fault", True),
        ("[enforce fail] DefaultCPUAllocator: can't allocate memory", "", "enough memory", False),
        ("shape mismatch /home/patient.png", "", "could not do this", False),
    ],
)
def test_a_failure_is_one_sentence_without_paths(
    work: Any, text: str, kind: str, said: str, lost: bool
) -> None:
    import torch

    error = torch.cuda.OutOfMemoryError(text) if kind else RuntimeError(text)
    sentence, is_lost = work.Worker().explain(error)
    assert said in sentence
    assert sentence.endswith(".")
    assert "patient" not in sentence
    assert is_lost is lost


def test_a_model_that_is_not_there_is_told(work: Any) -> None:
    worker = work.Worker()
    payload = {"model": "gone", "path": "x.png", "methods": []}
    with pytest.raises(SoftcamError, match="no longer loaded"):
        worker.run("analyse", payload, lambda *_: None, lambda: False)


def test_a_cpu_is_always_offered(work: Any) -> None:
    worker = work.Worker()
    assert worker.devices()[0] == ("cpu", "CPU")
    assert worker.device_text()


def test_a_dual_branch_model_predicts_with_one_head_and_locates_with_the_other(
    work: Any, picture: Path, tmp_path: Path
) -> None:
    import torch

    from softcam_core.models.build import build_model
    from softcam_core.models.checkpoint import save_model

    given = InputSpec(size=(64, 64))
    model = build_model("shufflenet_v2_x0_5", ["a", "b"], "dual-branch", input=given).eval()
    path = tmp_path / "dual.safetensors"
    save_model(model, path)
    worker = work.Worker()

    def silent(*_: int) -> None:
        return None

    said = worker.run("load_model", {"path": str(path), "device": "cpu"}, silent, lambda: False)
    job = {"model": said["id"], "path": str(picture), "methods": ["evidence", "cam"]}
    found = worker.run("analyse", job, silent, lambda: False)
    x, _ = work.Inputs().get((str(picture), 0, file_stamp(picture)), given, None)
    with torch.no_grad():
        out = model(x)
    assert np.allclose(found["logits"], out.logits[0].double())
    assert np.allclose(found["maps"]["evidence"], out.evidence[0], atol=1e-6)
    assert np.allclose(found["maps"]["cam"], out.localization[0], atol=1e-6)


def test_logits_that_are_no_numbers_are_told(work: Any, picture: Path) -> None:
    import torch

    from softcam_core.models.build import build_model

    given = InputSpec(size=(64, 64))
    model = build_model("shufflenet_v2_x0_5", ["a", "b"], input=given).eval()
    torch.nn.init.constant_(model.head[0].weight, float("nan"))
    worker = work.Worker()
    worker._models["odd"] = model
    job = {"model": "odd", "path": str(picture), "methods": ["evidence"]}
    with pytest.raises(SoftcamError, match="logits for this image are no finite numbers"):
        worker.run("analyse", job, lambda *_: None, lambda: False)


def test_one_class_can_be_explained_alone(work: Any, picture: Path, tmp_path: Path) -> None:
    from softcam_core.models.build import build_model
    from softcam_core.models.checkpoint import save_model

    given = InputSpec(size=(64, 64))
    model = build_model("shufflenet_v2_x0_5", ["a", "b", "c"], "softcam", input=given).eval()
    path = tmp_path / "three.safetensors"
    save_model(model, path)
    worker = work.Worker()

    def silent(*_: int) -> None:
        return None

    said = worker.run("load_model", {"path": str(path), "device": "cpu"}, silent, lambda: False)
    job = {"model": said["id"], "path": str(picture), "methods": ["smoothgrad"]}
    together = worker.run("explain", job, silent, lambda: False)["maps"]["smoothgrad"]
    alone = worker.run("explain", {**job, "classes": [1]}, silent, lambda: False)
    assert alone["logits"].shape == (3,)
    assert alone["maps"]["smoothgrad"].shape == (1, *together.shape[1:])
    assert np.allclose(alone["maps"]["smoothgrad"][0], together[1], atol=1e-6)
