"""The output of a module that the user names, instead of what enters the pooling."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import get_ident
from typing import Any, cast

import torch
from torch import Tensor, nn

from softcam_core.engines.outputs import as_output
from softcam_core.explain.constant import constant_parameters
from softcam_core.explain.methods import MethodError
from softcam_core.explain.parts import Branch, Parts, known
from softcam_core.models.backbones import recognise
from softcam_core.models.dual_branch import DualOutput
from softcam_core.models.softcam import Network


def whole_model(model: nn.Module, image: Tensor) -> Parts:
    """Take any classifier as it is, for methods that look at pixels and logits alone.

    Args:
        model: returns logits (B, C) or a tuple with a field ``logits``.
        image: (1, 3, H, W), of which the number of classes is learned.
    """

    def logits(x: Tensor) -> Tensor:
        return _scores(model, x, "softmax")

    outputs = logits(image).shape[1]
    return Parts(lambda x: x, logits, None, None, outputs, whole=logits, model=model)


def at_layer(model: nn.Module, layer: str, image: Tensor) -> Parts:
    """Take a model apart at a module: everything before it is the features, the rest the head.

    Hooks stand on the module only while a pass of the thread that asks for it runs.

    Args:
        model: any that returns logits (B, C) or a tuple with a field ``logits``.
        layer: dotted name of a module that runs once in a pass and gives (B, D, h, w).
        image: (1, 3, H, W), of which the number of classes is learned where it is not known.

    Raises:
        MethodError: there is no such module.
    """
    module = _find(model, layer)

    last = _channels_last(model, layer, module)

    def features(x: Tensor) -> Tensor:
        found: list[Tensor] = []
        with _output_of(module, layer, found.append):
            model(x)
        return found[0].permute(0, 3, 1, 2) if last else found[0]

    def tail(x: Tensor, branch: str) -> tuple[Tensor, Tensor]:
        leaves: list[Tensor] = []

        def begin(z: Tensor) -> Tensor:
            # The graph begins here: everything before ran without one. A copy goes on, since the
            # model may change it in place.
            torch.set_grad_enabled(True)
            wide = torch.promote_types(z.dtype, torch.float32)
            z = z.permute(0, 3, 1, 2) if last else z
            leaves.append(z.detach().to(wide, copy=True).requires_grad_())
            onwards = leaves[0].to(z.dtype, copy=True)
            return onwards.permute(0, 2, 3, 1) if last else onwards

        with torch.no_grad(), constant_parameters(), _output_of(module, layer, begin):
            scores = _scores(model, x, branch)
        return leaves[0], scores

    def logits(z: Tensor) -> Tensor:
        raise NotImplementedError(f"the logits of {layer} need the images: use `tail`")

    apart = known(model)
    sigmoid = None if apart is None else apart.sigmoid
    whole = (lambda x: _scores(model, x, "softmax")) if apart is None else apart.forward
    return Parts(
        features=features,
        logits=logits,
        evidence=None,
        linear=None,
        outputs=whole(image).shape[1] if apart is None else apart.outputs,
        classes=() if apart is None else apart.classes,
        sigmoid=None if sigmoid is None else Branch(sigmoid.logits, None),
        whole=whole,
        tail=tail,
    )


def _scores(model: nn.Module, x: Tensor, branch: str) -> Tensor:
    out = as_output(model(x), x.device)
    if branch == "sigmoid":
        return cast(DualOutput, out).sigmoid_logits
    return out.logits


def _find(model: nn.Module, layer: str) -> nn.Module:
    """Return the module of a name; below ``backbone`` too, as torchvision calls it."""
    names = [layer, f"backbone.{layer}"] if isinstance(model, Network) else [layer]
    modules: dict[str, nn.Module] = dict(model.named_modules())
    for name in names:
        if name and name in modules:
            return modules[name]
    children = ", ".join(name for name, _ in model.named_children())
    raise MethodError(
        f"The model has no layer {layer!r}; give the dotted name of a module below {children}."
    )


def _channels_last(model: nn.Module, layer: str, module: nn.Module) -> bool:
    """Whether a module gives (B, h, w, D): nearly every one of a Swin transformer does."""
    row = model.row if isinstance(model, Network) else recognise(model)
    if row is None or row.family != "SwinTransformer" or isinstance(module, nn.Conv2d):
        return False
    return layer.split(".")[-1] not in ("permute", "avgpool", "backbone")


@contextmanager
def _output_of(
    module: nn.Module, layer: str, use: Callable[[Tensor], Tensor | None]
) -> Iterator[None]:
    """Give a module's output in this thread's passes to ``use``, and go on with what it returns.

    Raises:
        MethodError: it is no (B, D, h, w), or the module did not run exactly once.
    """
    thread = get_ident()
    times = 0

    def hook(_module: nn.Module, _inputs: Any, out: Any) -> Tensor | None:
        nonlocal times
        if get_ident() != thread:
            return None
        times += 1
        if times > 1:
            raise MethodError(
                f"The layer {layer!r} runs more than once in a pass; name a module that runs once."
            )
        if not isinstance(out, Tensor) or out.ndim != 4:
            what = f"shape {tuple(out.shape)}" if isinstance(out, Tensor) else type(out).__name__
            raise MethodError(
                f"The layer {layer!r} gives {what}, but a map needs (images, channels, rows, "
                "columns); name a module before the pooling."
            )
        return use(out)

    handle = module.register_forward_hook(hook)
    try:
        yield
    finally:
        handle.remove()
    if times == 0:
        raise MethodError(f"The layer {layer!r} does not run in a pass; name one that does.")
