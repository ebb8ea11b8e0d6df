"""The form: what it offers, what it proposes, and the configuration that it makes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.jobs.train import DataSummary
from app.training.data_form import DataForm
from app.training.form import Form
from app.training.recipe_form import BUNDLED
from app.training.words import KINDS
from softcam_core.annotations.protocol import Protocol, set_protocol
from softcam_core.errors import ConfigError
from softcam_core.training.config import load_config
from softcam_core.training.kind import kind
from softcam_core.training.recipes import recipes


@pytest.fixture
def form(qtbot, open_study, settings):
    made = Form(open_study, settings)
    qtbot.addWidget(made)
    made.show()
    made.fill()
    return made


@pytest.fixture
def settings(tmp_path):
    from app.settings import Settings

    return Settings(tmp_path / "settings")


def test_a_study_is_trained_on_with_what_came_with_its_images(form, study):
    config = form.config()
    assert config.data.study == str(study.path)
    assert config.data.csv == ""
    assert config.data.reader == "given"
    assert config.data.cases == (1, 2, 3, 4)
    assert config.data.modality == config.data.augment == "fundus"
    assert config.data.shares == (0.75, 0.25, 0.0)
    assert config.output.watch == 3
    assert form.images.modality.currentText() == "Fundus photographs (4)"


def test_one_kind_of_images_is_trained_on_at_a_time(form):
    form.images.modality.choose("oct")
    config = form.config()
    assert config.data.cases == (5, 6)
    assert config.data.augment == "oct"


def test_own_marks_go_before_those_that_came_with_the_images(qtbot, open_study, study, settings):
    study.add_annotation(1, "box", [[5, 5], [9, 9]], "MA", "A")
    made = Form(open_study, settings)
    qtbot.addWidget(made)
    made.fill()
    assert made.config().data.reader == "A"


def test_a_read_that_begins_changes_nobody(form, open_study, study):
    study.start_read(1, "A", "open")
    open_study.sight_changed.emit()
    assert form.config().data.reader == "given"
    open_study.study = None
    open_study.sight_changed.emit()
    open_study.study = study
    open_study.sight_changed.emit()
    assert form.config().data.reader == "given"


def test_what_the_form_makes_is_a_configuration_of_the_command_line(form, tmp_path):
    for number in range(form.recipe.recipe.count()):
        if form.recipe.recipe.itemData(number) is None:
            continue
        form.recipe.recipe.setCurrentIndex(number)
        if form.recipe.missing():
            continue
        config = replace(form.config(), output=replace(form.config().output, dir="out"))
        path = tmp_path / "config.toml"
        path.write_text(config.to_toml(), encoding="utf-8")
        assert load_config(path) == config


def test_every_bundled_recipe_fills_the_form(form, open_study):
    said = []
    open_study.message.connect(said.append)
    for one in recipes():
        form.recipe.recipe.choose(f"{BUNDLED}{one.name}")
        assert said == [], one.name
        assert form.recipe.kind().id == one.kind
        wanted = load_config(one.path, ["data.csv=x", "model.weights=classifier"])
        assert form.recipe.epochs.value() == wanted.train.epochs
        if one.kind != "dual branch":  # of which the network is that of the classifier
            assert form.recipe.arch.value() == wanted.model.arch
        shown = (form.recipe.l1.value(), form.recipe.l2.value())
        assert shown == (wanted.loss.l1, wanted.loss.l2)


@pytest.mark.parametrize("one", KINDS, ids=lambda one: one.id)
def test_each_kind_shows_its_own_penalties_and_trains_as_it_says(form, one):
    form.recipe.recipe.choose(one.id)
    assert form.recipe.explained.text() == one.text
    shown = {n for n in ("l1", "l2") if not getattr(form.recipe, n).isHidden()}
    assert shown == set(one.penalties)
    assert form.recipe.sweep.isHidden() == (not one.penalties)
    assert kind(form.config()) == one.id


def test_a_dual_branch_takes_network_and_input_from_its_classifier(form, open_study):
    form.recipe.recipe.choose("dual branch")
    assert not form.recipe.arch.isEnabled()
    assert form.recipe.weights.findData("none") < 0
    form.recipe.weights.choose("/models/resnet-blackbox.safetensors")
    config = form.config()
    assert config.model.weights == "/models/resnet-blackbox.safetensors"
    assert (config.model.arch, config.data.image_size) == ("resnet18", 32)
    open_study.models = []
    open_study.models_changed.emit()
    assert "trained classifier" in form.missing()
    with pytest.raises(ConfigError, match="trained classifier"):
        form.config()


def test_an_open_model_is_gone_on_from(form):
    config = form.config()
    assert config.model.weights == "/models/resnet-sparse.safetensors"
    assert config.model.arch == "resnet18"
    assert config.data.image_size == 32
    assert config.loss.l1 == 3e-5
    assert config.train.batch_size == 8


def test_classes_keep_the_order_of_the_model_that_is_gone_on_from(form):
    form.show_summary(DataSummary(classes=("mild", "normal", "severe")))
    assert form.config().data.classes == ("normal", "mild", "severe")
    # A class that only lesions could give would be refused.
    form.images.healthy.setText("clear")
    assert form.config().data.classes == ()
    form.images.healthy.clear()
    form.show_summary(DataSummary(classes=("mild", "normal")))
    assert form.config().data.classes == ()


def test_weights_are_offered_for_their_own_network_alone(form):
    form.recipe.offer_imagenet(("resnet50",))

    def offered():
        return {form.recipe.weights.itemData(n) for n in range(form.recipe.weights.count())}

    assert "imagenet" not in offered()
    form.recipe.arch.choose("resnet50")
    assert offered() == {"none", "imagenet", "file…"}


def test_a_bundled_recipe_fills_the_form_and_leaves_the_images(form):
    recipe = next(one for one in recipes() if one.kind == "ridge")
    form.recipe.recipe.choose(f"bundled:{recipe.name}")
    given = load_config(recipe.path, ["data.csv=images"])
    if form.recipe.l2.value() == 0:
        form.recipe.l2.set_value(1e-4)
    config = form.config()
    assert config.model.arch == given.model.arch
    assert config.train.epochs == given.train.epochs
    assert config.train.lr == given.train.lr
    assert config.data.image_size == given.data.image_size
    assert config.data.augment == given.data.augment
    assert config.data.cases == (1, 2, 3, 4)
    assert kind(config) == "ridge"


def test_guidance_needs_lesions_and_evidence(form):
    assert not form.more.guided.isEnabled()
    form.show_summary(DataSummary(drawn=3))
    assert form.more.guided.isEnabled()
    form.more.guided.setChecked(True)
    form.more.guidance.set_value(0.5)
    assert form.config().loss.guidance == 0.5
    form.recipe.recipe.choose("black box")
    assert not form.more.guided.isEnabled()
    assert form.config().loss.guidance == 0.0


def test_hard_cases_are_drawn_more_often(form):
    assert form.config().data.hard_model == ""
    form.more.hard.choose("/models/resnet-blackbox.safetensors")
    form.more.hard_weight.setValue(5)
    data = form.config().data
    assert (data.hard_model, data.hard_weight) == ("/models/resnet-blackbox.safetensors", 5.0)


def test_lesions_stand_for_classes(form):
    form.show_summary(DataSummary(lesions=("MA", "HE")))
    form.images.labels_from.choose("lesions")
    form.images.lesions.item(0, 1).setText("DR")
    form.images.healthy.setText("normal")
    # They stay when the child looks again.
    form.show_summary(DataSummary(lesions=("HE", "MA", "EX")))
    data = form.config().data
    assert (data.labels_from, data.healthy) == ("lesions", "normal")
    assert data.lesion_classes == {"MA": "DR"}
    form.images.labels_from.choose("grades")
    assert form.config().data.lesion_classes == {}
    assert not form.images.lesions.isVisible()
    assert form.images.meaning.isHidden()


def test_a_table_is_an_alternative(form, tmp_path):
    form.images.source.choose("files")
    assert form.images.of_study.isHidden()
    assert form.missing() == "Choose a table of images, or the folder of a data set."
    form.images.path.setText(str(tmp_path / "gone.csv"))
    assert "gone.csv does not exist" in form.missing()
    (tmp_path / "labels.csv").write_text("path,label\n", encoding="utf-8")
    form.images.path.setText(str(tmp_path / "labels.csv"))
    form.images.format.choose("table")
    data = form.config().data
    assert Path(data.csv) == tmp_path / "labels.csv"
    assert (data.study, data.cases, data.format) == ("", (), "table")
    # Disagreement is that of a study's reader.
    assert form.more.hard.isHidden() or not form.more.hard.isVisible()


def test_without_a_study_only_a_table_can_be_trained_on(qtbot, state, settings):
    made = DataForm(state, settings)
    qtbot.addWidget(made)
    made.fill()
    assert made.source.value() == "study" or made.missing()
    made.source.choose("study")
    assert made.missing() == "No study is open; open a folder, or train from a table."


def test_a_blinded_reader_trains_on_locked_reads_alone(form, open_study, study):
    set_protocol(study, Protocol("blinded"), "A")
    open_study.sight.forget()
    open_study.sight_changed.emit()
    assert "locked" in form.missing()
    with pytest.raises(ConfigError, match="locked"):
        form.config()
    study.lock_read(study.start_read(2, "A", "blinded"))
    open_study.sight.forget()
    open_study.sight_changed.emit()
    assert form.config().data.cases == (2,)


def test_penalties_must_be_above_zero_unless_they_are_swept(form):
    form.recipe.l1.setText("0")
    assert "above 0" in form.missing()
    assert form.config(sweeping=True).model.head == "softcam"


@pytest.mark.parametrize("text", ["", "-1", "one", "1,000", "1,000.5", "1e"])
def test_what_is_no_number_is_no_penalty(form, text):
    form.recipe.l1.setText(text)
    assert form.recipe.l1.value() == 0.0


def test_every_widget_has_names(form):
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QSpinBox

    for kind_ in (QComboBox, QLineEdit, QSpinBox):
        for widget in form.inside.findChildren(kind_):
            if widget.objectName().startswith("qt_"):
                continue
            assert widget.objectName(), widget
            assert widget.accessibleName(), widget.objectName()
    for button in form.inside.findChildren(QAbstractButton):
        if button.objectName().startswith("qt_"):
            continue
        assert button.objectName(), button
        assert button.text() or button.accessibleName()
