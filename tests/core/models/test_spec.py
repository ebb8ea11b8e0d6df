"""A description survives its JSON, and a damaged one is a sentence, whatever the damage."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from softcam_core.errors import ModelError
from softcam_core.imaging.preprocess import InputSpec
from softcam_core.models.build import model_spec
from softcam_core.models.spec import ModelSpec

SPEC = ModelSpec(
    arch="resnet18",
    head="softcam",
    classes=("a", "b"),
    input=InputSpec(size=(12, 34), geometry="crop", colour="grey", mean=(0.1, 0.2, 0.3)),
    options={"dropout": "0.2"},
    lambdas={"l1": 1e-5, "grid": [3, 4]},
    map_limits={"evidence": 3.5},
    training={"epochs": 4},
    card={"title": "T"},
)
FIELDS = sorted(json.loads(SPEC.to_json()))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


def test_round_trip() -> None:
    assert ModelSpec.from_json(SPEC.to_json()) == SPEC


def test_what_a_later_program_adds_is_passed_over() -> None:
    text = json.dumps(json.loads(SPEC.to_json()) | {"new": 1})
    assert ModelSpec.from_json(text) == SPEC


@given(field=st.sampled_from(FIELDS), value=JSON)
def test_any_damage_is_a_sentence_or_a_usable_description(field: str, value: object) -> None:
    text = json.dumps(json.loads(SPEC.to_json()) | {field: value})
    try:
        spec = ModelSpec.from_json(text)
    except ModelError:
        return
    assert isinstance(spec.title, str)
    assert all(isinstance(name, str) for name in spec.classes)
    assert all(isinstance(limit, float) for limit in spec.map_limits.values())
    assert all(isinstance(option, str) for option in spec.options.values())


@given(text=st.text())
def test_text_that_is_no_description_is_a_sentence(text: str) -> None:
    with pytest.raises(ModelError):
        ModelSpec.from_json(text)


NAN = float("nan")
EDITED: dict[str, tuple[dict[str, object], str]] = {
    "std of 0": ({"input": {"std": [0, 0, 0]}}, "incomplete"),
    "std below 0": ({"input": {"std": [0.2, -0.2, 0.2]}}, "incomplete"),
    "std of two": ({"input": {"std": [0.2, 0.2]}}, "incomplete"),
    "mean no number": ({"input": {"mean": [NAN] * 3}}, "incomplete"),
    "mean of text": ({"input": {"mean": "abc"}}, "incomplete"),
    "half pixels": ({"input": {"size": [64.5, 64]}}, "incomplete"),
    "no pixels": ({"input": {"size": [0, 64]}}, "incomplete"),
    "far too large": ({"input": {"size": [10**9, 64]}}, "incomplete"),
    "three sides": ({"input": {"size": [64, 64, 64]}}, "incomplete"),
    "colour": ({"input": {"colour": "infrared"}}, "incomplete"),
    "crop": ({"input": {"fundus_crop": "no"}}, "incomplete"),
    "limit no number": ({"map_limits": {"evidence": NAN}}, "incomplete"),
    "limit too large": ({"map_limits": {"evidence": 10**400}}, "incomplete"),
    "no class": ({"classes": []}, "names no class"),
    "one class": ({"classes": ["DR"]}, r"one class alone \(DR\).*two outputs and cross-entropy"),
    "unknown option": ({"options": {"foo": "b"}}, "'foo' is not known"),
    "odd option": ({"options": {"vgg_head": "b"}}, "vgg_head cannot be 'b'"),
    "huge option": ({"options": {"image_size": "9" * 5000}}, "image_size cannot be"),
}


@pytest.mark.parametrize("case", EDITED)
def test_what_was_edited_by_hand_is_one_sentence(case: str) -> None:
    changes, words = EDITED[case]
    with pytest.raises(ModelError, match=words) as error:
        ModelSpec.from_json(json.dumps(json.loads(SPEC.to_json()) | changes))
    assert "\n" not in str(error.value)
    assert str(error.value).endswith(".")


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, 5])
def test_nesting_without_end_is_a_sentence(text: str) -> None:
    with pytest.raises(ModelError, match="damaged"):
        ModelSpec.from_json(text)


@pytest.mark.parametrize("head", ["softcam", "blackbox", "dual-branch"])
def test_a_binary_task_takes_two_classes(head: str) -> None:
    with pytest.raises(ModelError, match=r"one class alone \(DR\), whose probability would always"):
        model_spec("resnet18", ["DR"], head)


def test_title_is_the_cards_or_made_of_head_and_architecture() -> None:
    assert SPEC.title == "T"
    assert model_spec("resnet18", ["a", "b"]).title == "softcam resnet18"
