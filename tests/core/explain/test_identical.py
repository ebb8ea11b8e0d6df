"""Maps that repeat one another by construction are named as such, and only those."""

import pytest
import torch
from torch import Tensor, nn

from softcam_core.explain import (
    MethodError,
    attribute,
    identical_groups,
    identical_to_evidence,
)
from softcam_core.models.build import build_model
from softcam_core.models.dual_branch import DualBranch
from softcam_core.models.weights import load_weights
from tests.core.models.networks import images, varied_classifier

CLASSES = ["a", "b"]
ALL = ("evidence", "cam", "gradcam", "gradcam++", "xgradcam", "layercam")


@pytest.mark.parametrize(
    ("arch", "options"),
    [("resnet18", {}), ("shufflenet_v2_x0_5", {"dropout": "0.5"}), ("squeezenet1_1", {})],
)
def test_a_linear_softcam_repeats_its_evidence(arch: str, options: dict[str, str]) -> None:
    model = build_model(arch, CLASSES, options=options)
    for method in ("cam", "gradcam", "xgradcam"):
        reason = identical_to_evidence(model, method)
        assert reason is not None
        assert reason.startswith("Identical by construction")
    for method in ("evidence", "gradcam++", "layercam"):
        assert identical_to_evidence(model, method) is None
    (group,) = identical_groups(model)
    assert group.methods == ("evidence", "cam", "gradcam", "xgradcam")
    assert group.reason.startswith("Identical by construction")


def test_a_linear_black_box_repeats_itself() -> None:
    for model in (
        build_model("resnet18", CLASSES, "blackbox"),
        varied_classifier("shufflenet_v2_x0_5", 2),
    ):
        assert identical_to_evidence(model, "gradcam") is None
        (group,) = identical_groups(model)
        assert group.methods == ("cam", "gradcam", "xgradcam")


def test_the_sigmoid_branch_repeats_itself_and_not_the_evidence() -> None:
    model = build_model("shufflenet_v2_x0_5", CLASSES, "dual-branch")
    assert [identical_to_evidence(model, method) for method in ALL] == [None] * len(ALL)
    (group,) = identical_groups(model)
    assert group.methods == ("cam", "gradcam", "xgradcam", "layercam")


@pytest.mark.parametrize("kind", ["softcam", "blackbox", "dual-branch"])
def test_other_heads_repeat_nothing(kind: str) -> None:
    options = {"squeezenet_head": "exact"} if kind == "softcam" else {}
    model = build_model("squeezenet1_1", CLASSES, kind, options=options)
    for method in ALL:
        assert identical_to_evidence(model, method) is None
    if kind != "dual-branch":
        assert identical_groups(model) == []


def test_groups_are_of_the_methods_that_are_shown() -> None:
    model = build_model("resnet18", CLASSES, "blackbox")
    (group,) = identical_groups(model, ["xgradcam", "layercam", "gradcam"])
    assert group.methods == ("gradcam", "xgradcam")
    assert identical_groups(model, ["gradcam", "layercam"]) == []
    with pytest.raises(MethodError, match="vibecam"):
        identical_groups(model, ["vibecam"])


def shape_of(maps: Tensor) -> Tensor:
    """What is left of maps without their sign and scale."""
    rectified = maps.relu()
    return rectified / rectified.amax(dim=(2, 3), keepdim=True).clamp(min=1e-12)


def trained(arch: str, kind: str) -> nn.Module:
    """A model whose features and weights are as large as those of trained ones."""
    model = build_model(arch, CLASSES, kind)
    load_weights(model, varied_classifier(arch, 2).state_dict())
    if isinstance(model, DualBranch):
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(0)
            for parameter in model.sigmoid_head.parameters():
                nn.init.normal_(parameter)
    return model.eval()


@pytest.mark.parametrize("kind", ["softcam", "blackbox", "dual-branch"])
@pytest.mark.parametrize("arch", ["shufflenet_v2_x0_5", "squeezenet1_1"])
def test_the_groups_tell_the_truth(arch: str, kind: str) -> None:
    """Maps agree within a group, evidence less its bias, and differ from those outside."""
    model = trained(arch, kind)
    x = images(2, 96, 96)
    found = {}
    for method in ALL:
        try:
            found[method] = attribute(model, x, method)
        except MethodError:
            continue
    if kind == "softcam":
        bias = [p for n, p in model.head.named_parameters() if n.endswith("bias")][-1].detach()
        found["evidence"] = found["evidence"] - bias[:, None, None]
    groups = identical_groups(model, found)
    assert len(groups) == (1 if kind != "blackbox" or arch.startswith("shuffle") else 0)
    for group in groups:
        first = shape_of(found[group.methods[0]])
        for method, maps in found.items():
            same = torch.allclose(shape_of(maps), first, atol=1e-4)
            assert same == (method in group.methods), method


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
