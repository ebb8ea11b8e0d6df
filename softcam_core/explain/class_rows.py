"""The last layer of a head whose classes do not meet after it."""

from __future__ import annotations

from torch import nn

from softcam_core.explain.plain import has_own_code, is_plain

_BEFORE = (
    nn.Linear,
    nn.Conv2d,
    nn.ReLU,
    nn.GELU,
    nn.Hardswish,
    nn.Tanh,
    nn.LayerNorm,
    nn.Dropout,
    nn.Dropout2d,
    nn.AdaptiveAvgPool2d,
    nn.Flatten,
    nn.Identity,
)
_AFTER = (nn.ReLU, nn.Dropout, nn.Dropout2d, nn.AdaptiveAvgPool2d, nn.Flatten, nn.Identity)


def class_rows(head: nn.Module) -> tuple[nn.Parameter, ...]:
    """Return the parameters of the last layer of a chain of plain layers, else nothing.

    A layer of a derived class, or with hooks or a forward of its own, is not plain.

    Each has one row per class. A class needs its own rows alone, so the head can be computed for
    the classes asked for only; and plain layers let one backward pass serve several classes.
    """
    modules = [module for _, module in head.named_modules(remove_duplicate=False)]
    chains = [module for module in modules if type(module) is nn.Sequential]
    layers = [module for module in modules if type(module) is not nn.Sequential]
    if not chains and len(layers) != 1:
        return ()
    if any(has_own_code(chain) for chain in chains) or not all(map(is_plain, layers)):
        return ()
    while layers and isinstance(layers[-1], _AFTER):
        layers.pop()
    if not layers or layers.count(layers[-1]) != 1:
        return ()
    last = layers[-1]
    plain = all(isinstance(layer, _BEFORE) and not list(layer.children()) for layer in layers)
    if not plain or not isinstance(last, nn.Linear | nn.Conv2d):
        return ()
    if isinstance(last, nn.Conv2d) and last.groups != 1:
        return ()
    found = tuple(last.parameters())
    return found if all(isinstance(value, nn.Parameter) for value in found) else ()
