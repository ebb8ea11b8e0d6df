"""The weights that a run begins with; nothing here opens a connection."""

import dataclasses
import hashlib
from pathlib import Path

import pytest
import torch

from softcam_core.errors import ConfigError, ModelError
from softcam_core.imaging.preprocess import InputSpec
from softcam_core.models.backbones import torchvision_classifier
from softcam_core.models.checkpoint import save_model
from softcam_core.training.start import (
    check_model,
    fetch_imagenet,
    imagenet_url,
    kept_imagenet,
    start_model,
)

CLASSES = ("healthy", "lesion")


def served(folder: Path, digits: str | None = None) -> str:
    """Write a file named as torchvision names its weights; return its file:// address."""
    folder.mkdir()
    content = b"weights"
    name = f"net-{digits or hashlib.sha256(content).hexdigest()[:8]}.pth"
    (folder / name).write_bytes(content)
    return (folder / name).as_uri()


def test_fetched_weights_are_kept_in_the_users_folder(tmp_path):
    url = served(tmp_path / "server")
    assert kept_imagenet(url) is None
    file = fetch_imagenet(url)
    assert file.read_bytes() == b"weights"
    assert file.is_relative_to(tmp_path / "user-data")
    Path(url.removeprefix("file://")).unlink()
    assert fetch_imagenet(url) == kept_imagenet(url) == file


def test_a_wrong_hash_is_thrown_away(tmp_path):
    url = served(tmp_path / "server", digits="00000000")
    with pytest.raises(ConfigError, match="wrong hash"):
        fetch_imagenet(url)
    assert not list((tmp_path / "user-data" / "weights").iterdir())


def test_a_damaged_kept_file_is_fetched_again(tmp_path):
    url = served(tmp_path / "server")
    fetch_imagenet(url).write_bytes(b"broken")
    assert kept_imagenet(url) is None
    assert fetch_imagenet(url).read_bytes() == b"weights"


@pytest.mark.parametrize(
    "url", ["file:///nowhere/net-0123abcd.pth", "http://127.0.0.1:9/n-0123abcd.pth"]
)
def test_offline_is_one_sentence(url):
    with pytest.raises(ConfigError, match=r"cannot be fetched from .*; connect, or set"):
        fetch_imagenet(url)


def test_imagenet_weights_are_torchvisions_first_ones():
    assert imagenet_url("resnet50") == "https://download.pytorch.org/models/resnet50-0676ba61.pth"
    assert imagenet_url("resnet50_stride16") == imagenet_url("resnet50")  # the same tensors
    with pytest.raises(ConfigError, match="not a classifier of torchvision"):
        imagenet_url("resnet5000")


@pytest.mark.parametrize("arch", ["resnet18", "mobilenet_v2", "squeezenet1_1"])
def test_black_box_and_evidence_model_begin_as_the_same_function(configure, arch):
    options = "model.options={squeezenet_head = 'exact'}"
    models = [
        start_model(
            configure(f"model.arch={arch}", f"model.head={head}", options),
            CLASSES,
            InputSpec(),
            None,
        ).model.eval()
        for head in ("softcam", "blackbox")
    ]
    x = torch.randn(2, 3, 64, 64, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        soft, black = (model(x).logits for model in models)
    assert torch.allclose(soft, black, atol=1e-5)
    assert soft.std() > 0
    assert soft.abs().max() < 3


@pytest.mark.parametrize(("weights", "transforms"), [("imagenet", True), ("mine.pth", False)])
def test_googlenets_imagenet_weights_bring_their_transform(
    configure, tmp_path, weights, transforms
):
    path = tmp_path / "mine.pth"
    torch.save(torchvision_classifier("googlenet", 5).state_dict(), path)
    config = configure("model.arch=googlenet", f"model.weights={weights}", "model.options={}")
    model = start_model(config, CLASSES, InputSpec(), path).model
    assert ("transform_input" in dict(model.backbone.named_children())) == transforms


@pytest.mark.parametrize(
    ("arch", "origin", "fresh"),
    [("vgg16_gap", "vgg16", "conv6"), ("inception_v3_gap", "inception_v3", "conv7a, conv7b")],
)
def test_the_posters_networks_begin_with_torchvisions_layers(
    configure, tmp_path, arch, origin, fresh
):
    """Fresh is what torchvision's network has not, and the run says so."""
    path = tmp_path / "imagenet.pth"
    given = torchvision_classifier(origin, 3).state_dict()
    torch.save(given, path)
    config = configure(
        *(f"model.arch={arch}", "model.head=blackbox", "model.options={}"),
        *("model.weights=imagenet", "data.image_size=64"),
    )
    start = start_model(config, CLASSES, InputSpec(), path)
    for name, tensor in start.model.backbone.state_dict().items():
        if name.split(".")[0] not in fresh:
            assert torch.equal(tensor, given[name]), name
    (note,) = start.notes
    assert f"; {fresh} and the head, which the file has not, are fresh" in note
    transformed = "transform_input" in dict(start.model.backbone.named_children())
    assert transformed == (origin == "inception_v3")
    assert imagenet_url(arch) == imagenet_url(origin)
    # Its own weights are taken whole.
    own = tmp_path / "own.pth"
    torch.save(start.model.state_dict(), own)
    again = start_model(config, CLASSES, InputSpec(), own)
    assert all(
        torch.equal(tensor, again.model.state_dict()[name])
        for name, tensor in start.model.state_dict().items()
    )


@pytest.mark.parametrize("head", ["softcam", "blackbox"])
def test_squeezenets_head_begins_as_torchvisions(configure, head):
    config = configure("model.arch=squeezenet1_1", f"model.head={head}", "model.options={}")
    layer = start_model(config, CLASSES, InputSpec(), None).model.head.classifier[1]
    assert layer.weight.std().item() == pytest.approx(0.01, rel=0.1)
    assert not layer.bias.any()


def test_seeds_draw_different_weights(configure):
    def first(seed: int) -> torch.Tensor:
        start = start_model(configure(f"train.seed={seed}"), CLASSES, InputSpec(), None)
        return next(start.model.parameters())

    assert torch.equal(first(1), first(1))
    assert not torch.equal(first(1), first(2))


def test_weights_of_another_class_count_leave_a_fresh_head_and_say_so(configure, tmp_path):
    torch.manual_seed(7)
    other = torchvision_classifier("shufflenet_v2_x0_5", 5)
    torch.save(other.state_dict(), tmp_path / "five.pth")
    config = configure(f"model.weights={tmp_path / 'five.pth'}")
    start = start_model(config, CLASSES, InputSpec(), tmp_path / "five.pth")
    assert "the head is fresh" in start.notes[0]
    assert start.record["file"] == "five.pth"
    assert torch.equal(start.model.backbone.conv1[0].weight, other.conv1[0].weight)

    two = torchvision_classifier("shufflenet_v2_x0_5", 2)
    torch.save(two.state_dict(), tmp_path / "two.pth")
    whole = start_model(config, CLASSES, InputSpec(), tmp_path / "two.pth")
    assert "fresh" not in whole.notes[0]
    assert torch.equal(whole.model.head.fc.weight.flatten(1), two.fc.weight)


def test_weights_that_were_trained_on_other_images_are_said_to_know_them(configure, tmp_path):
    model = start_model(configure(), CLASSES, InputSpec(), None).model
    file = tmp_path / "before.safetensors"
    save_model(model, file)
    config = configure(f"model.weights={file}")
    assert len(start_model(config, CLASSES, InputSpec(), file).notes) == 1
    images = {"train": {"healthy": 9, "lesion": 3}, "val": {"healthy": 2, "lesion": 2}}
    training = {"data": {"table": "old.csv", "images": images}}
    model.spec = dataclasses.replace(model.spec, training=training)
    save_model(model, file)
    _, warning = start_model(config, CLASSES, InputSpec(), file).notes
    assert warning.startswith("before.safetensors was trained on 12 images (old.csv) before: any")


@pytest.mark.parametrize(
    ("override", "sentence"),
    [
        ("model.arch=resnet5", "'resnet5' is not known"),
        ("model.arch=maxvit_t", "maxvit_t takes images of 224 x 224 pixels only"),
        ("model.options.vgg_head=best", "vgg_head cannot be 'best'"),
        ("model.weights=/nowhere.pth", "/nowhere.pth do not exist"),
    ],
)
def test_a_model_that_cannot_be_is_refused_before_the_images_are_read(
    configure, override, sentence
):
    with pytest.raises((ConfigError, ModelError), match=sentence):
        check_model(configure(override))


def test_an_input_too_small_for_the_network_is_refused(configure):
    with pytest.raises(ConfigError, match="squeezenet1_0 needs at least 21 px"):
        check_model(configure("model.arch=squeezenet1_0", "data.image_size=20", "model.options={}"))
