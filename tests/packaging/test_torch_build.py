"""Which build of PyTorch is installed, and from where."""

import sys
from pathlib import Path

import pytest

from launcher import environment, installer
from tests.packaging.doubles import ROOT, Recorder, plan

PINS = installer.environment_pins(ROOT)
TORCH = f"torch=={PINS['torch']}"
VISION = f"torchvision=={PINS['torchvision']}"


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has one build")
def test_without_an_nvidia_card_the_cpu_build_comes_first(root: Path, report: Recorder) -> None:
    """The build with CUDA is some 3 GB that such a machine cannot use."""
    installer.set_up(plan(root), report)
    assert report.installed[:2] == [f"--no-deps {TORCH}+cpu", f"--no-deps {TORCH} {VISION}"]


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has one build")
def test_where_no_cpu_build_is_offered_the_other_is_taken(root: Path, report: Recorder) -> None:
    """The failed question is no error, and the way around a large download is named."""
    report.answers["+cpu"] = (1, "ERROR: No matching distribution found for torch==1+cpu\n")
    installer.set_up(plan(root), report)
    assert report.installed[1] == f"--no-deps {TORCH} {VISION}"
    assert sys.platform != "linux" or any("--torch-index" in step for step in report.steps)


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has one build")
def test_a_dead_network_is_not_a_missing_build(root: Path, report: Recorder) -> None:
    """Only an index that answers may send the set-up to the large build."""
    report.answers["+cpu"] = (1, "ERROR: Could not connect to the index\n")
    with pytest.raises(environment.SetupError, match="Could not connect"):
        installer.set_up(plan(root), report)


def test_with_an_nvidia_card_no_cpu_build_is_asked_for(
    root: Path, report: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The card is there to be used."""
    monkeypatch.setattr(installer, "has_nvidia_card", lambda: True)
    installer.set_up(plan(root), report)
    assert not any("+cpu" in line for line in report.installed)


def test_another_index_for_pytorch_is_for_pytorch_alone(root: Path, report: Recorder) -> None:
    """Everything else still comes from the configured indexes."""
    installer.set_up(plan(root, torch_index="https://example.org/whl"), report)
    wanted = "--no-deps --index-url https://example.org/whl --force-reinstall "
    assert all(line.startswith(wanted) for line in report.installed[:-1])
    assert "--index-url" not in report.installed[-1]
    assert environment.is_ready(root / ".venv", root, [], "https://example.org/whl")
    assert not environment.is_ready(root / ".venv", root, [], "https://example.org/other")
