"""What the form proposes, what it leaves to a recipe, and what it says is missing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QFileDialog

from app.jobs.train import DataSummary
from app.settings import Settings
from app.training.form import Form
from app.training.proposals import batch_for, used
from app.training.recipe_form import BUNDLED
from softcam_core.demo import demo_folder
from softcam_core.errors import ConfigError
from softcam_core.models.header import read_spec
from softcam_core.training.config import CardConfig, load_config
from softcam_core.training.config.reading import make_config
from softcam_core.training.recipes import recipes


@pytest.fixture
def form(qtbot, open_study, tmp_path):
    made = Form(open_study, Settings(tmp_path / "settings"))
    qtbot.addWidget(made)
    made.show()
    made.fill()
    return made


def test_what_the_form_does_not_show_is_the_recipes(form, tmp_path):
    form.images.source.choose("files")
    form.images.path.setText(str(tmp_path))
    shown = {"csv", "classes", "shares", "modality", "image_size"}
    for one in recipes():
        dual = one.kind == "dual branch"
        form.recipe.recipe.choose(f"{BUNDLED}{one.name}")
        for line in (form.recipe.l1, form.recipe.l2):
            if not line.value():
                line.set_value(1e-4)
        if dual:
            form.recipe.weights.choose("/models/resnet-blackbox.safetensors")
        made = form.config()
        there = load_config(one.path, ["data.csv=images", "model.weights=classifier"])
        assert made.train == replace(there.train, device="auto", checkpoint_minutes=2.0), one.name
        assert replace(made.loss, l1=0, l2=0) == replace(there.loss, l1=0, l2=0, select=())
        # A classifier brings its own way to see images.
        own = shown | ({"fundus_crop", "geometry", "colour"} if dual else set())
        for key, value in vars(there.data).items():
            assert key in own or getattr(made.data, key) == value, (one.name, key)
        if there.data.format not in ("auto", "table", "folders"):
            assert made.data.classes == there.data.classes
        assert dual or made.model.options == there.model.options
        # What the card says of the recipe's images is not said of others.
        assert made.card == CardConfig()


def test_each_kind_has_the_rate_that_the_core_gives_it(form):
    assert form.config().train.lr == 1e-3
    form.recipe.recipe.choose("dual branch")
    form.recipe.weights.choose("/models/resnet-blackbox.safetensors")
    assert form.config().train == replace(
        make_config(["data.csv=x", "model.head=dual-branch", "model.weights=x"]).train,
        batch_size=form.recipe.batch.value(),
        epochs=20,
        checkpoint_minutes=2.0,
    )
    assert form.config().train.lr == 0.003
    form.recipe.recipe.choose("sparse")
    assert form.config().train.lr == 1e-3
    form.more.rate.set_value(0.02)
    form.recipe.recipe.choose("dual branch")
    assert form.more.rate.value() == 0.02


def test_a_rate_or_weight_that_is_missing_is_said(form):
    form.more.rate.setText("0")
    assert "rate" in form.missing()
    with pytest.raises(ConfigError, match="rate"):
        form.config()
    form.more.rate.set_value(1e-3)
    form.show_summary(DataSummary(drawn=3))
    form.more.guided.setChecked(True)
    form.more.guidance.setText("")
    assert "weight of the lesions" in form.missing()


def test_weights_that_a_recipe_wants_and_are_not_here_are_said(form):
    one = next(one for one in recipes() if one.name == "paper/rsna-resnet50-dense")
    hint = form.recipe.weights_hint
    assert hint.isHidden()
    form.recipe.recipe.choose(f"{BUNDLED}{one.name}")
    assert not hint.isHidden()
    assert "fetches them once" in hint.text()
    assert form.recipe.weights.value() == "none"
    form.recipe.offer_imagenet(("resnet50",))
    assert form.recipe.weights.value() == "imagenet"
    assert hint.isHidden()
    form.recipe.recipe.choose(f"{BUNDLED}kermany-squeezenet-sparse")
    assert "squeezenet1_0_imagenet.safetensors, which is not there" in hint.text()
    form.recipe.recipe.choose("sparse")
    assert hint.isHidden()


def test_what_was_chosen_stays_when_the_window_is_shown_again(form, open_study):
    form.recipe.arch.choose("vgg16")
    form.recipe.side.setValue(160)
    form.recipe.batch.setValue(3)
    form.fill()
    recipe = form.recipe
    chosen = recipe.arch.value(), recipe.side.value(), recipe.batch.value()
    assert chosen == ("vgg16", 160, 3)
    form.show_summary(DataSummary(images={"train": {"a": 15}}))
    assert form.recipe.batch.value() == 3


def test_a_batch_is_proposed_that_the_images_fit_into(form):
    form.show_summary(DataSummary(images={"train": {"a": 8, "b": 7}}))
    assert form.recipe.batch.value() == 5
    form.show_summary(DataSummary(images={"train": {"a": 800, "b": 700}}))
    assert form.recipe.batch.value() == 16


@given(st.integers(1, 5000))
def test_a_proposed_batch_uses_nearly_all_images(images):
    batch = batch_for(images)
    assert 4 < batch <= 16
    assert used(images, batch) >= 0.8 * images
    if images > 20:
        assert used(images, batch) >= 0.9 * images


@pytest.mark.parametrize(
    ("images", "batch", "accumulate", "taken"),
    [(15, 8, 1, 8), (15, 5, 1, 15), (15, 16, 1, 15), (70, 16, 2, 64), (0, 8, 1, 0), (9, 4, 9, 8)],
)
def test_whole_batches_are_used(images, batch, accumulate, taken):
    assert used(images, batch, accumulate) == taken


def test_of_a_table_no_model_is_proposed_that_knows_other_images(form):
    assert form.recipe.weights.value() == "/models/resnet-sparse.safetensors"
    form.images.source.choose("files")
    recipe = form.recipe
    assert (recipe.weights.value(), recipe.arch.value()) == ("none", "resnet18")
    assert recipe.side.value() == 224
    assert form.more.augment.value() == "none"
    form.images.source.choose("study")
    assert recipe.weights.value() == "/models/resnet-sparse.safetensors"
    assert form.more.augment.value() == "fundus"


def test_weights_of_a_file_bring_their_network(form, monkeypatch):
    path = demo_folder() / "models" / "oct-sparse.safetensors"
    spec = read_spec(path)
    assert spec.arch != form.recipe.arch.value()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))

    def choose_a_file():
        form.recipe.weights.choose("file…")
        form.recipe.weights.activated.emit(form.recipe.weights.currentIndex())

    choose_a_file()
    assert form.config().model.weights == str(path)
    assert form.config().model.arch == spec.arch
    form.recipe.arch.choose("resnet18")
    form.recipe.weights.choose("none")
    form.recipe.recipe.choose("dual branch")
    choose_a_file()
    config = form.config()
    assert config.model.arch == spec.arch
    assert config.data.image_size == spec.input.size[0]


def test_the_protocol_is_asked_about_each_case_once_for_a_configuration(form, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "app.training.data_form.may_be_seen", lambda _, case, reader: asked.append(case) or True
    )
    form.config()
    assert len(asked) <= 4 + 2  # Thousands of cases would hold the window up.


def test_a_penalty_that_a_recipe_leaves_at_0_is_proposed_again(form):
    form.recipe.recipe.choose(f"{BUNDLED}kermany-resnet18-sparse")
    assert form.recipe.l2.value() == 0
    form.recipe.recipe.choose("ridge")
    assert form.recipe.l2.value() == 2e-4
    assert form.missing() == ""
