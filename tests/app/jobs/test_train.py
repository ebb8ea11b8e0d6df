"""What the child does before and around a training, without a window."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PIL import Image

from app.jobs import train
from app.jobs.training_asked import TrainingAsked, read_training
from app.jobs.training_spoken import KEYS, for_form
from softcam_core.annotations.study import Study
from softcam_core.errors import CancelledError, ConfigError, SoftcamError
from softcam_core.training.config import Config, DataConfig
from softcam_core.training.events import EpochDone, Finished, Note, Progress, Watched


@pytest.fixture
def study(tmp_path):
    path = tmp_path / "s.softcam"
    files = [tmp_path / f"{number}.png" for number in range(8)]
    for file in files:
        Image.new("RGB", (16, 16)).save(file)
    with Study.open(path) as opened:
        for number, case in enumerate(opened.add_cases(files)):
            opened.set_label(case, "ill" if number % 2 else "healthy", "A")
        opened.add_annotation(1, "box", [[2, 2], [9, 9]], "MA", "A")
        opened.add_annotation(3, "box", [[2, 2], [9, 9]], "MA", "A")
        opened.add_annotation(3, "box", [[2, 2], [9, 9]], "HE", "A")
        opened.add_annotation(4, "box", [[2, 2], [9, 9]], "EX", "B")
    return path


def config_of(study, **changes):
    data = DataConfig(study=str(study), reader="A", shares=(0.5, 0.5, 0.0), **changes)
    return Config(data=data)


def test_what_would_be_trained_on(study):
    found = train.summarise(config_of(study), lambda: False)
    assert found.classes == ("healthy", "ill")
    assert found.images["train"] == {"healthy": 2, "ill": 2}
    assert found.patients["val"] == 4
    assert found.drawn == 2
    assert found.lesions == ("MA", "HE")
    assert found.grades == (("healthy", "healthy"), ("ill", "ill"))
    assert found.problem == ""


def test_what_grades_mean_is_a_part_of_it(study):
    means = {"ill": "DR", "healthy": ""}
    found = train.summarise(config_of(study, grade_classes=means), lambda: False)
    assert found.grades == (("healthy", ""), ("ill", "DR"))
    assert train.summarise(Config(data=DataConfig(csv="none.csv")), lambda: False).grades == ()


def test_what_is_wrong_with_the_images_is_a_part_of_it(study):
    found = train.summarise(config_of(study, cases=(1, 3, 5)), lambda: False)
    assert found.problem
    assert "data." not in found.problem
    assert str(study.name) not in found.problem
    assert found.lesions == ("MA", "HE")


def test_looking_can_be_stopped(study):
    with pytest.raises(CancelledError):
        train.summarise(config_of(study), lambda: True)


def test_what_was_asked_for_comes_back(study, tmp_path):
    for sweep in (False, True):
        asked = TrainingAsked(tmp_path / f"run-{sweep}", config_of(study), sweep).own()
        asked.write()
        assert read_training(asked.folder) == asked
        assert asked.config.output.dir == str(asked.folder)
    with pytest.raises(ConfigError):
        read_training(tmp_path)


@pytest.fixture
def loop(monkeypatch):
    """Stands in for the core's loop: yields these events; remembers what it was called with."""
    calls, events = [], []

    def run(config, *, resume, cancelled):
        calls.append((config, resume))
        for event in events:
            if cancelled():
                raise CancelledError
            if isinstance(event, Exception):
                raise event
            yield event

    monkeypatch.setattr("softcam_core.training.loop.train", run)
    monkeypatch.setattr(train, "give_way", lambda: None)
    train.PAUSE.clear()
    yield calls, events
    train.PAUSE.clear()


def test_a_run_is_of_what_is_drawn_when_it_begins(study, tmp_path, loop):
    calls, events = loop
    row = {"epoch": 1, "val_accuracy": 0.5}
    events += [Note("Resuming after epoch 0 of 1."), Note("Set data.healthy in s.softcam.")]
    events += [Progress("training", 1, 4, 1)]
    events += [EpochDone(row, 1), Watched(1, tmp_path), Finished(tmp_path, row, "It ended early.")]
    told = []
    asked = TrainingAsked(tmp_path / "run", config_of(study))
    found = train.train(asked, False, lambda *words: told.append(words), lambda: False)
    ((config, resume),) = calls
    with Study.open(study, read_only=True) as opened:
        assert config.data.as_of == opened.last_edit() > 0
    assert resume is False
    assert read_training(tmp_path / "run").config == config
    assert told == [
        (0, 0, "note", "Resuming after epoch 0 of 1."),
        (0, 0, "note", "Set No lesion in the study."),
        (1, 4, "step", ("training", 1)),
        (1, 1, "epoch", row),
        (1, 0, "map", 1),
        (0, 0, "note", "It ended early."),
    ]
    assert found == {
        "paused": False,
        "best": row,
        "notes": ["Set No lesion in the study.", "It ended early."],
    }
    # It goes on with the very same, whatever was drawn since.
    with Study.open(study) as opened:
        opened.set_label(1, "ill", "A")
    train.train(replace(asked, config=Config()), True, lambda *_: None, lambda: False)
    assert calls[1] == (config, True)


def test_a_pause_is_no_error(study, tmp_path, loop):
    _, events = loop
    events.append(Note("never said"))
    train.pause()
    asked = TrainingAsked(tmp_path / "run", config_of(study))
    found = train.train(asked, False, lambda *_: None, lambda: False)
    assert found == {"paused": True, "best": {}, "notes": []}


def test_errors_speak_the_words_of_the_form(study, tmp_path, loop):
    _, events = loop
    events.append(ConfigError("There is not enough memory; set train.batch_size to 4."))
    asked = TrainingAsked(tmp_path / "run", config_of(study))
    with pytest.raises(SoftcamError, match=r"not enough memory; set Batch to 4\."):
        train.train(asked, False, lambda *_: None, lambda: False)


def test_steps_are_told_no_more_often_than_they_are_read(study, tmp_path, loop):
    _, events = loop
    events += [Progress("training", n, 1000, 1) for n in range(1, 1001)]
    told = []
    asked = TrainingAsked(tmp_path / "run", config_of(study))
    train.train(asked, False, lambda *words: told.append(words), lambda: False)
    assert 1 <= len(told) < 50


def test_every_key_that_the_form_names_is_one_of_the_configuration():
    tables = Config().to_dict()
    for key in KEYS:
        table, _, name = key.partition(".")
        assert name in tables[table]


STUDY = "/data/my eyes (left)/eyes one.softcam"


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("lower train.lr, or set train.precision to 32.", "lower Rate, or set Precision to 32."),
        (
            "The disk is full; make room: go on with --resume.",
            "The disk is full; make room: press Resume.",
        ),
        (
            f"The study {STUDY} has no reader A; choose one of union, majority.",
            "A has marked nothing in the study and graded nothing; choose another under Labels of.",
        ),
        (
            "best.safetensors was trained on 12 images (eyes one.softcam) before: any of them.",
            "best.safetensors was trained on 12 images of the study before: any of them.",
        ),
        (
            "best.safetensors was trained on 12 images (another one.softcam) before: any of them.",
            "best.safetensors was trained on 12 images (another one.softcam) before: any of them.",
        ),
        (
            f"{STUDY}: 5 of 16 images cannot be read, more than the 5% of data.max_failed; the "
            "first is a.png: it is gone.",
            "The study: 5 of 16 images cannot be read, and at most 5% may be missing; the first is "
            "a.png: it is gone.",
        ),
        (
            "eyes.csv: patient 7 is in both train and val; keep each patient in one split, or set "
            'data.shared_patients = "drop" to train without their images.',
            "eyes.csv: patient 7 is in both train and val; keep each patient in one split.",
        ),
        (
            "Another program is training in /runs/a; wait for it, or choose another output.dir.",
            "Another program is training in /runs/a; wait for it.",
        ),
        (
            "The run folder /runs/a cannot be written (No space left on device); make room or "
            "choose another output.dir, and go on with --resume.",
            "The run folder /runs/a cannot be written (No space left on device); make room and "
            "press Resume.",
        ),
        (
            "The model cannot be written to /runs/a/best.safetensors (Error while serializing: I/O "
            "error: No space left on device (os error 28)); choose another folder.",
            "The model cannot be written to /runs/a/best.safetensors, since the disk is full; make "
            "room and press Resume.",
        ),
        (
            "The checkpoint last.ckpt is damaged; train without --resume into another output.dir.",
            "The checkpoint last.ckpt is damaged; train anew.",
        ),
        (
            "It was made with train.epochs = 3, not 4; set it back, or train into another "
            "output.dir.",
            "It was made with Epochs = 3, not 4; set it back, or train anew.",
        ),
        (
            "The folder /runs/a holds a run without its checkpoint last.ckpt, which it would have "
            "to go on from; put that back, add --overwrite to replace the run, or choose another "
            "output.dir.",
            "The folder /runs/a holds a run without its checkpoint last.ckpt, which it would have "
            "to go on from; put that back, or train anew.",
        ),
        (
            'train: data.csv is missing; name the table with csv = "labels.csv" in the file, or '
            "with --set data.csv=labels.csv.",
            "train: the table is missing; choose one.",
        ),
        (
            "The memory is full; try train.batch_size=6 with train.accumulate=2, which makes the "
            "same steps.",
            "The memory is full; try 6 images in a batch.",
        ),
        (
            "The classes of eyes one.softcam are the grades by given and, where there is none, the "
            "lesions drawn by given.",
            "The classes of the study are the grades that came with the images and, where there is "
            "none, the lesions given with the images.",
        ),
        (
            "l1 = 0.1; it is the largest value tried, and larger ones in sweep.l1 may do as well.",
            "l1 = 0.1; it is the largest value tried; larger ones may do as well.",
        ),
        ("The table /x/data.csv lists 1 images.", "The table /x/data.csv lists 1 image."),
    ],
)
def test_sentences_are_spoken_in_the_words_of_the_form(sentence, words):
    assert for_form(sentence, STUDY) == words
