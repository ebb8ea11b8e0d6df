"""What a checkpoint has of a network beside the architecture that was named: never passed over.

The checkpoint does not say what its network computes with such a tensor. What stands beside the
network (an optimizer, an average of the weights, a loss) and the auxiliary heads of a training take
no part in its logits; a layer that fits between pooling and head most likely does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from torch import Tensor

from softcam_core.errors import ModelError
from softcam_core.models.foreign.naming import Place, counts, listed, parent

_BESIDE = re.compile(
    r"(?:^|_)(?:aux|optim|sched|scaler|criterion|loss|metric|class_weight|pos_weight|ema|swa"
    r"|teacher|momentum|target|average)",
    re.IGNORECASE,
)
"""First words of what a training leaves beside a network: matched at the start of a word."""


def unknown_tensors(
    given: Mapping[str, Tensor],
    place: Place,
    head: Iterable[str],
    widths: Iterable[int],
    arch: str,
) -> tuple[str, ...]:
    """Return the names of the network's tensors that the architecture does not have.

    Args:
        given: the checkpoint's tensors by `plain_name`.
        place: of the backbone.
        head: names of the head's tensors, which may stand beside the backbone.
        widths: numbers of features that the head may take.
        arch: name of the architecture.

    Raises:
        ModelError: a part of them may stand between pooling and head, where it changes the logits:
            it takes and gives as many features as the head takes, or is a norm of them.
    """
    used = {*place.names.values(), *head}
    inside = all(name.startswith(place.prefix) for name in used)
    scope = place.prefix if inside else parent(place.prefix)
    parts: dict[str, list[str]] = defaultdict(list)
    for name, tensor in given.items():
        part = name.removeprefix(scope).partition(".")[0]
        if (
            (name.startswith(scope) and name not in used and counts(name))
            and (tensor.is_floating_point() or tensor.is_complex())
            and not (_BESIDE.search(part) or name.startswith(place.copies))
        ):
            parts[part].append(name)
    for names in parts.values():
        shapes = [tuple(given[name].shape) for name in names if not name.endswith("bias")]
        if any(_keeps(width, shapes) for width in widths):
            raise ModelError(
                f"the network has layers that {arch} does not have and that may stand between its "
                f"pooling and its head ({listed(names)}); build it in Python and give it to "
                "softcam_core.from_classifier with the names of its features and its classifier, "
                "or save the weights without them if they take no part."
            )
    return tuple(name for names in parts.values() for name in names)


def _keeps(width: int, shapes: Iterable[tuple[int, ...]]) -> bool:
    """Whether a part with weights of these shapes may make so many features of as many."""
    layers = [shape for shape in shapes if len(shape) > 1]
    takes, gives = (any(layer[axis] == width for layer in layers) for axis in (1, 0))
    return (takes and gives) or (width,) in shapes
