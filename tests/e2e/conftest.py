"""The two commands, and a demo study to run them on."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.programs import Ran, run, run_here


@pytest.fixture
def softcam() -> Callable[..., Ran]:
    """The ``softcam`` command."""
    return lambda *args, **kw: run("softcam_core.cli", *args, **kw)


@pytest.fixture
def softcam_here(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[..., Ran]]:
    """The ``softcam`` command in this process, on one core, where no process is the point."""
    import torch

    from softcam_core.cli.main import main

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield lambda *args, **kw: run_here(main, "softcam", *args, capsys=capsys, **kw)
    torch.set_num_threads(before)


@pytest.fixture
def viewer() -> Callable[..., Ran]:
    """The ``softcam-viewer`` command, without a screen."""
    return lambda *args, **kw: run("app", *args, **kw)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo study, written by ``softcam demo``."""
    folder = tmp_path_factory.mktemp("demo") / "study"
    done = run("softcam_core.cli", "demo", folder)
    assert done.code == 0, done.err
    return folder


@pytest.fixture(scope="session")
def demo_model(demo: Path) -> Path:
    """A SoftCAM of the demo study: the one that predicts fundus photographs."""
    return next(
        p for p in sorted((demo / "models").glob("*.safetensors")) if "fundus-sparse" in p.name
    )
