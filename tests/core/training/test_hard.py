"""Hard cases: where the study's readers and a model disagree."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from PIL import Image

from softcam_core.annotations.study import Study
from softcam_core.errors import ConfigError, ModelError
from softcam_core.models.build import build_model
from softcam_core.models.checkpoint import save_model
from softcam_core.models.header import model_id
from softcam_core.training.config import DataConfig
from softcam_core.training.hard import hard_cases
from softcam_core.training.sources import read_data

CLASSES = ["No DR", "DR"]


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> Path:
    torch.manual_seed(0)
    path = tmp_path_factory.mktemp("model") / "first.safetensors"
    save_model(build_model("squeezenet1_1", CLASSES), path)
    return path


@pytest.fixture
def study(tmp_path, model):
    """20 cases: 0, 5, 10, 15 wrong (by rising probability), 7 not seen, 9 of an unknown class."""
    paths = [tmp_path / f"{n:02d}.png" for n in range(20)]
    for path in paths:
        Image.new("L", (16, 16)).save(path)
    with Study.open(tmp_path / "s.softcam") as opened:
        for n, case in enumerate(opened.add_cases(paths)):
            label = "ungradable" if n == 9 else ("no dr", "DR")[n % 2]
            opened.set_label(case, label, "r")
            if n == 7:
                continue
            sure = 0.6 + n / 100
            said = n % 2 if n % 5 else 1 - n % 2
            chances = [sure, 1 - sure] if said == 0 else [1 - sure, sure]
            opened.store_result(case, model_id(model), CLASSES, [0.0, 0.0], chances)
        yield opened


def test_disagreements_come_surest_first(study, model):
    found = hard_cases(study, "r", model, DataConfig(classes=("No DR", "DR")))
    assert [case.path.name for case in found.cases] == ["15.png", "10.png", "05.png", "00.png"]
    first = found.cases[0]
    assert (first.case, first.reader_class, first.model_class) == (16, "DR", "No DR")
    assert first.probability == pytest.approx(0.75)
    assert (found.reader, found.model) == ("r", "first.safetensors")
    assert (found.agreed, found.unseen, found.unknown) == (14, 1, 1)


def test_they_are_drawn_more_often(study, model):
    data = DataConfig(study=str(study.path), hard_model=str(model), hard_weight=3.0)
    data = replace(data, classes=("no DR", "DR"), shares=(0.5, 0.5, 0.0))
    table = read_data(data)
    weights = {s.path.name: s.weight for s in table.samples}
    hard = {name for name, weight in weights.items() if weight == 3.0}
    assert hard == {"00.png", "05.png", "10.png", "15.png"}
    assert {weights[name] for name in weights.keys() - hard} == {1.0}
    training = sum(s.weight == 3 for s in table.samples if s.split == "train")
    assert 0 < training < 4
    cases = f"{training} training case{'s' * (training > 1)}"
    assert any(
        note.startswith(f"{cases} in which r and first.safetensors disagree")
        and note.endswith("drawn 3 times as often.")
        for note in table.notes
    )
    assert any("has said nothing yet about 1 case" in note for note in table.notes)


def test_mistakes(study, model, tmp_path):
    other = tmp_path / "other.safetensors"
    save_model(build_model("squeezenet1_1", ["a", "b"]), other)
    with pytest.raises(ConfigError, match=r"s\.softcam holds no predictions of other\.safetensors"):
        hard_cases(study, "r", other)
    with pytest.raises(ModelError, match="none"):
        hard_cases(study, "r", tmp_path / "none.safetensors")
    for case in study.cases():
        study.store_result(case.id, model_id(other), ["a", "b"], [0, 0], [0.5, 0.5])
    with pytest.raises(ConfigError, match="knows none of the classes"):
        hard_cases(study, "r", other)
