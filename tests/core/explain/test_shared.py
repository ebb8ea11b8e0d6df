"""One pass of the backbone for a prediction and several methods."""

import pytest
import torch

import softcam_core
from softcam_core.explain.attribution import attribution, available_methods
from softcam_core.explain.shared import SHARING, SharedFeatures

HEADS = ("softcam", "blackbox", "dual-branch")
ARCHS = ("resnet18", "squeezenet1_0", "vgg11", "densenet121")


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("arch", ARCHS)
def test_shared_features_give_the_same_bits_from_one_pass(arch, head):
    torch.manual_seed(0)
    model = softcam_core.build_model(arch, classes=["a", "b", "c"], head=head).eval()
    x = torch.randn(1, 3, 96, 96)
    methods = [m for m in available_methods(model) if m in SHARING]
    apart = {m: attribution(model, x, m).maps for m in methods}
    with torch.no_grad():
        expected = model.classify(x)
    passes = 0

    def count(*_):
        nonlocal passes
        passes += 1

    hook = model.backbone.register_forward_hook(count)
    shared = SharedFeatures()
    output = shared.output(model, x)
    together = {m: attribution(model, x, m, shared=shared).maps for m in methods}
    hook.remove()
    assert passes == 1
    assert torch.equal(output.logits, expected.logits)
    if expected.evidence is None:
        assert output.evidence is None
    else:
        assert torch.equal(output.evidence, expected.evidence)
    for method in methods:
        assert torch.equal(together[method], apart[method]), method


def test_other_images_are_computed_anew():
    torch.manual_seed(0)
    model = softcam_core.build_model("resnet18", classes=["a", "b"]).eval()
    shared = SharedFeatures()
    x = torch.randn(1, 3, 64, 64)
    first = shared.output(model, x).logits
    x.mul_(-1)
    assert not torch.equal(shared.output(model, x).logits, first)
    with torch.no_grad():
        assert torch.equal(shared.output(model, x).logits, model(x).logits)


def test_a_grid_is_known_after_a_pass():
    model = softcam_core.build_model("resnet18", classes=["a", "b"]).eval()
    shared = SharedFeatures()
    with pytest.raises(RuntimeError):
        shared.grid()
    shared.output(model, torch.zeros(1, 3, 64, 96))
    assert shared.grid() == (2, 3)
