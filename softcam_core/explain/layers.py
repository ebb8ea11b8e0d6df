"""The output of a module that the user names, instead of what enters the pooling."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import get_ident
from typing import Any, cast

import torch
from torch import Tensor, nn

from softcam_core.engines.outputs import as_output
from softcam_core.explain.constant import constant_parameters
from softcam_core.explain.layout import channels_last, seems_last
from softcam_core.explain.methods import MethodError
from softcam_core.explain.parts import Branch, Parts, Step, known, may_differ
from softcam_core.explain.plain import Listener
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


def says_the_same(model: nn.Module, parts: Parts, images: Tensor) -> bool:
    """Whether the model's own pass gives the logits of its parts, for each of some images."""
    for image in images:
        own, ours = _scores(model, image[None], "softmax"), parts.forward(image[None])
        if own.shape != ours.shape:
            return False
        scale = max(1.0, float(own.nan_to_num().abs().max()))
        if not torch.allclose(own, ours, rtol=0, atol=1e-4 * scale, equal_nan=True):
            return False
    return True


def at_layer(model: nn.Module, layer: str, image: Tensor) -> Parts:
    """Take a model apart at a module: everything before it is the features, the rest the head.

    Hooks stand on the module only while a pass of the thread that asks for it runs.

    Args:
        model: any that returns logits (B, C) or a tuple with a field ``logits``.
        layer: dotted name of a module that runs once in a pass and gives (B, D, h, w).
        image: (1, 3, H, W), of which the number of classes is learned where it is not known.

    Raises:
        MethodError: there is no such module, or it lets nobody look at its output.
    """
    name, module = _find(model, layer)
    last = channels_last(model, name)

    def features(x: Tensor) -> Tensor:
        found: list[Tensor] = []

        def keep(z: Tensor) -> None:
            # A copy, since the model may change it in place afterwards.
            found.append(z.permute(0, 3, 1, 2).clone() if last else z.clone())

        with _output_of(module, layer, x, last, keep):
            model(x)
        return found[0]

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

        with torch.no_grad(), constant_parameters(), _output_of(module, layer, x, last, begin):
            scores = _scores(model, x, branch)
        return leaves[0], scores

    def logits(z: Tensor) -> Tensor:
        raise NotImplementedError(f"the logits of {layer} need the images: use `tail`")

    apart = known(model)
    sigmoid = None if apart is None else apart.sigmoid
    whole: Step = partial(_scores, model, branch="softmax")
    outputs = 0
    if apart is not None and not may_differ(model):
        whole, outputs = apart.forward, apart.outputs
    return Parts(
        features=features,
        logits=logits,
        evidence=None,
        linear=None,
        outputs=outputs or whole(image).shape[1],
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


def _find(model: nn.Module, layer: str) -> tuple[str, nn.Module]:
    """Return the module of a name, also below ``backbone`` as torchvision calls it, and its name.

    Raises:
        MethodError: there is none, or it is scripted.
    """
    if not isinstance(layer, str):
        raise MethodError(
            f"The layer is given by its dotted name, a text, and this is a {type(layer).__name__}."
        )
    names = [layer, f"backbone.{layer}"] if isinstance(model, Network) else [layer]
    modules: dict[str, nn.Module] = dict(model.named_modules(remove_duplicate=False))
    found = next((name for name in names if name and name in modules), None)
    if found is None:
        children = ", ".join(name for name, _ in model.named_children())
        raise MethodError(
            f"The model has no layer {layer!r}; give the dotted name of a module below {children}."
        )
    if isinstance(modules[found], torch.jit.ScriptModule):
        raise MethodError(
            f"The layer {layer!r} is scripted (TorchScript), and so its output cannot be seen; "
            "explain the network that torch.jit was given."
        )
    return found, modules[found]


@contextmanager
def _output_of(
    module: nn.Module,
    layer: str,
    images: Tensor,
    last: bool,
    use: Callable[[Tensor], Tensor | None],
) -> Iterator[None]:
    """Give a module's output in this thread's passes to ``use``, and go on with what it returns.

    Args:
        module: whose output.
        layer: its name.
        images: (B, 3, H, W) of the pass.
        last: the output is known to have its channels last.
        use: called with the output as it is.

    Raises:
        MethodError: it is no (B, D, h, w), or the module did not run exactly once.
    """
    thread = get_ident()
    times = 0

    def hear(out: Any) -> Tensor | None:
        nonlocal times
        if get_ident() != thread:
            return None
        times += 1
        if times > 1:
            raise MethodError(
                f"The layer {layer!r} runs more than once in a pass; name a module that runs once."
            )
        if not isinstance(out, Tensor) or out.ndim != 4 or len(out) != len(images):
            what = f"shape {tuple(out.shape)}" if isinstance(out, Tensor) else type(out).__name__
            raise MethodError(
                f"The layer {layer!r} gives {what}, but a map needs (images, channels, rows, "
                "columns); name a module before the pooling."
            )
        if not last and seems_last(tuple(out.shape), (images.shape[2], images.shape[3])):
            raise MethodError(
                f"The layer {layer!r} gives shape {tuple(out.shape)}, whose channels seem to come "
                "last; name a module that gives (images, channels, rows, columns)."
            )
        return use(out)

    handle = module.register_forward_hook(Listener(hear))
    try:
        yield
    finally:
        handle.remove()
    if times == 0:
        raise MethodError(f"The layer {layer!r} does not run in a pass; name one that does.")
