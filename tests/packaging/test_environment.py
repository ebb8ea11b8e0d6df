"""Where the environment lies, and whether a prepared one is enough."""

import os
import sys
from pathlib import Path

import pytest

from launcher import environment, installer
from tests.packaging.doubles import ROOT, Recorder, plan


def test_the_environment_lies_in_the_checkout(root: Path) -> None:
    assert environment.default_folder(root) == root / ".venv"


def test_a_read_only_checkout_has_its_environment_in_the_data_folder(
    root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Each checkout its own, so that two versions do not fight over one."""
    monkeypatch.setattr(environment.os, "access", lambda path, mode: False)
    folder = environment.default_folder(root)
    assert folder.parent == Path(os.environ["SOFTCAM_DATA_DIR"])
    assert folder != environment.default_folder(tmp_path)


def test_a_finished_environment_in_a_read_only_checkout_is_used(
    root: Path, report: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    installer.set_up(plan(root), report)
    monkeypatch.setattr(environment.os, "access", lambda path, mode: False)
    assert environment.default_folder(root) == root / ".venv"


def test_the_data_folder_is_the_one_of_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """The launcher has no platformdirs yet and must agree with it."""
    from softcam_core.annotations.location import user_data_dir

    assert environment.user_data_dir() == user_data_dir()
    monkeypatch.delenv("SOFTCAM_DATA_DIR")
    assert environment.user_data_dir() == user_data_dir()


def test_this_prepared_environment_meets_every_requirement() -> None:
    """The tests' own Python would be used as it is."""
    assert environment.unmet(ROOT, ["dev"]) == []
    assert environment.is_prepared(Path(sys.prefix), ROOT, ["dev"])


def test_a_missing_package_is_unmet(root: Path) -> None:
    text = (root / "pyproject.toml").read_text()
    text = text.replace('"numpy>=1.26"', '"numpy>=999", "no-such-package-here>=1"')
    (root / "pyproject.toml").write_text(text)
    assert environment.unmet(root, []) == ["numpy>=999", "no-such-package-here>=1"]


@pytest.mark.parametrize(
    ("version", "ranges", "inside"),
    [
        ("2.13.0+cpu", ">=2.4", True),
        ("6.11.3", ">=6.8,<6.12,!=6.11.0,!=6.11.1", True),
        ("6.11.0", ">=6.8,<6.12,!=6.11.0", False),
        ("6.12", "<6.12.0", False),
        ("1.9.9", ">=1.10", False),
        ("1.0", "==1.0.0", True),
        ("3", "", True),
    ],
)
def test_version_ranges(version: str, ranges: str, inside: bool) -> None:
    assert environment.in_ranges(version, ranges) is inside
