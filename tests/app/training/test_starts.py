"""Which network a file of weights is of, and whether the chosen one can start from it."""

from __future__ import annotations

import json
import pickle
import zipfile
from pathlib import Path

import pytest

from app.jobs.train import DataSummary
from app.settings import Settings
from app.training.form import Form
from app.training.recipe_form import BUNDLED
from app.training.starts import Start, look_at, network_of


@pytest.fixture
def form(qtbot, open_study, tmp_path):
    made = Form(open_study, Settings(tmp_path / "settings"))
    qtbot.addWidget(made)
    made.fill()
    return made


@pytest.fixture
def squeezenet(tmp_path) -> Path:
    """Foreign weights of SqueezeNet 1.0, of which the names are all there is."""
    names = [f"features.{n}.squeeze.weight" for n in (3, 4, 5, 7, 8, 9, 10, 12)]
    header = {name: {"dtype": "F32", "shape": [0], "data_offsets": [0, 0]} for name in names}
    text = json.dumps(header).encode()
    path = tmp_path / "squeeze.safetensors"
    path.write_bytes(len(text).to_bytes(8, "little") + text)
    return path


def choose(form, path, monkeypatch):
    monkeypatch.setattr(
        "app.training.recipe_form.QFileDialog.getOpenFileName", lambda *_: (str(path), "")
    )
    form.recipe.weights.choose("file…")
    form.recipe.weights.activated.emit(form.recipe.weights.currentIndex())


def test_names_of_tensors_tell_the_network(squeezenet):
    assert look_at(squeezenet) == Start("squeezenet1_0")
    assert network_of(["module.model.features.6.squeeze.weight"]) == "squeezenet1_1"
    of_18 = ["layer3.1.conv2.weight", "layer4.1.conv2.weight"]
    assert network_of(of_18) == "resnet18"
    assert network_of([*of_18, "layer3.2.conv2.weight"]) == ""
    assert network_of([]) == ""


def test_a_checkpoint_is_looked_into_and_not_run(tmp_path):
    path = tmp_path / "weights.pth"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("weights/data.pkl", pickle.dumps({"layer3.1.conv2.weight": 1}, 2))
    assert look_at(path).arch == "resnet18"
    path.write_bytes(b"nothing")
    assert look_at(path) == Start()
    assert "do not exist" in look_at(tmp_path / "gone.pth").problem


def test_the_network_of_a_file_is_taken_and_another_one_is_refused(form, squeezenet, monkeypatch):
    choose(form, squeezenet, monkeypatch)
    assert form.recipe.arch.value() == "squeezenet1_0"
    assert form.missing() == ""
    form.recipe.arch.choose("resnet18")
    said = "squeeze.safetensors holds a SqueezeNet 1.0; choose that network, or other weights."
    assert form.missing() == said
    assert form.recipe.weights_hint.text() == said
    form.recipe.weights.choose("none")
    assert form.missing() == form.recipe.weights_hint.text() == ""


def test_a_file_that_is_damaged_is_said_at_once(form, tmp_path, monkeypatch):
    path = tmp_path / "cut.safetensors"
    path.write_bytes(b"\x09" + bytes(7) + b"{")
    choose(form, path, monkeypatch)
    assert "truncated" in form.missing()
    assert form.try_config() is None


def test_a_file_that_fits_stays_when_a_recipe_is_chosen(form, squeezenet, monkeypatch):
    choose(form, squeezenet, monkeypatch)
    form.recipe.recipe.choose(f"{BUNDLED}kermany-squeezenet-sparse")
    assert form.recipe.weights.value() == str(squeezenet)
    assert form.config().model.arch == "squeezenet1_0"
    form.recipe.recipe.choose("sparse")
    assert form.recipe.weights.value() == str(squeezenet)


def test_a_classifier_that_does_not_say_what_it_is_leaves_the_network_open(
    form, tmp_path, monkeypatch
):
    path = tmp_path / "own.pth"
    path.write_bytes(b"nothing")
    form.recipe.recipe.choose("dual branch")
    assert not form.recipe.arch.isEnabled()
    choose(form, path, monkeypatch)
    assert form.recipe.arch.isEnabled()
    assert form.recipe.side.isEnabled()


@pytest.mark.parametrize(("drawn", "said"), [(1, "1 image has"), (2, "2 images have")])
def test_images_with_lesions_are_counted_in_words_that_fit(form, drawn, said):
    form.show_summary(DataSummary(drawn=drawn))
    assert f"{said} drawn lesions." in form.summary.notes.text()
