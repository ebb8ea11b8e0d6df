"""The card says in plain words what the file knows, and where it knows nothing."""

import dataclasses
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from softcam_core.demo import demo_models
from softcam_core.errors import ModelError
from softcam_core.imaging.preprocess import InputSpec
from softcam_core.models.card import (
    NOT_STATED,
    card_sections,
    card_text,
    conversion_word,
    metric_lines,
    penalty,
    plain,
)
from softcam_core.models.header import read_spec
from softcam_core.models.spec import ModelSpec
from tests.core.models.test_spec import JSON

BARE = ModelSpec("resnet50", "softcam", ("normal", "DR"))
FULL = ModelSpec(
    arch="vgg16",
    head="softcam",
    classes=("normal", "DR"),
    input=InputSpec(size=(496, 512), geometry="crop", fundus_crop=True, colour="grey"),
    modality="fundus",
    options={"vgg_head": "released"},
    lambdas={"l1": 5e-5, "l2": 0.0, "grid": [15, 16], "classes": 2},
    map_limits={"evidence": 12.5},
    training={
        "kind": "sparse",
        "data": {
            "images": {"val": {"normal": 10, "DR": 5}, "train": {"normal": 1000, "DR": 234}},
            "patients": {"train": 700, "val": 9},
        },
        "weights": {"source": "imagenet"},
        "train": {"epochs": 70, "lr": 1e-3},
        "best_epoch": 61,
        "metrics": {"val_auc": 0.987654, "val_accuracy": 0.9, "train_ce": 0.25, "own": "x"},
    },
    card={"title": "T", "licence": "CC0", "data": "Kaggle", "funding": "DFG"},
    conversion={"exact": False, "reason": "because", "max_abs_difference": 0.25},
    network={"parameters": 33_600_000, "map": [15, 16]},
)


def lines(spec: ModelSpec, title: str) -> dict[str, str]:
    return dict(next(s.lines for s in card_sections(spec) if s.title == title))


def test_what_the_author_did_not_say_is_not_stated() -> None:
    about = lines(BARE, "About")
    for label in ("Description", "Intended use", "Limits", "Licence"):
        assert about[label] == NOT_STATED
    assert lines(BARE, "Data") == {"In the author's words": NOT_STATED}
    assert lines(BARE, "Measured") == {"In the author's words": NOT_STATED}
    assert lines(BARE, "Training") == {"Record": NOT_STATED}
    assert lines(BARE, "Network")["Parameters"] == NOT_STATED
    assert "Conversion" not in [section.title for section in card_sections(BARE)]


def test_everything_that_is_known_is_said_with_its_unit() -> None:
    assert lines(FULL, "About")["Funding"] == "DFG"
    given = lines(FULL, "Input")
    assert given["Images"] == "fundus photographs"
    assert given["Size"].startswith(
        "512\u00a0×\u00a0496\u00a0px: cut to the fundus disc, then the middle"
    )
    assert given["Colour"].startswith("grey")
    output = lines(FULL, "Output")
    assert output["Classes, 2"] == "normal, DR"
    assert output["Evidence, size of the map"].startswith(
        "16 × 15 cells for an input of 512\u00a0×\u00a0496"
    )
    assert "32 × 33.07 px" in output["Evidence, size of the map"]
    assert "logit units" in output["Colours are full at"]
    network = lines(FULL, "Network")
    assert network["Parameters"].split() == ["33", "600", "000"]
    assert "authors released" in network["Option"]
    data = lines(FULL, "Data")
    assert list(data) == ["In the author's words", "Training set", "Validation set"]
    assert data["Validation set"] == "15 images: 10 normal, 5 DR; 9 patients"
    training = lines(FULL, "Training")
    assert training["Penalty on the evidence"] == (
        "lasso λ₁ 5e-05, on a map of 16 × 15 cells and 2 classes"
    )
    assert training["Began from"] == "ImageNet weights"
    assert training["Epochs"] == "70"
    assert training["Epoch that was kept"] == "61"


def test_figures_say_on_which_images() -> None:
    assert metric_lines(FULL) == [
        ("Accuracy, validation set", "90.0 %"),
        ("Area under the ROC curve, validation set", "0.988"),
        ("Cross-entropy, training set", "0.25 nats"),
        ("Own", "x"),
    ]


@pytest.mark.parametrize(("exact", "word"), [(True, "exact"), (False, "approximate")])
def test_a_conversion_is_named_for_what_it_is(exact: bool, word: str) -> None:
    spec = dataclasses.replace(FULL, conversion=FULL.conversion | {"exact": exact})
    assert conversion_word(spec) == word
    said = lines(spec, "Conversion")
    assert said["Kind"].startswith(word)
    assert said["Why"] == "because"
    assert said["Largest logit difference, random input"] == "0.25"
    assert said["Largest logit difference, real images"] == "not measured"
    assert conversion_word(BARE) == ""


def test_the_map_of_a_black_box_is_of_features() -> None:
    spec = dataclasses.replace(FULL, head="blackbox")
    assert "Features, size of the map" in lines(spec, "Output")


def test_identity_file_and_device_come_from_outside() -> None:
    sections = card_sections(BARE, identity="abc", file="/m.safetensors", device="CPU")
    assert dict(sections[-1].lines) == {
        "Path": "/m.safetensors",
        "Identity, SHA-256": "abc",
        "Computed on": "CPU",
        "Format version": "2",
    }


def test_penalties() -> None:
    assert penalty(BARE) == ""
    both = dataclasses.replace(BARE, lambdas={"l1": 1e-3, "l2": 7e-5})
    assert penalty(both) == "lasso λ₁ 0.001 and ridge λ₂ 7e-05"


def test_text_to_copy_has_every_line() -> None:
    text = card_text(card_sections(FULL, identity="abc"))
    assert "About\n  Title: T\n" in text
    assert "\n\nConversion\n  Kind: approximate" in text
    assert text.count("\n\n") == len(card_sections(FULL)) - 1


def test_values_in_words() -> None:
    assert [plain(v) for v in (True, 0.25, float("nan"), [1, 2], {"a": 1.0})] == [
        *("yes", "0.25", "undefined", "1, 2", "a 1"),
    ]


@pytest.mark.parametrize("path", demo_models(), ids=lambda path: path.stem)
def test_the_bundled_models_state_everything_that_a_card_needs(path: Path) -> None:
    about = card_sections(read_spec(path))[0]
    assert NOT_STATED not in dict(about.lines).values()


FIELDS = ["lambdas", "training", "card", "conversion", "network", "map_limits", "options"]


@given(field=st.sampled_from(FIELDS), value=st.dictionaries(st.text(), JSON, max_size=3))
def test_no_description_breaks_the_card(field: str, value: object) -> None:
    check(json.dumps(json.loads(FULL.to_json()) | {field: value}))


@given(
    field=st.sampled_from(FIELDS),
    key=st.sampled_from(
        [
            "metrics",
            "data",
            "weights",
            "train",
            "map",
            "parameters",
            "l1",
            "grid",
            "exact",
            "reason",
        ]
    ),
    value=JSON,
)
def test_no_known_field_with_an_odd_value_breaks_it(field: str, key: str, value: object) -> None:
    check(json.dumps(json.loads(FULL.to_json()) | {field: {key: value}}))


def check(text: str) -> None:
    try:
        spec = ModelSpec.from_json(text)
    except ModelError:
        return
    for section in card_sections(spec):
        assert all(isinstance(part, str) for line in section.lines for part in line)
    metric_lines(spec)


def test_the_card_says_which_marks_and_what_grades_mean() -> None:
    record: dict[str, object] = {
        "study": "eyes.softcam",
        "reader": "r",
        "date": "2026-03-01",
        "annotations": 3,
        "grades": 2,
        "rules": {"grade_classes": {"No DR": "no DR", "PDR": "DR", "ungradable": ""}},
    }
    spec = dataclasses.replace(BARE, training={"annotations": record})
    card = card_text(card_sections(spec))
    assert "Study: eyes.softcam on 2026-03-01, by r: 3 marks, 2 grades" in card
    assert "What its grades mean: No DR: no DR, PDR: DR, ungradable: left out" in card
    record["rules"] = {"grade_classes": {}}
    del record["date"]
    card = card_text(card_sections(spec))
    assert "eyes.softcam, by r" in card
    assert "grades mean" not in card
    for odd in ("x", ["x"], {"grade_classes": 3}):
        record["rules"] = odd
        assert "grades mean" not in card_text(card_sections(spec))


def test_the_card_needs_neither_torch_nor_qt() -> None:
    code = (
        "import sys, softcam_core.models.card; "
        "print([m for m in ('torch', 'PySide6') if m in sys.modules])"
    )
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root)
    assert done.stdout.strip() == "[]", done.stderr
