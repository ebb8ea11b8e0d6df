"""The dual-branch model (the poster): a frozen classifier, and a sigmoid head that localises.

Softmax leaves a classifier's weights free by any vector that is added to those of every class: the
probabilities stay, the class activation maps do not. The second head has the architecture of the
first and is trained with a sigmoid per class, which pins its weights. Nothing of the classifier is
trained, so what it predicts stays bit-identical.
"""

from __future__ import annotations

import copy
from typing import NamedTuple, cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from softcam_core.errors import ModelError
from softcam_core.models.heads import PooledNorm
from softcam_core.models.softcam import BlackBox, ModelOutput, Network
from softcam_core.models.spec import ModelSpec

INITIAL_STD = 0.01
"""Standard deviation of the fresh weights of the second head."""
CARD_TEXT = (
    "The class and its probabilities are those of the softmax head. A second head, one sigmoid per "
    "class, reads the same frozen features, is trained by itself and predicts nothing that is "
    "shown: the maps cam, gradcam, gradcam++, xgradcam and layercam are of this second head, with "
    "channel weights of at least 0; evidence and every other map are of the softmax head."
)
"""What a user must know about the maps of such a model."""


class DualOutput(NamedTuple):
    """What one forward pass gives.

    Attributes:
        logits: (B, C) of the softmax head; probabilities are their softmax.
        evidence: (B, C, h, w), whose spatial mean is the logits; None where the softmax head is
            not exactly a convolution before the pooling, or no maps were asked for.
        sigmoid_logits: (B, C) of the second head, before its sigmoid.
        localization: (B, C, h, w), the map of the second head, never below 0 where the features
            are not; None only where no maps were asked for.
    """

    logits: Tensor
    evidence: Tensor | None
    sigmoid_logits: Tensor
    localization: Tensor | None


class DualBranch(Network):
    """A frozen classifier with a second, sigmoid head of the same architecture.

    ``backbone`` and ``head`` are the black box's, with its names, in eval mode and without
    gradients also while the model trains. ``sigmoid_head`` is a copy of the head with fresh
    weights; SqueezeNet's without its last ReLU, since a logit that cannot be negative cannot say
    that a class is absent.

    The localization is, for global average pooling and one linear layer, the poster's CAM,
    mean_k(max(w_ck, 0) A_k). A head of several layers (VGG, MobileNet v3) has no such weights; its
    localization is Grad-CAM of the pre-sigmoid logit with channel weights clamped at 0, which
    takes one backward pass of the head per class.
    """

    def __init__(self, spec: ModelSpec) -> None:
        """Build the network of ``spec`` with fresh weights."""
        box = BlackBox(spec)
        super().__init__(spec, box.row, box.backbone, box.head)
        self.sigmoid_head = copy.deepcopy(box.head)
        _leave_out_last_relu(self.sigmoid_head)
        self.reset_sigmoid_head()
        for part in (self.backbone, self.head):
            part.requires_grad_(False)
        self.train()

    def reset_sigmoid_head(self) -> None:
        """Draw fresh weights N(0, 0.01) for the second head; biases 0, norms the identity."""
        for layer in self.sigmoid_head.modules():
            if isinstance(layer, nn.Linear | nn.Conv2d):
                nn.init.normal_(layer.weight, std=INITIAL_STD)
                if layer.bias is not None:
                    nn.init.zeros_(layer.bias)
            elif isinstance(layer, nn.LayerNorm | nn.BatchNorm2d | nn.BatchNorm1d):
                layer.reset_parameters()

    def train(self, mode: bool = True) -> DualBranch:
        """Set the mode of the second head; the classifier stays in eval mode."""
        super().train(mode)
        self.backbone.eval()
        self.head.eval()
        return self

    def forward(self, x: Tensor, maps: bool = True) -> DualOutput:
        """Return both heads' logits and maps of normalised images (B, 3, H, W).

        Args:
            x: the images.
            maps: False leaves evidence and localization out, which training needs not.
        """
        z = self.features(x)
        logits, sigmoid_logits = self.head(z), self.sigmoid_head(z)
        if not maps:
            return DualOutput(logits, None, sigmoid_logits, None)
        evidence = self.evidence(z) if self.has_evidence else None
        return DualOutput(logits, evidence, sigmoid_logits, self.localization(z))

    def classify(self, x: Tensor) -> ModelOutput:
        """Return logits and evidence of images alone, without the second head."""
        z = self.features(x)
        return ModelOutput(self.head(z), self.evidence(z) if self.has_evidence else None)

    @property
    def has_evidence(self) -> bool:
        """Whether the softmax head is exactly a convolution before the pooling."""
        return (
            self.row.head in ("squeezenet", "norm_linear") or pooled_linear(self.head) is not None
        )

    def evidence(self, z: Tensor) -> Tensor:
        """Return the softmax head's class evidence of features: (B, D, h, w) -> (B, C, h, w).

        Raises:
            ModelError: it `has_evidence` not.
        """
        layer = pooled_linear(self.head)
        if layer is not None:
            return functional.conv2d(z, _pointwise(layer.weight), layer.bias)
        classifier = self.head.get_submodule(self.row.classifier)
        if self.row.head == "squeezenet":
            return cast(Tensor, cast(nn.Sequential, classifier)[:-1](z))
        if self.row.head == "norm_linear":
            return _normed_evidence(cast(nn.Sequential, classifier), z)
        raise ModelError(f"The softmax head of {self.row.name} gives no exact class evidence.")

    def localization(self, z: Tensor) -> Tensor:
        """Return the second head's map of features (B, D, h, w): (B, C, h, w)."""
        layer = pooled_linear(self.sigmoid_head)
        if layer is not None:
            weight = layer.weight.clamp(min=0) / layer.weight.shape[1]
            return functional.conv2d(z, _pointwise(weight))
        return _clamped_gradcam(self.sigmoid_head, z)


def pooled_linear(head: nn.Module) -> nn.Linear | nn.Conv2d | None:
    """Return the one linear layer of a head that else only pools to one cell; None for others.

    Such a head is linear in the features: a 1x1 convolution may stand before or after the pooling.
    """
    layers = [layer for layer in head.modules() if not list(layer.children())]
    linear = [layer for layer in layers if not isinstance(layer, _NEUTRAL)]
    pools = [layer for layer in layers if isinstance(layer, nn.AdaptiveAvgPool2d)]
    if len(linear) != 1 or [pool.output_size for pool in pools] not in ([1], [(1, 1)]):
        return None
    (layer,) = linear
    if isinstance(layer, nn.Linear) or (
        isinstance(layer, nn.Conv2d) and layer.kernel_size == (1, 1)
    ):
        return layer
    return None


_NEUTRAL = (nn.AdaptiveAvgPool2d, nn.Flatten, nn.Dropout, nn.Dropout2d, nn.Identity)


def _pointwise(weight: Tensor) -> Tensor:
    """Return (C, D) or (C, D, 1, 1) as the weight of a 1x1 convolution."""
    return weight.reshape(*weight.shape[:2], 1, 1)


def _normed_evidence(classifier: nn.Sequential, z: Tensor) -> Tensor:
    """Evidence of ConvNeXt's head, a norm of the pooled features and a linear layer."""
    norm, linear = cast(nn.LayerNorm, classifier[0]), cast(nn.Linear, classifier[-1])
    before = PooledNorm(z.shape[1], norm.eps)
    before.weight, before.bias = norm.weight, norm.bias
    return functional.conv2d(before(z), _pointwise(linear.weight), linear.bias)


def _leave_out_last_relu(head: nn.Module) -> None:
    """Let a head that ends in ReLU and pooling give negative logits too."""
    for parent in head.modules():
        layers = list(parent.named_children())
        if layers and isinstance(layers[-1][1], nn.AdaptiveAvgPool2d):
            for name, layer in layers:
                if isinstance(layer, nn.ReLU):
                    setattr(parent, name, nn.Identity())


def _clamped_gradcam(head: nn.Module, z: Tensor) -> Tensor:
    """Grad-CAM of pre-sigmoid logits, channel weights at least 0: (B, D, h, w) -> (B, C, h, w)."""
    with torch.inference_mode(False), torch.enable_grad():
        leaf = z.detach().clone().requires_grad_()
        # Images do not meet in the head, so the gradient of the sum holds each image's own.
        sums = head(leaf).sum(dim=0).unbind()
        grown = [
            torch.autograd.grad(total, leaf, retain_graph=True)[0].mean(dim=(2, 3))
            for total in sums
        ]
    weights = torch.stack(grown, dim=1).clamp(min=0)
    return torch.einsum("bcd,bdhw->bchw", weights, z.detach()).relu()
