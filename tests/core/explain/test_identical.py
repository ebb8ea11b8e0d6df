"""Maps that repeat the evidence by construction are named as such, and only those."""

import pytest

from softcam_core.explain import MethodError, attribute, identical_to_evidence
from softcam_core.models.build import build_model
from tests.core.models.networks import images, varied_classifier

CLASSES = ["a", "b"]


@pytest.mark.parametrize(
    ("arch", "options"),
    [("resnet18", {}), ("shufflenet_v2_x0_5", {"dropout": "0.5"}), ("squeezenet1_1", {})],
)
def test_a_linear_softcam_repeats_its_evidence(arch: str, options: dict[str, str]) -> None:
    model = build_model(arch, CLASSES, options=options)
    for method in ("cam", "gradcam"):
        reason = identical_to_evidence(model, method)
        assert reason is not None
        assert reason.startswith("Identical by construction")
    assert identical_to_evidence(model, "evidence") is None


def test_other_models_do_not() -> None:
    assert identical_to_evidence(build_model("resnet18", CLASSES, "blackbox"), "gradcam") is None
    assert identical_to_evidence(varied_classifier("resnet18", 2), "gradcam") is None
    exact = build_model("squeezenet1_1", CLASSES, options={"squeezenet_head": "exact"})
    assert identical_to_evidence(exact, "gradcam") is None


def test_cam_is_the_evidence_less_the_bias() -> None:
    """The sentence is true: the difference is one number per class, in every cell."""
    model = build_model("squeezenet1_1", CLASSES).eval()
    x = images(2, 64, 64)
    difference = attribute(model, x, "evidence") - attribute(model, x, "cam")
    bias = model.head.classifier[1].bias.detach()
    assert (difference - bias[:, None, None]).abs().max() < 1e-5


def test_an_unknown_method_is_an_error() -> None:
    with pytest.raises(MethodError, match="vibecam"):
        identical_to_evidence(build_model("resnet18", CLASSES), "vibecam")
