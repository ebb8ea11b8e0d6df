"""Guided backpropagation: which pixels speak for a class along positive paths alone."""

from __future__ import annotations

from dataclasses import replace
from weakref import WeakKeyDictionary

import torch
from torch import Tensor, nn

from softcam_core.explain.methods import MethodError
from softcam_core.explain.parts import Parts, Step
from softcam_core.explain.pixels.input_gradient import (
    class_gradients,
    in_chunks,
    needs_digits,
    pixel_maps,
)
from softcam_core.explain.pixels.input_graph import InputGraph
from softcam_core.explain.pixels.relus import unread
from softcam_core.explain.request import Request
from softcam_core.models.evaluating import evaluating

_PROBED: WeakKeyDictionary[nn.Module, bool] = WeakKeyDictionary()
_PROBE_SIDES = (64, 224)


def guided_backprop(request: Request) -> Tensor:
    """Guided backpropagation (Springenberg et al. 2015), summed over the colour channels.

    At every ReLU, of a module or a function, in place or not, each time it is called, positive
    gradients pass where the activation is positive (and below 6 for ReLU6). `RELUS` lists what
    counts as one. Other activations, such as the Hardswish of MobileNet v3 beside its ReLUs or one
    written out as a product with ``x > 0``, have their ordinary gradient.

    Returns:
        (B, C, H, W), signed.

    Raises:
        MethodError: the model has no ReLU, one that cannot be given the rule, or numbers in half
            precision.
    """
    images, indices = request.images, request.indices
    needs_digits(images, "guided_backprop")
    maps = pixel_maps(request)
    parts = replace(request.parts, whole=_looked_through(request.parts.forward))

    def run(start: int, stop: int) -> None:
        graph = InputGraph(guided=True)
        gradients = class_gradients(parts, images[start:stop], indices, graph)
        for position, gradient in enumerate(gradients):
            if graph.relus == 0:
                raise _refusal()
            maps[start:stop, position] = gradient.sum(dim=1)
            request.check()

    in_chunks(request, len(images), run)
    return maps


def needs_relu(parts: Parts) -> None:
    """Refuse a model whose guided gradients would be its plain ones: scripted, or without ReLU.

    A model without a module of that kind runs once, on a small grey image, up to the first call of
    such a function; what came out is remembered as long as the model lives.

    Raises:
        MethodError: it is one of these.
    """
    model = parts.model
    if model is not None and any(isinstance(m, torch.jit.ScriptModule) for m in model.modules()):
        raise _hidden()
    if model is None or any(_is_relu(module) for module in model.modules()):
        return
    if model not in _PROBED:
        _PROBED[model] = _calls_relu(parts, model)
    if not _PROBED[model]:
        raise _refusal()


def _refusal() -> MethodError:
    return MethodError(
        "The method 'guided_backprop' needs ReLU activations, which this model does not have; "
        "choose integrated_gradients or smoothgrad."
    )


def _hidden() -> MethodError:
    return MethodError(
        "The method 'guided_backprop' cannot reach the ReLUs of a scripted or compiled network; "
        "give the network as it was before that, or choose integrated_gradients or smoothgrad."
    )


def _looked_through(forward: Step) -> Step:
    """Return a forward pass that refuses a ReLU which torch computed by its own rule."""

    def checked(x: Tensor) -> Tensor:
        scores = forward(x)
        if unread(scores):
            raise _hidden()
        return scores

    return checked


def _is_relu(module: nn.Module) -> bool:
    if isinstance(module, nn.Hardtanh):  # which nn.ReLU6 is as well
        return module.min_val == 0
    if isinstance(module, nn.Threshold):
        return module.threshold == 0 == module.value
    return isinstance(module, nn.ReLU)


class _FoundError(Exception):
    """The pass need not go on."""


class _Search(InputGraph):
    """A pass that ends at its first ReLU."""

    @property
    def relus(self) -> int:
        return 0

    @relus.setter
    def relus(self, count: int) -> None:
        if count:
            raise _FoundError


def _calls_relu(parts: Parts, model: nn.Module) -> bool:
    """Whether a pass meets a ReLU; yes if no pass is possible, since the real one will tell."""
    sides = (max(getattr(model, "min_size", 0), _PROBE_SIDES[0]), *_PROBE_SIDES[1:])
    some = next(model.parameters())
    for side in sides:
        image = torch.zeros(1, 3, side, side, dtype=some.dtype, device=some.device)
        try:
            with torch.no_grad(), evaluating(model), _Search():
                parts.forward(image)
        except _FoundError:
            return True
        except (RuntimeError, ValueError, AssertionError):
            continue  # a size that it does not take
        return False
    return True
