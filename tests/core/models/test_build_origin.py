"""A model takes over what the file of its weights says of the classifier inside."""

from pathlib import Path

import pytest

from softcam_core.imaging.preprocess import InputSpec
from softcam_core.models.backbones import native_size, torchvision_classifier
from softcam_core.models.build import build_model
from softcam_core.models.checkpoint import save_model
from softcam_core.models.convert import from_classifier

CLASSES = ["healthy", "DR"]
INPUT = InputSpec(size=(448, 320), geometry="pad", mean=(0.4, 0.3, 0.2), std=(0.3, 0.2, 0.1))


@pytest.fixture
def classifier(tmp_path: Path) -> Path:
    box = build_model(
        "squeezenet1_1",
        CLASSES,
        "blackbox",
        input=INPUT,
        modality="fundus",
        card={"limits": "Knows phantoms alone.", "title": "Black box"},
    )
    save_model(box, tmp_path / "box.safetensors")
    return tmp_path / "box.safetensors"


@pytest.mark.parametrize("head", ["softcam", "dual-branch"])
def test_input_and_modality_are_those_of_the_weights(classifier: Path, head: str) -> None:
    spec = build_model("squeezenet1_1", CLASSES, head, weights=classifier).spec
    assert (spec.input, spec.modality) == (INPUT, "fundus")


def test_what_is_asked_for_goes_first(classifier: Path) -> None:
    small = InputSpec(size=(64, 64))
    model = build_model("squeezenet1_1", CLASSES, weights=classifier, input=small, modality="oct")
    assert (model.spec.input, model.spec.modality) == (small, "oct")


def test_a_second_head_keeps_the_limits_of_its_classifier(classifier: Path) -> None:
    card = build_model("squeezenet1_1", CLASSES, "dual-branch", weights=classifier).spec.card
    assert "Knows phantoms alone." in card["limits"]
    assert card.get("title") != "Black box"
    assert "limits" not in build_model("squeezenet1_1", CLASSES, weights=classifier).spec.card


def test_a_converted_classifier_takes_the_size_that_its_weights_are_for() -> None:
    net = torchvision_classifier("squeezenet1_1", 2).eval()
    model, _ = from_classifier(net, "squeezenet1_1", CLASSES)
    assert model.spec.input.size == (224, 224)
    assert native_size("inception_v3") == 299
    assert native_size("efficientnet_b4") == 380
    assert native_size("maxvit_t") == 224
