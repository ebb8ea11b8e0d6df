"""Receptive fields: against the recursion over layers, gradients, and published numbers."""

from __future__ import annotations

import copy

import numpy as np
import pytest
import torch
from torch import nn

from softcam_core.errors import CancelledError
from softcam_core.imaging.preprocess import InputSpec
from softcam_core.models import receptive
from softcam_core.models.build import build_model
from softcam_core.models.receptive import Field, receptive_field


@pytest.fixture(autouse=True, scope="module")
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def built(arch: str, head: str = "softcam", side: int = 224):
    return build_model(arch, classes=["a", "b"], head=head, input=InputSpec(size=(side, side)))


def recursion(layers) -> tuple[int, int, int]:
    """First place, stride and size of a chain of layers (Araujo, Norris, Sim 2019, eq. 2, 3)."""
    first, stride, size = 0, 1, 1
    for layer in layers:
        if isinstance(layer, nn.Conv2d | nn.MaxPool2d | nn.AvgPool2d):
            kernel, step, padding = (
                v if isinstance(v, int) else v[0]
                for v in (layer.kernel_size, layer.stride, layer.padding)
            )
            first -= padding * stride
            size += (kernel - 1) * stride
            stride *= step
    return first, stride, size


@pytest.mark.parametrize("arch", ["alexnet", "vgg11", "vgg16_unpooled"])
def test_a_chain_of_layers_has_the_field_of_the_recursion(arch):
    model = built(arch, "blackbox")
    first, stride, size = recursion(model.backbone.modules())
    assert receptive_field(model) == Field((first,) * 2, (stride,) * 2, (size,) * 2)


@pytest.mark.parametrize(
    ("arch", "size"),
    [("alexnet", 195), ("resnet18", 435), ("inception_v3", 1311)],
)
def test_published_fields(arch, size):
    """Araujo et al. 2019, https://distill.pub/2019/computing-receptive-fields, table 1."""
    field = receptive_field(built(arch, "blackbox"))
    assert field is not None
    assert field.size == (size, size)


def support(model, side: int) -> tuple[tuple[int, int], tuple[int, int], tuple[int, int]]:
    """Cell in the middle, and the first and last place with a gradient from it, all positive."""
    network = copy.deepcopy(model.backbone).double().eval()
    for name, layer in list(network.named_modules()):
        parent = network.get_submodule(name.rpartition(".")[0])
        if isinstance(layer, nn.ReLU | nn.ReLU6):
            setattr(parent, name.rpartition(".")[2], nn.Identity())
        elif isinstance(layer, nn.MaxPool2d):
            average = nn.AvgPool2d(layer.kernel_size, layer.stride, layer.padding, layer.ceil_mode)
            setattr(parent, name.rpartition(".")[2], average)
    for value in network.parameters():
        value.data.abs_().add_(1e-3)
    x = torch.ones(1, 3, side, side, dtype=torch.float64, requires_grad=True)
    cells = network(x)
    row, column = (n // 2 for n in cells.shape[2:])
    (gradient,) = torch.autograd.grad(cells[0, :, row, column].sum(), x)
    rows = np.flatnonzero(gradient[0].sum(dim=(0, 2)).numpy())
    columns = np.flatnonzero(gradient[0].sum(dim=(0, 1)).numpy())
    return (row, column), (int(rows[0]), int(columns[0])), (int(rows[-1]), int(columns[-1]))


@pytest.mark.parametrize(
    ("arch", "side"),
    [("resnet50", 512), ("shufflenet_v2_x0_5", 704), ("squeezenet1_0", 256), ("mnasnet0_5", 960)],
)
def test_the_field_is_where_a_gradient_arrives(arch, side):
    model = built(arch)
    cell, first, last = support(model, side)
    field = receptive_field(model)
    assert field is not None
    for axis in range(2):
        begins = field.first[axis] + cell[axis] * field.stride[axis]
        assert begins > 0, "the oracle's input is too small"
        assert (begins, begins + field.size[axis] - 1) == (first[axis], last[axis])


def test_the_head_of_an_exact_vgg_widens_the_field():
    model = build_model(
        "vgg11", ["a", "b"], input=InputSpec(size=(224, 224)), options={"vgg_head": "exact"}
    )
    first, stride, size = recursion(model.backbone.modules())
    field = receptive_field(model)
    assert field == Field((first,) * 2, (stride,) * 2, (size + 6 * stride,) * 2)


@pytest.mark.parametrize("arch", ["mobilenet_v3_small", "vit_b_32", "regnet_y_400mf"])
def test_where_distant_places_meet_the_field_is_the_image(arch):
    field = receptive_field(built(arch, side=96))
    assert field == Field((0, 0), (0, 0), (96, 96))


class Stages(nn.Module):
    """Any layers in place of a backbone."""

    def __init__(self, *layers: nn.Module) -> None:
        super().__init__()
        self.layers = nn.Sequential(*layers)

    def forward(self, x):
        return self.layers(x)


def with_stages(*layers: nn.Module):
    model = built("squeezenet1_0", "blackbox")
    model.backbone = Stages(*layers)
    return model


def test_rows_and_columns_may_differ():
    model = with_stages(
        nn.Conv2d(3, 4, (7, 1), stride=(2, 3), padding=(0, 2)),
        nn.Conv2d(4, 4, (1, 3), dilation=(1, 4), padding=(0, 1)),
    )
    assert receptive_field(model) == Field((0, -2 - 3), (2, 3), (7, 1 + 2 * 4 * 3))


def test_the_model_stays_as_it_was():
    model = built("resnet18").train()
    before = {name: value.clone() for name, value in model.state_dict().items()}
    receptive_field(model)
    assert model.training
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())
    assert all(value.grad is None for value in model.parameters())
    assert not any(m._forward_hooks or m._forward_pre_hooks for m in model.modules())


def test_hooks_of_others_neither_run_nor_stay_behind():
    model = built("squeezenet1_1", "blackbox")
    ran = []
    with model.backbone.register_forward_hook(lambda *_: ran.append(1)):
        assert receptive_field(model) is not None
    assert not ran


def test_few_passes_and_an_end_when_it_is_asked_for():
    model = built("squeezenet1_1")
    asked = []
    receptive_field(model, lambda: bool(asked.append(None)))
    assert len(asked) < 60
    with pytest.raises(CancelledError):
        receptive_field(model, lambda: True)


def test_a_network_whose_cells_cannot_be_told_has_no_field():
    class Picky(nn.Module):
        def forward(self, x):
            if x.shape[2:] != (224, 224):
                raise ValueError
            return nn.functional.avg_pool2d(x, 16)

    model = built("squeezenet1_0", "blackbox")
    model.backbone = Picky()
    assert receptive_field(model) is None


def test_windows_see_the_whole_image_where_it_is_small():
    # The last stage's grid is one window of 7 x 7.
    assert receptive_field(built("swin_t")) == Field((0, 0), (0, 0), (224, 224))


@pytest.mark.parametrize("error", [IndexError, AttributeError, AssertionError])
def test_a_network_that_fails_on_a_strip_has_no_field(monkeypatch, error):
    def fail(*_):
        raise error("strips are not for me")

    model = built("resnet18")
    monkeypatch.setattr(receptive, "_both", fail)
    assert receptive_field(model) is None
