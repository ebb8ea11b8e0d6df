"""Engines that run something made from a model, and prove that it still says the same."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable
from typing import Any, Protocol

import torch
from torch import Tensor, nn

from softcam_core.engines.eager import EagerEngine
from softcam_core.engines.names import EngineError
from softcam_core.engines.outputs import as_output, has_more_to_do
from softcam_core.engines.state import State, settings
from softcam_core.models.softcam import ModelOutput

TOLERANCE = {"32": 1e-4, "bf16": 0.1, "16": 0.1}
"""Largest difference from PyTorch in the same precision, times max(1, largest number)."""


class Program(Protocol):
    """Something made from a model at one moment, which computes what the model computes."""

    name: str

    def __call__(self, x: Tensor) -> object:
        """Return what the model returns for x (B, 3, H, W), on any device."""
        ...


class _Made:
    """The programs of one model, by their makers, each with the state that it was made from."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.programs: dict[object, tuple[State, Program]] = {}


_made: weakref.WeakKeyDictionary[nn.Module, _Made] = weakref.WeakKeyDictionary()
_made_lock = threading.Lock()


class FastEngine:
    """`Engine` by a program that is made from the model when it is first needed.

    The program is kept for as long as the model lives, and made anew when the model's modules or
    the contents of its tensors have changed. At each new size of the images, and when a plain value
    that a module holds has changed, the last image of the batch is computed by PyTorch as well: if
    the two differ, by such a value or by a forward that a program cannot follow, the program is
    made anew once, and then given up. What a forward reads from elsewhere is not looked at.

    Attributes:
        name: what runs; ``torch`` after the program has been given up.
        precision: one of `PRECISIONS`.
    """

    def __init__(
        self,
        model: nn.Module,
        precision: str,
        name: str,
        make: Callable[[nn.Module, Tensor, bool], Program],
        key: object,
        demanded: bool = False,
    ) -> None:
        """Keep a model; nothing is made yet.

        Args:
            model: in any mode; the program is of its eval mode.
            precision: one of `PRECISIONS`.
            name: of the program.
            make: (model, images, whether its logits are all that counts) -> program.
            key: of the maker and its options, to find the program again.
            demanded: raise where the program fails, rather than going on with PyTorch.
        """
        self.precision = precision
        self.name = name
        self._model = model
        self._eager = EagerEngine(model, precision)
        self._make = make
        self._key = key
        self._demanded = demanded
        self._proven: weakref.WeakKeyDictionary[Program, set[torch.Size]]
        self._proven = weakref.WeakKeyDictionary()
        self._settings: list[dict[str, Any]] = []
        self._has_more_to_do = has_more_to_do(model)
        self._given_up = False

    def output(self, x: Tensor) -> ModelOutput:
        """Return logits and evidence of x (B, 3, H, W)."""
        return self._compute(x, only_logits=False)

    def logits(self, x: Tensor) -> Tensor:
        """Return the logits (B, C) of x (B, 3, H, W)."""
        return self._compute(x, only_logits=self._has_more_to_do).logits

    def _compute(self, x: Tensor, only_logits: bool) -> ModelOutput:
        if not self._given_up:
            try:
                return self._by_program(x, only_logits)
            except _NoProgramError as error:
                output = self._eager.compute(x, only_logits)  # raises if the images are at fault
                if self._demanded:
                    raise EngineError(
                        f"The engine {self.name} cannot run this model ({error}); choose torch."
                    ) from error
                self._given_up = True
                self.name = self._eager.name
                return output
        return self._eager.compute(x, only_logits)

    def _by_program(self, x: Tensor, only_logits: bool) -> ModelOutput:
        with torch.inference_mode(False), torch.no_grad():
            program = self._program(x, only_logits)
            output = self._run(program, x)
            size = x.shape[2:]
            if settings(self._model) != self._settings:
                self._proven.clear()
            if len(x) == 0 or size in self._proven.get(program, ()):
                return output
            expected = self._eager.compute(x[-1:], only_logits)
            if not self._agree(output, expected):
                self._forget(program)
                program = self._program(x, only_logits)
                output = self._run(program, x)
                if not self._agree(output, expected):
                    raise _NoProgramError("its numbers differ from PyTorch's")
            self._settings = settings(self._model)  # after the pass, which may count itself
            self._proven.setdefault(program, set()).add(size)
        return output

    def _run(self, program: Program, x: Tensor) -> ModelOutput:
        sample = next(self._model.parameters(), x)
        try:
            return as_output(program(x.to(sample)), x.device)
        except torch.OutOfMemoryError:
            raise
        except Exception as error:
            self._forget(program)
            raise _NoProgramError(_first_line(error)) from error

    def _agree(self, output: ModelOutput, expected: ModelOutput) -> bool:
        for ours, theirs in zip(output, expected, strict=True):
            if ours is None or theirs is None:
                if ours is theirs:
                    continue
                return False
            limit = TOLERANCE[self.precision] * max(1.0, float(theirs.abs().max()))
            # Written so that a NaN on one side alone does not pass.
            gap = (ours[-1:] - theirs).abs()
            same = (gap <= limit) | (ours[-1:].isnan() & theirs.isnan())
            if not bool(same.all()):
                return False
        return True

    def _program(self, x: Tensor, only_logits: bool) -> Program:
        """Return the program of the model as it is now, made if need be."""
        made = self._made()
        key = (self._key, only_logits)
        with made.lock:
            known = made.programs.get(key)
            if known is not None and known[0].is_of(self._model):
                return known[1]
            made.programs.pop(key, None)
            del known  # the old program goes before the new one comes
            try:
                state = State(self._model)
                program = self._make(self._model, x, only_logits)
            except torch.OutOfMemoryError:
                raise
            except EngineError:
                if self._demanded:
                    raise
                raise _NoProgramError from None
            except Exception as error:
                raise _NoProgramError(_first_line(error)) from error
            made.programs[key] = (state, program)
            return program

    def _forget(self, program: Program) -> None:
        made = self._made()
        with made.lock:
            for key, (_, known) in list(made.programs.items()):
                if known is program:
                    del made.programs[key]

    def _made(self) -> _Made:
        with _made_lock:
            return _made.setdefault(self._model, _Made())


class _NoProgramError(Exception):
    """The program cannot be made, cannot run, or says something else."""


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(error).__name__
