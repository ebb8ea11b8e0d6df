"""Where the features of every family of architectures end, and that their maps are right there."""

import pytest
import torch
from torch import Tensor, nn

from softcam_core.explain import attribute
from softcam_core.models.build import build_model
from softcam_core.models.weights import load_weights
from tests.core.explain.small import CHANNEL_METHODS
from tests.core.models.networks import images, varied_classifier

ENTERS_POOLING = {
    "mobilenet_v2": "features",
    "mobilenet_v3_small": "features",
    "efficientnet_b0": "features",
    "regnet_y_400mf": "trunk_output",
    "mnasnet0_5": "layers",
    "alexnet": "features",
    "convnext_tiny": "features",
    "swin_t": "permute",
}
"""The module whose output enters the pooling, by torchvision's name."""


def at_module(net: nn.Module, module: nn.Module, x: Tensor) -> tuple[Tensor, list[Tensor]]:
    """Output of a module, and the gradient of every logit at it, by plain autograd."""
    kept: list[Tensor] = []
    handle = module.register_forward_hook(lambda _m, _i, out: kept.append(out))
    logits = net(x)
    handle.remove()
    gradients = [
        torch.autograd.grad(logits[:, c].sum(), kept[0], retain_graph=True)[0]
        for c in range(logits.shape[1])
    ]
    return kept[0].detach(), gradients


def agree(found: Tensor, expected: Tensor) -> None:
    scale = float(expected.abs().max())
    assert scale > 0
    assert float((found - expected).abs().max()) < 1e-4 * scale


@pytest.mark.parametrize("arch", list(ENTERS_POOLING))
def test_gradcam_looks_at_what_enters_the_pooling(arch: str) -> None:
    net = varied_classifier(arch, 3)
    x = images(2, 96, 64)
    z, gradients = at_module(net, net.get_submodule(ENTERS_POOLING[arch]), x)
    expected = torch.stack(
        [(g.mean(dim=(2, 3), keepdim=True) * z).sum(dim=1) for g in gradients], dim=1
    )
    for closed_form in (True, False):
        agree(attribute(net, x, signed=True, closed_form=closed_form), expected)


@pytest.mark.parametrize("arch", ["densenet121", "googlenet", "mobilenet_v2"])
def test_the_gradient_path_gives_the_maps_of_the_closed_form(arch: str) -> None:
    net = varied_classifier(arch, 3)
    x = images(1, 96, 64)
    for method in CHANNEL_METHODS:
        agree(attribute(net, x, method, closed_form=False), attribute(net, x, method))


@pytest.mark.slow
def test_a_vit_is_explained_at_the_patches_that_enter_its_last_block() -> None:
    """The class token, which has no place, is no feature map."""
    net = varied_classifier("vit_b_32", 3)
    x = images(2, 224, 224)
    tokens, gradients = at_module(net, net.encoder.layers[-2], x)
    z = tokens[:, 1:]
    found = attribute(net, x, signed=True)
    for target, g in enumerate(gradients):
        expected = (g[:, 1:].mean(dim=1, keepdim=True) * z).sum(dim=2)
        agree(found[:, target].flatten(1), expected)


@pytest.mark.parametrize("layer", ["features.5", "features.7.0.norm1", "features.0.0"])
def test_a_layer_of_a_swin_has_its_channels_last(layer: str) -> None:
    net = varied_classifier("swin_t", 3)
    x = images(1, 96, 64)
    z, gradients = at_module(net, net.get_submodule(layer), x)
    if layer != "features.0.0":
        z = z.permute(0, 3, 1, 2)
        gradients = [g.permute(0, 3, 1, 2) for g in gradients]
    found = attribute(net, x, signed=True, layer=layer)
    assert found.shape[2:] == z.shape[2:]
    for target, g in enumerate(gradients):
        agree(found[:, target], (g.mean(dim=(2, 3), keepdim=True) * z).sum(dim=1))


def test_a_black_box_of_ours_gives_the_maps_of_torchvisions() -> None:
    for arch in ("convnext_tiny", "mobilenet_v3_small"):
        net = varied_classifier(arch, 3)
        model = build_model(arch, ["a", "b", "c"], "blackbox").eval()
        load_weights(model, net.state_dict())
        x = images(1, 64, 96)
        for method in ("gradcam", "xgradcam"):
            found = attribute(model, x, method, signed=True)
            agree(found, attribute(net, x, method, signed=True))
