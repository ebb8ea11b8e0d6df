"""Every number of the table is the real network's; shapes alone, so nothing is computed."""

import pytest
import torch
from torch import nn

from softcam_core.errors import ModelError
from softcam_core.models.backbones import (
    BACKBONES,
    Backbone,
    backbone,
    recognise,
    torchvision_classifier,
)
from softcam_core.models.build import build_model
from softcam_core.models.heads import take_stages
from tests.core.models.networks import FAMILIES, by_size

CLASSES = ["a", "b", "c"]
TORCHVISIONS = [name for name, row in BACKBONES.items() if row.build is None]


def stages(row: Backbone) -> nn.Module:
    with torch.device("meta"):
        return take_stages(torchvision_classifier(row.name, 3), row).eval()


def shape(network: nn.Module, rows: int, columns: int) -> tuple[int, ...]:
    with torch.device("meta"), torch.no_grad():
        return tuple(network(torch.zeros(1, 3, rows, columns)).shape)


def test_the_table_has_every_classifier_of_torchvision() -> None:
    from torchvision import models

    assert set(TORCHVISIONS) == set(models.list_models(module=models))


@pytest.mark.parametrize("arch", by_size(BACKBONES))
def test_channels_and_stride_are_the_networks_own(arch: str) -> None:
    row = BACKBONES[arch]
    network = stages(row)
    if row.fixed_size:
        side = row.fixed_size
        assert shape(network, side, side) == (
            1,
            row.channels,
            side // row.stride,
            side // row.stride,
        )
        return
    _, channels, rows, columns = shape(network, 512, 512)
    assert channels == row.channels
    # Two and three cells more, whatever the padding does at the edges.
    wider = shape(network, 512 + 2 * row.stride, 512 + 3 * row.stride)
    assert wider == (1, row.channels, rows + 2, columns + 3)


@pytest.mark.parametrize("arch", by_size(BACKBONES))
def test_one_pixel_less_than_the_smallest_size_leaves_no_cell(arch: str) -> None:
    row = BACKBONES[arch]
    network = stages(row)
    assert min(shape(network, row.min_size, row.min_size)[2:]) >= 1
    if row.fixed_size or row.min_size == 1:
        return
    with pytest.raises((RuntimeError, ValueError)):
        shape(network, row.min_size - 1, row.min_size + 40)


@pytest.mark.parametrize("arch", [name for name, row in BACKBONES.items() if row.cells_size])
def test_the_first_linear_layer_sees_its_cells_from_this_size_on(arch: str) -> None:
    row = BACKBONES[arch]
    network = stages(row)
    assert shape(network, row.cells_size, row.cells_size)[2] == row.cells
    assert shape(network, row.cells_size - 1, row.cells_size)[2] == row.cells - 1


@pytest.mark.parametrize("arch", by_size(BACKBONES))
def test_the_head_is_of_the_kind_that_the_table_says(arch: str) -> None:
    row = BACKBONES[arch]
    with torch.device("meta"):
        network = torchvision_classifier(arch, 3)
    layers = list(network.get_submodule(row.classifier).modules())
    linear = [m for m in layers if isinstance(m, nn.Linear)]
    counts = {
        "gap_linear": 1,
        "norm_linear": 1,
        "hidden": 2,
        "vgg": 3,
        "squeezenet": 0,
        "class_token": 1,
    }
    assert len(linear) == counts[row.head]
    assert any(isinstance(m, nn.LayerNorm) for m in layers) == (
        row.head == "norm_linear" or row.family == "MaxVit"
    )
    assert isinstance(network.get_submodule(row.pool), nn.AdaptiveAvgPool2d) or not row.pool
    if row.build is None:
        assert type(network).__name__ == row.family
        assert recognise(network) is next(r for r in BACKBONES.values() if r.family == row.family)


def test_the_table_says_why() -> None:
    for row in BACKBONES.values():
        assert row.reason
        assert not row.reason.endswith(".")
        assert row.exact == (row.head in ("gap_linear", "norm_linear", "squeezenet"))


@pytest.mark.parametrize("arch", by_size(FAMILIES))
def test_a_network_is_built_without_memory_and_without_a_warning(arch: str) -> None:
    with torch.device("meta"):
        model = build_model(arch, CLASSES)
    assert {p.device.type for p in model.parameters()} == {"meta"}


def test_the_largest_networks_need_no_memory_to_be_looked_at() -> None:
    with torch.device("meta"):
        models = [build_model(name, CLASSES) for name in ("regnet_y_128gf", "vit_h_14")]
    assert all(sum(p.numel() for p in model.parameters()) > 6e8 for model in models)
    assert all(p.is_meta for model in models for p in model.parameters())


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("resnet5", "did you mean .*resnet50"),
        ("ResNet-50", "did you mean .*resnet50"),
        ("efficientnet-b0", "did you mean .*efficientnet_b0"),
        ("vit_b16", "did you mean .*vit_b_16"),
        ("qqq", "resnet50 for one"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(name: str, words: str) -> None:
    with pytest.raises(ModelError, match=words) as error:
        backbone(name)
    assert repr(name) in str(error.value)
    assert len(str(error.value)) < 150


def test_a_subclass_is_not_taken_for_torchvisions_network() -> None:
    from torchvision.models import ResNet
    from torchvision.models.resnet import BasicBlock

    class Mine(ResNet):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return super().forward(x) * 2

    assert recognise(Mine(BasicBlock, [1, 1, 1, 1])) is None
    assert recognise(ResNet(BasicBlock, [1, 1, 1, 1])) is backbone("resnet18")
    assert recognise(nn.Linear(1, 1)) is None
