"""Slow maps that an earlier start of the child computed, and when they are computed again."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from app.jobs.client import JobClient
from softcam_core.errors import CancelledError, SoftcamError
from softcam_core.explain.map_cache import maps_folder
from softcam_core.imaging.preprocess import InputSpec
from softcam_core.imaging.read import read_image
from softcam_core.paths import file_stamp

sys.path.insert(0, str(Path(__file__).parent))
METHOD = "smoothgrad"


def make_counting_worker() -> Any:
    """Import torch in the child alone."""
    sys.path.insert(0, str(Path(__file__).parent))
    return importlib.import_module("counting_worker").make()


def model_file(path: Path, seed: int) -> Path:
    import torch

    from softcam_core.models.build import build_model
    from softcam_core.models.checkpoint import save_model

    torch.manual_seed(seed)
    model = build_model("squeezenet1_1", ["a", "b"], input=InputSpec(size=(64, 64))).eval()
    save_model(model, path)
    return path


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("models")
    return [model_file(folder / f"{seed}.safetensors", seed) for seed in range(2)]


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    return draw(tmp_path / "Mustermann_Erika.png", 0)


def draw(path: Path, seed: int) -> Path:
    pixels = np.random.default_rng(seed).integers(0, 255, (40, 60, 3), np.uint8)
    Image.fromarray(pixels).save(path)
    return path


class Here:
    """The worker in this process, with a count of its network's passes."""

    def __init__(self) -> None:
        self.worker = make_counting_worker()

    def run(self, kind: str, payload: dict[str, Any], cancelled: Any = lambda: False) -> Any:
        return self.worker.run(kind, payload, lambda *_: None, cancelled)

    def load(self, path: Path) -> str:
        identity: str = self.run("load_model", {"path": str(path), "device": "cpu"})["id"]
        return identity

    def explain(self, model: str, picture: Path, **more: Any) -> tuple[dict[str, Any], int]:
        """Return the answer and how many passes it took."""
        before = self.worker.passes
        payload = {"model": model, "path": str(picture), "methods": [METHOD], **more}
        return self.run("explain", payload), self.worker.passes - before


@pytest.fixture
def here() -> Here:
    return Here()


@pytest.fixture
def started(qtbot: Any) -> Iterator[Callable[[], JobClient]]:
    clients = []

    def start() -> JobClient:
        client = JobClient(make_worker=make_counting_worker)
        client.start()
        clients.append(client)
        return client

    yield start
    for client in clients:
        client.close()


def test_after_a_restart_the_network_does_not_run_again(
    started: Any, finish: Any, models: list[Path], picture: Path
) -> None:
    def session() -> tuple[dict[str, Any], int]:
        client = started()
        model = finish(client, "load_model", {"path": str(models[0]), "device": "cpu"})["id"]
        payload = {"model": model, "path": str(picture), "methods": [METHOD]}
        answer = finish(client, "explain", payload)
        passes = finish(client, "passes")
        client.close()
        return answer, passes

    first, passes = session()
    assert passes > 1
    again, passes = session()
    assert passes == 0
    assert again["region"] == first["region"]
    for key in ("logits", "probabilities"):
        assert again[key].tobytes() == first[key].tobytes()
    assert again["maps"][METHOD].dtype == np.float32
    assert again["maps"][METHOD].tobytes() == first["maps"][METHOD].tobytes()


def test_another_image_model_class_method_or_frame_is_computed(
    here: Here, models: list[Path], picture: Path
) -> None:
    first, second = here.load(models[0]), here.load(models[1])
    assert here.explain(first, picture)[1] > 1
    assert here.explain(first, picture)[1] == 0
    assert here.explain(second, picture)[1] > 1
    assert here.explain(first, picture, classes=[1])[1] > 1
    assert here.explain(first, picture, methods=["occlusion"])[1] > 1
    known = here.explain(first, picture)[0]
    draw(picture, 1)
    changed, passes = here.explain(first, picture)
    assert passes > 1
    assert not np.array_equal(changed["maps"][METHOD], known["maps"][METHOD])
    draw(picture, 0)  # The old content, at another time: it is known.
    os.utime(picture, ns=(1, 1))
    assert here.explain(first, picture)[1] == 0


def test_a_copy_of_an_image_is_the_same_image(
    here: Here, models: list[Path], picture: Path, tmp_path: Path
) -> None:
    model = here.load(models[0])
    here.explain(model, picture)
    copy = tmp_path / "other.png"
    copy.write_bytes(picture.read_bytes())
    assert here.explain(model, copy)[1] == 0


def test_a_truncated_entry_is_computed_again(here: Here, models: list[Path], picture: Path) -> None:
    model = here.load(models[0])
    first = here.explain(model, picture)[0]
    (entry,) = maps_folder().rglob("*.map")
    entry.write_bytes(entry.read_bytes()[:-7])
    again, passes = here.explain(model, picture)
    assert passes > 1
    assert np.array_equal(again["maps"][METHOD], first["maps"][METHOD])
    assert here.explain(model, picture)[1] == 0


def test_no_name_on_the_disk_tells_of_the_patient(
    here: Here, models: list[Path], picture: Path
) -> None:
    here.explain(here.load(models[0]), picture)
    for path in maps_folder().rglob("*"):
        assert "Mustermann" not in path.name
        assert path.is_dir() or b"Mustermann" not in path.read_bytes()


def test_what_the_window_decoded_is_kept_for_the_file_that_it_is_of_alone(
    here: Here, models: list[Path], picture: Path
) -> None:
    model, image, stamp = here.load(models[0]), read_image(picture), file_stamp(picture)
    draw(picture, 1)  # after the window has read it
    old = here.explain(model, picture, image=image, stamp=stamp)[0]
    new, passes = here.explain(model, picture)
    assert passes > 1
    assert not np.array_equal(new["maps"][METHOD], old["maps"][METHOD])
    image, stamp = read_image(picture), file_stamp(picture)
    assert here.explain(model, picture, image=image, stamp=stamp)[1] == 0


def test_a_file_that_has_changed_since_it_was_shown_is_not_taken_for_it(
    here: Here, models: list[Path], picture: Path
) -> None:
    model, stamp = here.load(models[0]), file_stamp(picture)
    draw(picture, 1)
    with pytest.raises(SoftcamError, match="has changed since it was opened; compute again"):
        here.explain(model, picture, stamp=stamp)


def test_a_disk_that_takes_nothing_costs_no_map(
    here: Here, models: list[Path], picture: Path
) -> None:
    maps_folder().parent.mkdir(parents=True, exist_ok=True)
    maps_folder().write_text("a file where the folder would be")
    model = here.load(models[0])
    assert here.explain(model, picture)[0]["maps"][METHOD].shape[0] == 2
    assert here.explain(model, picture)[1] > 1


def test_a_cancelled_map_is_not_kept(here: Here, models: list[Path], picture: Path) -> None:
    model = here.load(models[0])
    payload = {"model": model, "path": str(picture), "methods": [METHOD]}
    with pytest.raises(CancelledError):
        here.run("explain", payload, lambda: True)
    assert not list(maps_folder().rglob("*.map"))


def test_a_receptive_field_is_measured_once(here: Here, models: list[Path]) -> None:
    payload = {"model": here.load(models[0])}
    found = here.run("receptive_field", payload)
    assert found == [(-88, -88), (16, 16), (207, 207)]
    other = Here()
    other.load(models[0])
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(sys.modules["app.jobs.work"], "receptive_field")
        assert other.run("receptive_field", payload) == found
