"""A run from a study: it keeps to what was drawn when it began, and the study knows of it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from softcam_core.annotations.study import Study
from softcam_core.errors import CancelledError, ConfigError
from softcam_core.models.card import card_sections, card_text
from softcam_core.models.header import model_id, read_spec
from softcam_core.training.config import Config, load_config
from softcam_core.training.events import EpochDone, Finished, Note, Progress
from softcam_core.training.loop import train
from softcam_core.training.provenance import origin_of
from softcam_core.training.sources import read_data
from softcam_core.training.sweep.run import sweep


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """24 cases: half of them with a box on a bright square, the other half read and healthy."""
    rng = np.random.default_rng(0)
    paths = []
    for n in range(24):
        pixels = rng.integers(0, 60, (36, 40, 3), np.uint8)
        y, x = 4 + n % 7, 6 + n % 9
        if n % 2:
            pixels[y : y + 12, x : x + 12] = 230
        paths.append(tmp_path / f"{n:02d}.png")
        Image.fromarray(pixels).save(paths[-1])
    with Study.open(tmp_path / "eyes.softcam") as opened:
        for n, case in enumerate(opened.add_cases(paths)):
            if n % 2:
                corners = [[6 + n % 9, 4 + n % 7], [18 + n % 9, 16 + n % 7]]
                opened.add_annotation(case, "box", corners, "MA", "r")
            opened.set_status(case, "done")
        opened.set_label(24, "lesion", "r")
        yield opened


@pytest.fixture
def configure(study: Study, tmp_path: Path) -> Callable[..., Config]:
    file = tmp_path / "study.toml"
    file.write_text(
        f"[data]\nstudy = '{study.path}'\nimage_size = 32\naugment = 'cxr'\nhealthy = 'normal'\n"
        "lesion_classes = {MA = 'lesion'}\nshares = [0.6, 0.4, 0.0]\n"
        "[model]\narch = 'squeezenet1_1'\n"
        "[train]\nepochs = 2\nbatch_size = 4\nlr = 0.002\ndevice = 'cpu'\n"
        f"[output]\ndir = '{tmp_path / 'run'}'\n"
    )
    return lambda *overrides: load_config(file, overrides)


def test_study_and_model_say_what_trained_it(study, configure):
    config = configure("loss.guidance=0.01")
    first = study.annotations()[0]
    origin = origin_of(read_data(config.data), config)
    events = list(train(config))
    assert isinstance(events[-1], Finished)
    file = Path(config.output.dir) / "best.safetensors"
    (training,) = study.trainings(model_id(file))
    assert training.models[model_id(file)] == "run/best.safetensors"
    assert (training.reader, training.edit) == ("r", study.last_edit())
    used = study.trained_on(training.id)
    table = read_data(config.data)
    train_cases = {s.case for s in table.samples if s.split == "train"}
    assert set(used.cases) == train_cases
    assert set(used.validation) == {s.case for s in table.samples if s.split == "val"}
    marks = {m.id: m.modified for m in study.annotations() if m.case in train_cases}
    assert used.annotations == marks
    assert training.grades == (24 in train_cases)
    assert training.rules["lesion_classes"] == {"MA": "lesion"}
    assert training.digest == origin.digest
    said = read_spec(file).training["annotations"]
    assert said["annotations"] == len(marks)
    assert (said["study"], said["study_id"]) == ("eyes.softcam", study.id)
    card = card_text(card_sections(read_spec(file)))
    assert f"Trained on {len(marks)} annotations" in card
    last = study.edits()[-1].time
    drawn = f"as it was on {last:%Y-%m-%d} (digest {origin.digest[:12]})"
    assert f"by r of the study eyes.softcam {drawn}" in card
    assert f"eyes.softcam on {last:%Y-%m-%d}, by r" in card
    assert os.fspath(study.path.parent) not in card
    # Another state of the marks is another digest.
    study.update_annotation(first.id, label="HE")
    study.update_annotation(first.id, label="MA")
    assert origin_of(read_data(config.data), config).digest != origin.digest


def stopping(
    begin: Callable[..., Iterator[object]], config: Config, when: Callable[[object], bool]
) -> list[object]:
    """Run until an event comes that says stop."""
    stop: list[bool] = []
    seen = []
    for event in begin(config, cancelled=lambda: bool(stop)):
        seen.append(event)
        if when(event):
            stop.append(True)
    return seen


def is_second_step(event: object) -> bool:
    return isinstance(event, Progress) and (event.stage, event.done) == ("training", 2)


def test_what_is_drawn_while_a_run_rests_changes_nothing(study, configure, tmp_path):
    straight = configure(f"output.dir={tmp_path / 'straight'}", "loss.guidance=0.01")
    list(train(straight))
    config = configure("loss.guidance=0.01")
    with pytest.raises(CancelledError):
        stopping(train, config, is_second_step)
    study.delete_annotation(study.annotations()[0].id)
    study.add_annotation(1, "box", [[1, 1], [30, 30]], "MA", "r")
    study.set_label(4, "lesion", "r")
    study.set_status(6, "in progress")
    study.set_grade_names(["lesion", "normal"])
    list(train(config, resume=True))
    for name in ("best.safetensors", "best-auc.safetensors", "metrics.csv", "split.csv"):
        one, other = tmp_path / "run" / name, tmp_path / "straight" / name
        if name == "metrics.csv":
            cut = [line.rpartition(",")[0] for line in one.read_text().splitlines()]
            assert cut == [line.rpartition(",")[0] for line in other.read_text().splitlines()]
        else:
            assert one.read_bytes() == other.read_bytes(), name
    pinned = load_config(tmp_path / "run" / "config.toml")
    assert 0 < pinned.data.as_of < study.last_edit()
    assert pinned.data.classes == ("normal", "lesion")
    # The same models of the same marks, whichever run they are of.
    (training,) = study.trainings()
    assert training.models.keys() == {model_id(p) for p in (tmp_path / "run").glob("best*")}


def test_a_study_that_cannot_be_written_trains_and_says_so(study, configure, monkeypatch):
    monkeypatch.setattr("os.access", lambda _path, _mode: False)
    notes = [e.text for e in train(configure("train.epochs=1")) if isinstance(e, Note)]
    assert any(note.startswith("The study could not record which models") for note in notes)
    assert study.trainings() == []


def test_a_study_is_told_once(study, configure):
    config = configure("train.epochs=1")
    list(train(config))
    list(train(config, resume=True))
    assert len(study.trainings()) == 1


def test_guidance_needs_lesions(study, configure):
    for mark in study.annotations():
        study.delete_annotation(mark.id)
    for case in range(1, 24, 2):
        study.set_label(case + 1, "lesion", "r")
    with pytest.raises(ConfigError, match=r"no training image of eyes\.softcam has lesions"):
        list(train(configure("loss.guidance=0.01")))


def test_a_sweep_keeps_to_what_was_drawn_when_it_began(study, configure, tmp_path):
    config = configure("train.epochs=1", "sweep.over=l1", "sweep.l1=0.001")
    with pytest.raises(CancelledError):
        stopping(sweep, config, lambda event: isinstance(event, EpochDone))
    edit = study.last_edit()
    study.set_label(4, "lesion", "r")
    study.set_grade_names(["lesion", "normal"])
    list(sweep(config, resume=True))
    runs = sorted((tmp_path / "run" / "runs").glob("*/config.toml"))
    assert len(runs) == 2
    for run in runs:
        pinned = load_config(run).data
        assert (pinned.as_of, pinned.classes) == (edit, ("normal", "lesion"))
