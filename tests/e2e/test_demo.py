"""``softcam demo``: the study in a folder of the user's, and the folders it refuses."""

import csv

import pytest


def test_the_demo_is_written_and_said(softcam, tmp_path):
    done = softcam("demo", tmp_path / "study")
    assert done.code == 0, done.err
    assert "36" in done.out or "20 images" in done.out
    assert "phantom" in done.out
    with (tmp_path / "study" / "labels.csv").open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 36
    assert all((tmp_path / "study" / row["path"]).is_file() for row in rows)
    assert len(list((tmp_path / "study" / "models").glob("*.safetensors"))) == 5


def test_json_names_cases_and_models(softcam, tmp_path):
    done = softcam("demo", tmp_path / "study", "--json")
    assert done.code == 0
    cases = [line for line in done.lines if "path" in line]
    assert len(cases) == 36
    assert {line["modality"] for line in cases} == {"fundus", "oct", "cxr"}
    assert len([line for line in done.lines if "model" in line]) == 5


def test_writing_it_again_is_fine(softcam, tmp_path):
    assert softcam("demo", tmp_path).code == 0
    assert softcam("demo", tmp_path).code == 0


def test_a_folder_with_other_files_is_refused_and_left_alone(softcam, tmp_path):
    own = tmp_path / "thesis.txt"
    own.write_text("mine", "utf-8")
    done = softcam("demo", tmp_path)
    assert done.code == 1
    assert len(done.err.strip().splitlines()) == 1
    assert "thesis.txt" in done.err
    assert list(tmp_path.iterdir()) == [own]


def test_a_file_in_place_of_the_folder_is_one_sentence(softcam, tmp_path):
    path = tmp_path / "x"
    path.write_text("mine", "utf-8")
    done = softcam("demo", path)
    assert done.code == 1
    assert len(done.err.strip().splitlines()) == 1
    assert path.read_text("utf-8") == "mine"


@pytest.mark.parametrize("count", [6])
def test_a_training_set_is_drawn(softcam, tmp_path, count):
    done = softcam("demo", tmp_path / "set", "--training-set", count, "--json")
    assert done.code == 0, done.err
    assert [line["images"] for line in done.lines] == [count] * 3
    for modality in ("fundus", "oct", "cxr"):
        images = list((tmp_path / "set" / modality / "images").iterdir())
        assert len(images) == count
