"""``softcam annotations trainings`` as a person and as a script use it."""

import pytest

from softcam_core.annotations.records import TrainedOn
from softcam_core.annotations.study import Study


@pytest.fixture
def study(tmp_path):
    """One graded image with a mark."""
    with Study.open(tmp_path / "eyes.softcam") as opened:
        (case,) = opened.add_cases([tmp_path / "0.png"])
        opened.add_annotation(case, "box", [[2, 2], [9, 9]], "MA", "r")
        opened.set_label(case, "mild", "r")
        yield opened


def record(study, models):
    marks = {mark.id: mark.modified for mark in study.annotations()}
    study.record_training(
        models,
        TrainedOn(marks, (1,), ()),
        reader="r",
        rules={},
        config="c",
        digest="d",
        edit=study.last_edit(),
        grades=1,
    )


def test_a_study_without_trainings_says_so(softcam, study):
    done = softcam("annotations", "trainings", study.path)
    assert (done.code, done.out) == (0, "No training with eyes.softcam is recorded\n")


def test_a_line_for_each_model(softcam, study):
    record(study, {"c0": "run/best.safetensors", "c1": "run/best-auc.safetensors"})
    study.delete_annotation(study.annotations()[0].id)
    record(study, {"c2": "run/best.safetensors"})
    done = softcam("annotations", "trainings", study.path)
    assert (done.code, done.err) == (0, "")
    best, auc = done.out.splitlines()
    assert best.startswith("run/best.safetensors      2")
    assert best.endswith(" UTC  r: 0 marks (0 changed since), 1 grades (0 changed since), 1 images")
    assert auc.startswith("run/best-auc.safetensors  2")
    assert "r: 1 marks (1 changed since)" in auc
    done = softcam("annotations", "trainings", study.path, "--json")
    told = done.lines[1]
    assert (told["model"], told["name"], told["reader"]) == ("c1", "run/best-auc.safetensors", "r")
    assert (told["marks"], told["grades"], told["cases"], told["changed"]) == (1, 1, 1, 1)
    assert told["time"].endswith("+00:00")


def test_there_must_be_a_study(softcam, tmp_path):
    done = softcam("annotations", "trainings", tmp_path / "none.softcam")
    assert done.code == 1
    assert "There is no study" in done.err
    assert not (tmp_path / "none.softcam").exists()
