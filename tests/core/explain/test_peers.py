"""The libraries of the field give the same maps, on random and on real weights."""

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from softcam_core.explain import attribute
from softcam_core.imaging.preprocess import model_input
from softcam_core.imaging.read import read_image
from softcam_core.models.backbones import torchvision_classifier
from softcam_core.models.spec import InputSpec
from tests.core.models.networks import images, varied_classifier

LAYERS = {"resnet18": "layer4", "squeezenet1_1": "features", "shufflenet_v2_x0_5": "conv5"}
THEIRS = {"gradcam": "GradCAM", "xgradcam": "XGradCAM", "layercam": "LayerCAM"}
"""torchcam's names; its GradCAMpp never applies alpha, so it is no witness."""


def torchcam_map(net: nn.Module, layer: str, method: str, x: Tensor, target: int) -> Tensor:
    methods = pytest.importorskip("torchcam.methods")
    with getattr(methods, THEIRS[method])(net, target_layer=layer) as cam:
        (maps,) = cam(target, net(x), normalized=False)
    return maps.detach()


def agree(found: Tensor, theirs: Tensor) -> bool:
    scale = float(theirs.abs().max())
    assert scale > 0
    return float((found - theirs).abs().max()) <= 1e-4 * scale


@pytest.mark.parametrize("method", list(THEIRS))
@pytest.mark.parametrize("arch", list(LAYERS))
def test_torchcam_gives_the_same_maps(arch: str, method: str) -> None:
    net = varied_classifier(arch, 3)
    x = images(2, 96, 64)
    found = attribute(net, x, method)
    for target in range(3):
        assert agree(found[:, target], torchcam_map(net, LAYERS[arch], method, x, target))


@pytest.fixture
def squeezenet(shared_data: Path) -> nn.Module:
    """The real ImageNet weights."""
    net = torchvision_classifier("squeezenet1_0", 1000).eval()
    folder = shared_data / "weights_squeezenet1_0"
    net.load_state_dict(load_file(folder / "squeezenet1_0_imagenet.safetensors"))
    return net


@pytest.fixture
def photographs(shared_data: Path) -> Tensor:
    """A photograph of skin and one of a retina, as the network expects them."""
    found = [
        next(path for path in sorted((shared_data / folder).rglob("*.jp*g")))
        for folder in ("derm_isic2017", "fundus_idrid")
    ]
    pixels = [model_input(read_image(path), InputSpec(size=(224, 224)))[0] for path in found]
    return torch.from_numpy(np.stack(pixels))


@pytest.mark.parametrize("method", list(THEIRS))
def test_torchcam_agrees_on_real_weights_and_photographs(
    squeezenet: nn.Module, photographs: Tensor, method: str
) -> None:
    with torch.no_grad():
        top = squeezenet(photographs).topk(2).indices.flatten().unique().tolist()
    found = attribute(squeezenet, photographs, method, top)
    for place, target in enumerate(top):
        theirs = torchcam_map(squeezenet, "features", method, photographs, target)
        assert agree(found[:, place], theirs)


def test_captum_agrees_on_real_weights_and_photographs(
    squeezenet: nn.Module, photographs: Tensor
) -> None:
    captum = pytest.importorskip("captum.attr")
    explainer = captum.LayerGradCam(squeezenet, squeezenet.features)
    found = attribute(squeezenet, photographs, "gradcam", [281, 107], signed=True)
    for place, target in enumerate((281, 107)):
        theirs = explainer.attribute(photographs, target).detach()
        assert agree(found[:, place], theirs[:, 0])


@pytest.mark.parametrize("arch", ["resnet18", "squeezenet1_1"])
def test_captum_gives_the_same_gradcam(arch: str) -> None:
    captum = pytest.importorskip("captum.attr")
    net = varied_classifier(arch, 3)
    x = images(2, 96, 64)
    explainer = captum.LayerGradCam(net, net.get_submodule(LAYERS[arch]))
    found = attribute(net, x, "gradcam", signed=True)
    for target in range(3):
        assert agree(found[:, target], explainer.attribute(x, target).detach()[:, 0])
