"""A trained classifier gets a second, sigmoid head: the start of a dual-branch model."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence

import torch
from torch import Tensor, nn

from softcam_core.errors import ModelError
from softcam_core.models.build import model_spec
from softcam_core.models.dual_branch import DualBranch
from softcam_core.models.evaluating import evaluating
from softcam_core.models.softcam import BlackBox, Network
from softcam_core.models.weights import load_weights

_EVIDENCE_OPTIONS = ("vgg_head", "squeezenet_head")  # of SoftCAM's head alone


def add_sigmoid_head(model: nn.Module, arch: str = "", classes: Sequence[str] = ()) -> DualBranch:
    """Give a trained classifier a fresh second head; the model given stays as it is.

    Args:
        model: a black box or SoftCAM of ours, or a plain torchvision classifier.
        arch: torchvision's name; for a torchvision classifier only.
        classes: names in the order of the logits; for a torchvision classifier only.

    Returns:
        The dual-branch model, in eval mode on the device of ``model``: the same logits up to
        rounding, and for a black box the same bits.

    Raises:
        ModelError: the head is not the architecture's standard one, in layers or in logits.
    """
    if isinstance(model, DualBranch):
        raise ModelError(
            "The model has a second head already; give the classifier that it was made of."
        )
    if isinstance(model, Network):
        own = model.spec
        options = {
            name: value for name, value in own.options.items() if name not in _EVIDENCE_OPTIONS
        }
        spec = model_spec(
            *(own.arch, own.classes, "dual-branch"),
            input=own.input,
            options=options,
            modality=own.modality,
            card=own.card | {"title": f"{own.title}, with a sigmoid head"},
        )
        spec = dataclasses.replace(spec, training=own.training)
    else:
        spec = model_spec(arch, classes, "dual-branch")
    sample = next(model.parameters())
    dual = DualBranch(spec).to(sample)
    if isinstance(model, BlackBox):
        dual.load_state_dict(model.state_dict(), strict=False)
    elif fresh := load_weights(dual, model.state_dict()).fresh:
        raise ModelError(
            f"The head of this {type(model).__name__} is not the standard head of {spec.arch} "
            f"(no weights for {', '.join(fresh)}); convert or train a black box first."
        )
    _check_same_logits(model, dual.eval())
    return dual


def _check_same_logits(model: nn.Module, dual: DualBranch) -> None:
    """Raise ModelError unless the frozen classifier gives the logits of the given one."""
    size = dual.spec.input.size if isinstance(model, Network) else (224, 224)
    sample = next(model.parameters())
    x = torch.randn(1, 3, *size, generator=torch.Generator().manual_seed(0)).to(sample)
    with torch.no_grad(), evaluating(model):
        output = model(x)
        logits: Tensor = output.logits if isinstance(model, Network) else output
        difference = float((dual(x, maps=False).logits - logits).abs().nan_to_num(math.inf).max())
    if difference > 1e-4 * max(1.0, float(logits.abs().max())):
        raise ModelError(
            f"The standard head of {dual.spec.arch} gives other logits than this model's own head "
            f"(by {difference:.2g}); train a black box first."
        )
