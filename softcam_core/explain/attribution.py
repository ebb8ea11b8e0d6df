"""The one way in to every explanation map: `attribute`."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import torch
from torch import Tensor, nn

from softcam_core.engines.eager import autocast
from softcam_core.engines.engine import Engine, make_engine
from softcam_core.engines.names import ENGINES, EngineError
from softcam_core.errors import ModelError
from softcam_core.explain.arguments import check_images, check_memory, class_indices
from softcam_core.explain.layers import at_layer, says_the_same, whole_model
from softcam_core.explain.methods import METHODS, MethodError, check_method
from softcam_core.explain.numerics import check_numbers, explaining_refusals, in_precision
from softcam_core.explain.numerics import deterministic as deterministic_algorithms
from softcam_core.explain.parts import Parts, Step, known, may_differ, take_apart
from softcam_core.explain.registry import REGISTRY
from softcam_core.explain.request import Request
from softcam_core.explain.shared import SharedFeatures
from softcam_core.models.evaluating import evaluating

Classes = Sequence[int | str] | int | str


@dataclass(frozen=True)
class Attribution:
    """Maps, and how they were made.

    Attributes:
        maps: (B, C, h, w) or (B, C, H, W), raw, detached, on the device of the images.
        method: its id.
        options: of the method, with their values.
        layer: the module whose output was explained; None: what enters the pooling.
        precision: "32", "bf16" or "16": what convolutions and linear layers computed in.
        engine: what ran the forward passes without gradients, by its own name.
        device: that the model was on, as text.
        deterministic: whether torch was held to deterministic algorithms.
    """

    maps: Tensor
    method: str
    options: dict[str, Any] = field(default_factory=dict)
    layer: str | None = None
    precision: str = "32"
    engine: str = "torch"
    device: str = "cpu"
    deterministic: bool = False


def attribute(
    model: nn.Module,
    x: Any,
    method: str = "gradcam",
    classes: Classes | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    *,
    layer: str | None = None,
    precision: str = "32",
    engine: str | Engine = "torch",
    deterministic: bool = False,
    memory_mb: float = 256,
    **options: Any,
) -> Tensor:
    """Explain logits: x (B, 3, H, W) normalised -> maps (B, C, h, w).

    The maps are raw: unnormalised, in the scale of their definition, detached, on x's device. The
    model is evaluated in eval mode and left bit-identical: no hooks, no gradients, its training
    flags as they were, also when the call fails or is cancelled. Several threads may explain with
    one model at once.

    Args:
        model: a model of this project, a plain torchvision classifier of a known family, or any
            other that returns logits (B, C), whose ``layer`` the methods of feature maps ask for.
        x: tensor or array.
        method: an id of `METHODS`.
        classes: indices or names (names only where the model has them); all by default.
        progress: called with (steps done, steps in all).
        cancelled: asked between passes.
        layer: dotted name of a module whose output (B, D, h, w) is explained, for methods of
            feature maps; by default what enters the pooling.
        precision: "32"; "bf16" or "16": convolutions and linear layers by autocast, maps in
            float32 all the same.
        engine: what runs forward passes without gradients, for methods that take nothing else:
            a name of `softcam_core.engines.names.ENGINES`, or an engine.
        deterministic: hold torch to deterministic algorithms meanwhile (in the whole process).
        memory_mb: what the method may hold beyond the model and one pass of one image, in MiB.
        options: of the method: the keyword-only parameters of its function in `REGISTRY`.

    Returns:
        (B, C or len(classes), h, w), or (.., H, W) for methods that explain pixels.

    Raises:
        ValueError: a method, class, option or shape that cannot be meant, or images that hold NaN
            or infinity (`MethodError` for the method or the layer, `EngineError` for the engine or
            the precision).
        ModelError: a model of an unknown kind, and no layer.
        CancelledError: ``cancelled()`` said so.
    """
    return attribution(
        model,
        x,
        method,
        classes,
        progress,
        cancelled,
        layer=layer,
        precision=precision,
        engine=engine,
        deterministic=deterministic,
        memory_mb=memory_mb,
        **options,
    ).maps


def attribution(
    model: nn.Module,
    x: Any,
    method: str = "gradcam",
    classes: Classes | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    *,
    layer: str | None = None,
    precision: str = "32",
    engine: str | Engine = "torch",
    deterministic: bool = False,
    memory_mb: float = 256,
    shared: SharedFeatures | None = None,
    **options: Any,
) -> Attribution:
    """Do what `attribute` does, and return the maps with the record of how they were made.

    ``shared`` keeps what enters the pooling for further calls with the same model and images.
    """
    check_method(method)
    row = REGISTRY[method]
    chosen = _options(method, row.run, options)
    given = check_images(x)
    memory = check_memory(memory_mb)
    sample = next(model.parameters(), given)
    check_numbers(precision, sample.dtype)
    device = sample.device
    with (
        torch.inference_mode(False),
        torch.no_grad(),
        evaluating(model),
        deterministic_algorithms(deterministic),
        explaining_refusals(method, precision, device),
        autocast(device, "32"),  # whatever the caller computes in
    ):
        images = given.to(sample)
        if not bool(images.isfinite().all()):
            raise ValueError("x: expected finite numbers, got NaN or infinity")
        parts = _parts(model, method, layer, images)
        _check(method, parts)
        if not parts.outputs:
            parts = replace(parts, outputs=parts.forward(images[:1]).shape[1])
        parts = _in_precision(parts, precision, device)
        if shared is not None:
            parts = shared.of(parts, method, precision)
        runner = _engine(model, method, engine, precision)
        request = Request(
            parts=parts,
            images=images,
            indices=class_indices(classes, parts.classes, parts.outputs),
            forward=parts.forward if runner is None else runner.logits,
            memory=memory,
            on_progress=progress,
            cancelled=cancelled,
        )
        maps = row.run(request, **chosen)
    return Attribution(
        maps=maps.detach().to(given.device),
        method=method,
        options=chosen,
        layer=layer,
        precision=precision,
        engine="torch" if runner is None else runner.name,
        device=str(device),
        deterministic=deterministic,
    )


def check_applies(model: nn.Module, method: str) -> None:
    """Refuse a method that `attribute` would refuse for this model.

    Raises:
        MethodError: one sentence that says why.
        ModelError: a model of an unknown kind.
    """
    check_method(method)
    _check(method, take_apart(model))


def available_methods(model: nn.Module) -> tuple[str, ...]:
    """Return the ids that `attribute` accepts for this model, in the order of `METHODS`.

    Raises:
        ModelError: a model of an unknown kind.
    """
    parts = take_apart(model)
    return tuple(method for method in METHODS if _applies(method, parts))


def _parts(model: nn.Module, method: str, layer: str | None, images: Tensor) -> Parts:
    """Take the model apart as the method needs it."""
    if layer is None:
        parts = known(model)
        at_home = parts is not None and (
            not may_differ(model) or says_the_same(model, parts, images)
        )
        if parts is not None and at_home:
            return parts
        if not REGISTRY[method].at_layer:
            return whole_model(model, images[:1])
        if parts is None:
            return take_apart(model)  # which says what is missing
        raise ModelError(
            f"This {type(model).__name__} says something else than its layers, by a hook or a "
            "forward of its own; name the layer whose output is explained."
        )
    if not REGISTRY[method].at_layer:
        raise MethodError(
            f"The method {method!r} takes no layer; leave it out, or choose "
            f"{', '.join(name for name, row in REGISTRY.items() if row.at_layer)}."
        )
    return at_layer(model, layer, images[:1])


def _in_precision(parts: Parts, precision: str, device: torch.device) -> Parts:
    """Let the passes of a model, and nothing else, compute in a precision."""
    if precision == "32":
        return parts

    def lower(step: Step) -> Step:
        return in_precision(step, precision, device)

    sigmoid = parts.sigmoid
    return replace(
        parts,
        features=lower(parts.features),
        logits=lower(parts.logits),
        evidence=None if parts.evidence is None else lower(parts.evidence),
        sigmoid=None if sigmoid is None else replace(sigmoid, logits=lower(sigmoid.logits)),
        whole=None if parts.whole is None else lower(parts.whole),
        tail=None if parts.tail is None else in_precision(parts.tail, precision, device),
    )


def _engine(model: nn.Module, method: str, engine: str | Engine, precision: str) -> Engine | None:
    """Return what runs the forward passes; None for the parts of the model as they are."""
    if not isinstance(engine, str):
        if not callable(getattr(engine, "logits", None)):
            raise EngineError(
                f"The engine cannot be a {type(engine).__name__}; choose from "
                f"{', '.join(ENGINES)}, or give what make_engine returns."
            )
        found = engine
    elif engine == "torch" or (engine == "auto" and not REGISTRY[method].forward_only):
        return None
    else:
        found = make_engine(model, engine, precision=precision)
    if not REGISTRY[method].forward_only:
        raise MethodError(
            f"The method {method!r} needs more of the model than its logits, which the engine "
            f"{found.name} does not give; choose torch."
        )
    return found


def _check(method: str, parts: Parts) -> None:
    applies = REGISTRY[method].applies
    if applies is not None:
        applies(parts)


def _applies(method: str, parts: Parts) -> bool:
    try:
        _check(method, parts)
    except MethodError:
        return False
    return True


def _options(method: str, run: Callable[..., Tensor], given: dict[str, Any]) -> dict[str, Any]:
    """Return every option of a method: as given, or its default."""
    known = {
        name: parameter.default
        for name, parameter in inspect.signature(run).parameters.items()
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY
    }
    for name in given:
        if name not in known:
            raise ValueError(
                f"{name}: not an option of {method}; it has {', '.join(known) or 'none'}"
            )
    return known | given
