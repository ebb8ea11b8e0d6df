"""Precision and determinism of one call, for its duration."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, ParamSpec, TypeVar, cast

import torch
from torch import Tensor

from softcam_core.engines.eager import autocast
from softcam_core.engines.names import check_precision
from softcam_core.explain.methods import MethodError

Given = ParamSpec("Given")
Made = TypeVar("Made")


def check_numbers(precision: str, dtype: torch.dtype) -> None:
    """Refuse a precision that does not exist, or that means nothing for a model of this type.

    Raises:
        EngineError: an unknown name.
        MethodError: autocast would leave the model as it is.
    """
    check_precision(precision)
    if precision != "32" and dtype != torch.float32:
        raise MethodError(
            f"The precision {precision} needs a model in float32, and this one is in "
            f"{str(dtype).removeprefix('torch.')}; choose 32."
        )


def in_precision(
    step: Callable[Given, Made], precision: str, device: torch.device
) -> Callable[Given, Made]:
    """Return ``step`` under autocast, with float32 tensors out of it; itself for "32".

    Only the network's passes are cast: the arithmetic of the maps around them stays in float32.
    """
    if precision == "32":
        return step

    def cast_step(*args: Given.args, **kwargs: Given.kwargs) -> Made:
        with autocast(device, precision):
            found = step(*args, **kwargs)
        return cast(Made, _float32(found))

    return cast_step


def _float32(found: Any) -> Any:
    if isinstance(found, tuple):
        return tuple(_float32(part) for part in found)
    return found.float() if isinstance(found, Tensor) else found


@contextmanager
def explaining_refusals(method: str, precision: str, device: torch.device) -> Iterator[None]:
    """Turn torch's refusal of determinism or of half precision into one sentence.

    Raises:
        MethodError: instead of such a RuntimeError.
    """
    try:
        yield
    except RuntimeError as error:
        text = str(error)
        if "deterministic" in text.lower() and torch.are_deterministic_algorithms_enabled():
            raise MethodError(
                f"The method {method!r} has no deterministic algorithm for this model on {device}; "
                "leave determinism off, or compute on the CPU."
            ) from error
        if precision != "32" and "not implemented for" in text:
            raise MethodError(
                f"The precision {precision} is not available for this model on {device}; choose 32."
            ) from error
        raise


class _Switches:
    """torch's switches of determinism, which are those of the process, and who wants them on."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._blocks = 0
        self._before = (0, False, False)

    def on(self) -> None:
        """Turn them on, if this is the first block that wants them."""
        cudnn = torch.backends.cudnn
        with self._lock:
            if self._blocks == 0:
                mode = torch.get_deterministic_debug_mode()
                self._before = (mode, cudnn.deterministic, cudnn.benchmark)
                torch.set_deterministic_debug_mode("error")
                cudnn.deterministic, cudnn.benchmark = True, False
            self._blocks += 1

    def back(self) -> None:
        """Put them back, if this was the last block that wanted them."""
        cudnn = torch.backends.cudnn
        with self._lock:
            self._blocks -= 1
            if self._blocks == 0:
                mode, cudnn.deterministic, cudnn.benchmark = self._before
                torch.set_deterministic_debug_mode(mode)


_SWITCHES = _Switches()


@contextmanager
def deterministic(wanted: bool) -> Iterator[None]:
    """Let torch use deterministic algorithms alone for the block, if ``wanted``.

    The switches are those of the process, so the work of other threads is deterministic meanwhile
    too; they are put back when the last such block ends.
    """
    if not wanted:
        yield
        return
    _SWITCHES.on()
    try:
        yield
    finally:
        _SWITCHES.back()
