"""Fixtures that every level of the tests shares."""

from pathlib import Path

import hypothesis
import pytest

# How long one example takes says more of the machine's other work than of the code.
hypothesis.settings.register_profile("project", deadline=None)
hypothesis.settings.load_profile("project")

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture
def shared_data() -> Path:
    """The folder of real images; a test that wants it skips where it is absent."""
    folder = SHARED / "data"
    if not folder.is_dir():
        pytest.skip("the folder of real images (../shared/data) is not here")
    return folder


@pytest.fixture
def golden() -> Path:
    """The folder of reference values; a test that wants it skips where it is absent."""
    folder = SHARED / "golden"
    if not folder.is_dir():
        pytest.skip("the folder of reference values (../shared/golden) is not here")
    return folder


@pytest.fixture(autouse=True)
def own_user_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep settings and studies of the person who runs the tests out of them."""
    monkeypatch.setenv("SOFTCAM_CONFIG_DIR", str(tmp_path / "user-config"))
    monkeypatch.setenv("SOFTCAM_DATA_DIR", str(tmp_path / "user-data"))
