"""A controller over a real child process, small models, and folders of small images."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from app.controller import Controller
from app.jobs.client import JobClient
from app.state import ViewerState

CLASSES = ["normal", "mild", "severe"]


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Untrained models: a SoftCAM and a black box."""
    import torch

    import softcam_core
    from softcam_core.imaging.preprocess import InputSpec

    folder = tmp_path_factory.mktemp("models")
    torch.manual_seed(3)
    paths = {}
    for head in ("softcam", "blackbox"):
        model = softcam_core.build_model(
            "shufflenet_v2_x0_5",
            classes=CLASSES,
            head=head,
            input=InputSpec(size=(128, 128), geometry="pad"),
        )
        paths[head] = folder / f"{head}.safetensors"
        softcam_core.save_model(model, paths[head])
    # The window never holds torch: its objects must not slow down this process's collections.
    gc.collect()
    gc.freeze()
    return paths


class SharedClient(JobClient):
    """A client that outlives a test: closing it only drops the test's jobs."""

    def close(self) -> None:
        for job in list(self._jobs.values()):
            job.cancel()

    def end(self) -> None:
        super().close()


@pytest.fixture(scope="module")
def jobs(qapp: QApplication) -> Iterator[JobClient]:
    """A child process with torch, shared by a module's tests."""
    client = SharedClient()
    client.start()
    while client.pid is None:  # Its threads must be there before a test counts them.
        qapp.processEvents()
    yield client
    client.end()


@pytest.fixture
def controller(qtbot: Any, state: ViewerState, jobs: JobClient) -> Iterator[Controller]:
    """A controller with nothing open."""
    controller = Controller(state, jobs)
    yield controller
    controller.shutdown()
    controller.deleteLater()


@pytest.fixture
def shown(qtbot: Any, controller: Controller) -> Callable[[], None]:
    """Wait until the case in view has its image and what the models say of it."""

    def wait() -> None:
        state = controller.state

        def complete() -> bool:
            # No panes are there to paint.
            state.painted = state.image is not None
            return controller.settled()

        qtbot.waitUntil(complete, timeout=30_000)

    return wait


@pytest.fixture
def messages(state: ViewerState) -> list[str]:
    """What the reader is told."""
    told: list[str] = []
    state.message.connect(told.append)
    state.noted.connect(told.append)
    return told


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Make a folder of numbered colour images."""

    def make(count: int, size: tuple[int, int] = (61, 47), name: str = "images") -> Path:
        place = tmp_path / name
        place.mkdir()
        generator = np.random.default_rng(1)
        for number in range(1, count + 1):
            pixels = generator.integers(0, 255, (size[1], size[0], 3), np.uint8)
            Image.fromarray(pixels).save(place / f"case {number}.png")
        return place

    return make


@pytest.fixture
def opened(
    controller: Controller, state: ViewerState, folder: Callable[..., Path], models: Any, shown: Any
) -> Controller:
    """A folder of nine images with a SoftCAM and its black box."""
    controller.open_paths([folder(9)])
    controller.open_model(models["softcam"])
    controller.open_model(models["blackbox"])
    shown()
    return controller
