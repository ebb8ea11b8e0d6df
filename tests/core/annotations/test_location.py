"""Where studies lie."""

from pathlib import Path

import pytest

from softcam_core.annotations.location import default_study_path, user_data_dir
from softcam_core.errors import StudyError


def test_a_folder_has_one_study_outside_of_it(tmp_path):
    folder = tmp_path / "my images"
    folder.mkdir()
    (tmp_path / "link").symlink_to(folder)
    path = default_study_path(folder)
    assert path == default_study_path(f"{folder}/../my images/")
    assert path == default_study_path(tmp_path / "link")
    assert path != default_study_path(tmp_path)
    assert path.suffix == ".softcam"
    assert "my_images" in path.name
    assert user_data_dir() in path.parents
    assert folder not in path.parents
    assert path.parent.is_dir()


def test_the_data_folder_can_be_chosen(tmp_path, monkeypatch):
    monkeypatch.setenv("SOFTCAM_DATA_DIR", str(tmp_path / "here"))
    assert user_data_dir() == tmp_path / "here"
    monkeypatch.delenv("SOFTCAM_DATA_DIR")
    assert "softcam-viewer" in str(user_data_dir())
    assert Path.home() in user_data_dir().parents or user_data_dir().is_absolute()


def test_a_data_folder_that_cannot_be_made_is_told(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SOFTCAM_DATA_DIR", str(tmp_path / "file"))
    with pytest.raises(StudyError, match=r"cannot be made .*SOFTCAM_DATA_DIR"):
        default_study_path(tmp_path)
