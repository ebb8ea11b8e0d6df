"""Weights to start from: torchvision's, a wrapped checkpoint's, or a model file of ours."""

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from softcam_core.errors import ModelError
from softcam_core.models.backbones import torchvision_classifier
from softcam_core.models.build import build_model
from softcam_core.models.checkpoint import save_model
from softcam_core.models.weights import load_weights, read_weights
from tests.core.models.networks import bits, images, varied_classifier

CLASSES = ["a", "b", "c"]


def logits(model: torch.nn.Module, x: Tensor) -> Tensor:
    with torch.no_grad():
        return model.eval()(x).logits


@pytest.mark.parametrize("suffix", [".pth", ".safetensors"])
@pytest.mark.parametrize("head", ["softcam", "blackbox"])
def test_a_whole_classifier_gives_its_logits(tmp_path: Path, suffix: str, head: str) -> None:
    net = varied_classifier("resnet18", 3)
    path = tmp_path / f"net{suffix}"
    if suffix == ".pth":
        torch.save(net.state_dict(), path)
    else:
        save_file(net.state_dict(), path)
    model = build_model("resnet18", CLASSES, head, weights=path)
    x = images(4, 96, 80)
    with torch.no_grad():
        assert torch.allclose(logits(model, x), net(x), atol=1e-4)


@pytest.mark.parametrize("wrapper", ["state_dict", "model_state_dict", "model"])
def test_wrapped_checkpoints_and_prefixes_are_understood(tmp_path: Path, wrapper: str) -> None:
    net = varied_classifier("shufflenet_v2_x0_5", 3)
    state = {f"module.{name}": tensor for name, tensor in net.state_dict().items()}
    torch.save({wrapper: state, "epoch": 3}, tmp_path / "run.pth")
    model = build_model("shufflenet_v2_x0_5", CLASSES, weights=tmp_path / "run.pth")
    x = images(4, 64, 64)
    with torch.no_grad():
        assert torch.allclose(logits(model, x), net(x), atol=1e-4)


@pytest.mark.parametrize("arch", ["resnet18", "shufflenet_v2_x0_5"])
def test_a_softcam_starts_from_our_black_box_with_the_same_logits(
    tmp_path: Path, arch: str
) -> None:
    box = build_model(arch, CLASSES, "blackbox", weights=None)
    load_weights(box, varied_classifier(arch, 3).state_dict())
    save_model(box, tmp_path / "box.safetensors")
    soft = build_model(arch, CLASSES, weights=tmp_path / "box.safetensors")
    x = images(4, 96, 64)
    assert torch.allclose(logits(soft, x), logits(box, x), atol=1e-4)
    save_model(soft, tmp_path / "soft.safetensors")
    back = build_model(arch, CLASSES, "blackbox", weights=tmp_path / "soft.safetensors")
    assert torch.equal(logits(back, x), logits(box, x))


def test_vggs_layers_travel_between_the_linear_and_the_convolution_head() -> None:
    box = build_model("vgg16", CLASSES, "blackbox")
    exact = build_model("vgg16", CLASSES, options={"vgg_head": "exact"})
    assert load_weights(exact, box.state_dict()).fresh == ()
    x = images(1, 224, 224)
    assert torch.allclose(logits(exact, x), logits(box, x), atol=1e-4)
    released = build_model("vgg16", CLASSES)
    # The first layer cannot be taken over, so the later ones stay fresh too.
    assert len(load_weights(released, box.state_dict()).fresh) == 6


def test_other_classes_leave_the_last_layer_fresh() -> None:
    model = build_model("resnet18", CLASSES)
    own = bits(model)
    taken = load_weights(model, torchvision_classifier("resnet18", 10).state_dict())
    assert taken.fresh == ("head.fc.weight", "head.fc.bias")
    assert torch.equal(model.state_dict()["head.fc.weight"], own["head.fc.weight"])
    assert not torch.equal(model.backbone.conv1.weight, own["backbone.conv1.weight"])


def test_a_file_of_the_backbone_alone_is_enough() -> None:
    state = torchvision_classifier("resnet18", 3).state_dict()
    state = {name: tensor for name, tensor in state.items() if not name.startswith("fc.")}
    state = {n: t for n, t in state.items() if not n.endswith("num_batches_tracked")}
    assert load_weights(build_model("resnet18", CLASSES), state).fresh == (
        "head.fc.weight",
        "head.fc.bias",
    )


@pytest.mark.parametrize("head", ["softcam", "blackbox"])
def test_the_real_squeezenet_weights_fit_strictly(shared_data: Path, head: str) -> None:
    path = shared_data / "weights_squeezenet1_0" / "squeezenet1_0_imagenet.safetensors"
    torchvision_classifier("squeezenet1_0", 1000).load_state_dict(load_file(path), strict=True)
    whole = build_model("squeezenet1_0", [str(n) for n in range(1000)], head, weights=path)
    assert load_weights(whole, path).fresh == ()
    with_two = build_model("squeezenet1_0", ["normal", "pneumonia"], head)
    taken = load_weights(with_two, path)
    assert taken.fresh == ("head.classifier.1.weight", "head.classifier.1.bias")
    assert len(taken.loaded) == 50


def write(path: Path, content: object) -> Path:
    torch.save(content, path)
    return path


def test_what_cannot_be_used_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"none.pth do not exist"):
        read_weights(tmp_path / "none.pth")
    with pytest.raises(ModelError, match="no state_dict"):
        read_weights(write(tmp_path / "list.pth", [1, 2]))
    (tmp_path / "bad.safetensors").write_bytes(b"nothing")
    with pytest.raises(ModelError, match=r"bad.safetensors are damaged"):
        read_weights(tmp_path / "bad.safetensors")
    (tmp_path / "bad.pth").write_bytes(b"nothing")
    with pytest.raises(ModelError, match=r"bad.pth cannot be read safely"):
        read_weights(tmp_path / "bad.pth")
    other = torchvision_classifier("resnet34", 3).state_dict()
    with pytest.raises(ModelError, match=r"do not fit shufflenet.*conv1.0.weight, found nothing"):
        load_weights(build_model("shufflenet_v2_x0_5", CLASSES), other)
    other = torchvision_classifier("shufflenet_v2_x1_0", 3).state_dict()
    with pytest.raises(ModelError, match=r"expected shape .* found shape"):
        load_weights(build_model("shufflenet_v2_x0_5", CLASSES), other)


def test_weights_that_do_not_fit_leave_the_model_as_it_was() -> None:
    model = build_model("shufflenet_v2_x0_5", CLASSES)
    before = bits(model)
    state = torchvision_classifier("shufflenet_v2_x0_5", 3).state_dict()
    state["conv5.0.weight"] = torch.ones(1)
    with pytest.raises(ModelError):
        load_weights(model, state)
    assert all(torch.equal(tensor, before[n]) for n, tensor in model.state_dict().items())
