"""What a caller of `attribute` may give, checked: images, classes, memory."""

from __future__ import annotations

import operator
from collections.abc import Iterable
from typing import Any

import numpy as np
import torch
from torch import Tensor

from softcam_core.explain.request import MEBIBYTE
from softcam_core.metrics.arrays import as_tensor

_MOST_MEBIBYTES = 2**30
"""More than any machine has: numbers beyond, infinity too, mean no limit."""


def check_images(x: Any) -> Tensor:
    """Return images (B, 3, H, W) as a detached tensor.

    Raises:
        ValueError: it is no such thing.
    """
    try:
        given = as_tensor(x)
    except (TypeError, ValueError, RuntimeError) as error:
        raise ValueError(
            f"x: expected a tensor or array of shape (B, 3, H, W), got {_text(x)}"
        ) from error
    if given.ndim != 4 or given.shape[1] != 3 or 0 in given.shape:
        raise ValueError(f"x: expected shape (B, 3, H, W), got {tuple(given.shape)}")
    if given.is_complex() or given.is_quantized or given.layout is not torch.strided:
        kind = str(given.dtype if given.layout is torch.strided else given.layout)
        raise ValueError(
            f"x: expected a dense tensor of real numbers, got {kind.removeprefix('torch.')}"
        )
    return given


def check_memory(mebibytes: Any) -> int:
    """Return MiB as bytes.

    Raises:
        ValueError: it is no number, or below 0.
    """
    number = isinstance(mebibytes, int | float | np.integer | np.floating)
    if not number or isinstance(mebibytes, bool) or not mebibytes >= 0:
        raise ValueError(f"memory_mb: expected a number of MiB, 0 or more, got {_text(mebibytes)}")
    return int(min(mebibytes, _MOST_MEBIBYTES) * MEBIBYTE)


def class_indices(classes: Any, names: tuple[str, ...], outputs: int) -> list[int]:
    """Return the indices of the classes asked for.

    Args:
        classes: an index, a name, or several; None for all. Integers of numpy and torch count.
        names: of the model's classes; empty where it has none.
        outputs: how many classes there are.

    Raises:
        ValueError: a class that does not exist, none at all, or something that is no class: a
            mask of truth values too, which are no indices.
    """
    if classes is None:
        return list(range(outputs))
    given = _python(classes)
    if isinstance(given, str) or not isinstance(given, Iterable):
        asked = [given]
    elif isinstance(given, bytes | bytearray | set | frozenset | dict):
        raise ValueError(f"classes: expected a list of indices or names, got {_text(given)}")
    else:
        asked = [_python(one) for one in given]
    if not asked:
        raise ValueError("classes: expected at least one index or name, got none")
    return [_index(one, names, outputs) for one in asked]


def _index(one: Any, names: tuple[str, ...], outputs: int) -> int:
    if isinstance(one, str):
        if one not in names:
            known = ", ".join(names) or f"the indices 0 to {outputs - 1}"
            raise ValueError(f"classes: expected one of {known}, got {str(one)!r}")
        return names.index(one)
    try:
        index = -1 if isinstance(one, bool) else operator.index(one)
    except TypeError:
        index = -1
    if not 0 <= index < outputs:
        raise ValueError(f"classes: expected indices from 0 to {outputs - 1}, got {_text(one)}")
    return index


def _python(value: Any) -> Any:
    """Return Python's own numbers and lists for those of numpy and torch."""
    if isinstance(value, Tensor | np.ndarray | np.generic):
        return value.tolist()
    return value


def _text(value: Any) -> str:
    """Return a short text of a value, on one line; its type where it has none."""
    text = repr(value)
    return text if len(text) <= 60 and "\n" not in text else f"a {type(value).__name__}"
