"""A classifier without its features: as it is, and as convolutions before the pooling.

Evidence heads are made of the classifier's own layers, so that they keep their names, sizes and
activations; the weights of new convolutions are fresh until they are loaded.
"""

from __future__ import annotations

import copy
from collections import OrderedDict

import torch
from torch import Tensor, nn

from softcam_core.errors import ModelError
from softcam_core.models.backbones import Backbone
from softcam_core.models.transformers import ClassTokenHead, PatchTokens

ACTIVATIONS = (
    *(nn.ReLU, nn.ReLU6, nn.LeakyReLU, nn.PReLU, nn.ELU, nn.SELU, nn.GELU, nn.SiLU, nn.Mish),
    *(nn.Hardswish, nn.Hardtanh, nn.Hardsigmoid, nn.Tanh, nn.Sigmoid, nn.Softplus),
)
"""Layers that act on every number alone."""
DROPOUTS = (nn.Dropout, nn.AlphaDropout)
_POOLING = (nn.Flatten, nn.AdaptiveAvgPool2d, nn.Identity)


class PooledNorm(nn.Module):
    """A layer norm of pooled features, before the pooling: (B, D, h, w) -> the same shape.

    Every cell is centred by itself and divided by the spread of the image's pooled vector, so that
    the spatial mean is exactly the norm of the pooled vector: gamma (z - mean_c z) / sigma(pooled)
    + beta.
    """

    def __init__(self, channels: int, eps: float) -> None:
        """Norm ``channels`` with the identity's weights."""
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))

    def forward(self, z: Tensor) -> Tensor:
        """Return the normed cells; in fp32 also where z has half precision."""
        kind = z.dtype
        z = z.float() if kind in (torch.float16, torch.bfloat16) else z
        spread = z.mean(dim=(2, 3), keepdim=True).var(dim=1, unbiased=False, keepdim=True)
        centred = (z - z.mean(dim=1, keepdim=True)) / (spread + self.eps).sqrt()
        return (centred * self.weight[:, None, None] + self.bias[:, None, None]).to(kind)


class TransformInput(nn.Module):
    """What GoogLeNet and Inception v3 do first to images that are normalised as ImageNet's are.

    Their weights expect pixels in [-1, 1] (torchvision's ``transform_input``).
    """

    def forward(self, x: Tensor) -> Tensor:
        """Return (B, 3, H, W) with mean 0.5 and standard deviation 0.5 as its normalisation."""
        # torchvision's own arithmetic, so that its logits come out to the bit.
        channels = [
            x[:, i : i + 1] * (std / 0.5) + (mean - 0.5) / 0.5
            for i, (mean, std) in enumerate(((0.485, 0.229), (0.456, 0.224), (0.406, 0.225)))
        ]
        return torch.cat(channels, dim=1)


def take_stages(network: nn.Module, row: Backbone, with_class_token: bool = False) -> nn.Module:
    """Return the part of a classifier that makes its features, under its own names.

    Nothing is copied: (B, 3, H, W) -> (B, channels, h, w), twice the channels for a ViT with its
    class token (`PatchTokens`).
    """
    if row.head == "class_token":
        return PatchTokens(network, with_class_token)
    stages: OrderedDict[str, nn.Module] = OrderedDict()
    if getattr(network, "transform_input", False):
        stages["transform_input"] = TransformInput()
    for name in row.stages:
        child = network.get_submodule(name)
        stages[name] = nn.Sequential(*child) if isinstance(child, nn.ModuleList) else child
    if row.last_relu:
        stages["relu"] = nn.ReLU(inplace=True)
    return nn.Sequential(stages)


def take_apart(network: nn.Module, row: Backbone) -> tuple[nn.Module, nn.Module]:
    """Return a classifier of any row as features (B, 3, H, W) -> z and logits z -> (B, C).

    Nothing is copied, and the classifier stays as it is.
    """
    stages = take_stages(network, row, with_class_token=True)
    classifier = network.get_submodule(row.classifier)
    if isinstance(stages, PatchTokens):
        return stages, ClassTokenHead(stages, row.classifier, classifier)
    layers: OrderedDict[str, nn.Module] = OrderedDict()
    if row.head != "squeezenet":
        layers["pool"] = network.get_submodule(row.pool) if row.pool else nn.AdaptiveAvgPool2d(1)
    if row.head in ("gap_linear", "vgg") or (row.head == "hidden" and row.pool):
        layers["flatten"] = nn.Flatten()
    if row.dropout:
        layers["dropout"] = network.get_submodule(row.dropout)
    layers[row.classifier] = classifier
    if row.head == "squeezenet":
        layers["flatten"] = nn.Flatten()
    return stages, nn.Sequential(layers)


def set_dropout(head: nn.Module, row: Backbone, rate: float, layer: nn.Module) -> nn.Module:
    """Return a head of one linear layer with this dropout: in the place of its own, or a new one.

    Args:
        head: what `take_apart` or `evidence_head` gave.
        row: its row.
        rate: probability of dropping a pooled feature.
        layer: what to put before the linear layer if the architecture has no dropout of its own.
    """
    own = [module for module in head.modules() if isinstance(module, nn.Dropout | nn.Dropout2d)]
    for module in own:
        module.p = rate if module is own[-1] else 0.0
    if own or not rate:
        return head
    layers = OrderedDict(head.named_children())
    layers["dropout"] = layer
    layers.move_to_end(row.classifier)
    return nn.Sequential(layers)


def evidence_head(network: nn.Module, row: Backbone, choice: str) -> nn.Sequential:
    """Return fresh layers that make evidence (B, C, h, w) of features.

    Args:
        network: the classifier, whose layers are the pattern.
        row: its row.
        choice: the option of this kind of head, where there is one: ``released`` or ``exact`` for
            VGG, ``linear`` or ``exact`` for SqueezeNet.
    """
    classifier = network.get_submodule(row.classifier)
    layers: OrderedDict[str, nn.Module] = OrderedDict()
    if row.dropout:
        # Dropping a pooled feature is dropping its channel before pooling.
        layers["dropout"] = per_cell(network.get_submodule(row.dropout))
    if row.head == "vgg":
        layers[row.classifier] = _vgg_head(classifier, row, row.cells if choice == "exact" else 1)
    elif row.head == "squeezenet":
        layers[row.classifier] = _squeezenet_head(classifier, rectified=choice == "exact")
    else:
        layers[row.classifier] = per_cell(classifier)
    return nn.Sequential(layers)


def per_cell(layer: nn.Module) -> nn.Module:
    """Return a layer for pooled features (B, D) as one for every cell of (B, D, h, w).

    Linear layers become 1x1 convolutions with the same names and fresh weights, dropout of a
    feature dropout of its channel; pooling and flattening are left out.

    Raises:
        ModelError: a layer that has no such counterpart.
    """
    if isinstance(layer, nn.Linear):
        return nn.Conv2d(layer.in_features, layer.out_features, 1, bias=layer.bias is not None)
    if isinstance(layer, nn.Sequential):
        inner = layer.named_children()
        kept = [(n, per_cell(module)) for n, module in inner if not isinstance(module, _POOLING)]
        return nn.Sequential(OrderedDict(kept))
    if isinstance(layer, DROPOUTS):
        return nn.Dropout2d(layer.p)
    if isinstance(layer, nn.LayerNorm) and layer.elementwise_affine and layer.bias is not None:
        return PooledNorm(layer.normalized_shape[-1], layer.eps)
    if isinstance(layer, nn.BatchNorm1d):
        return nn.BatchNorm2d(
            layer.num_features,
            layer.eps,
            layer.momentum,
            layer.affine,
            layer.track_running_stats,
        )
    if isinstance(layer, ACTIVATIONS):
        return copy.deepcopy(layer)
    raise ModelError(
        f"A {type(layer).__name__} in the classifier cannot be applied to each cell; give a "
        "classifier of linear layers, activations, norms and dropout."
    )


def layers_of(head: nn.Module) -> list[nn.Module]:
    """Return the layers of a classifier, without containers around them or parts within them."""
    return [
        layer
        for name, layer in head.named_modules()
        if not isinstance(layer, nn.Sequential) and "parametrizations" not in name.split(".")
    ]


def _vgg_head(classifier: nn.Module, row: Backbone, cells: int) -> nn.Sequential:
    layers: OrderedDict[str, nn.Module] = OrderedDict()
    channels, kernel = row.channels, cells
    for name, layer in classifier.named_children():
        if isinstance(layer, nn.Linear):
            layers[name] = nn.Conv2d(channels, layer.out_features, kernel)
            channels, kernel = layer.out_features, 1
        else:
            layers[name] = copy.deepcopy(layer)  # the authors drop single numbers, not channels
    return nn.Sequential(layers)


def _squeezenet_head(classifier: nn.Module, rectified: bool) -> nn.Sequential:
    layers: OrderedDict[str, nn.Module] = OrderedDict()
    for name, layer in classifier.named_children():
        if isinstance(layer, nn.Conv2d):
            layers[name] = nn.Conv2d(layer.in_channels, layer.out_channels, 1)
        elif isinstance(layer, nn.Dropout) or (isinstance(layer, nn.ReLU) and rectified):
            layers[name] = copy.deepcopy(layer)
    return nn.Sequential(layers)
