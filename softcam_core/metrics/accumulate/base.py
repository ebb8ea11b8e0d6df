"""What all accumulating metrics share."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from typing import Any, NamedTuple, Self

import torch
from torch import Tensor, distributed


class Measured(NamedTuple):
    """A number of a data set.

    Attributes:
        value: float64, a scalar, or a curve; NaN if no image is defined.
        n: images that it is made of.
        undefined: images that it is not made of, because it is undefined for them.
        std: standard deviation of the images' values (over n, not n - 1), shaped as the value;
            NaN where the images are counted together.
    """

    value: Tensor
    n: int
    undefined: int
    std: Tensor


class Accumulator(ABC):
    """A metric that takes a data set batch by batch.

    The state holds lists and whole numbers, which are added to those of other batches and of other
    processes, so that it does not matter who saw which image.

    Attributes:
        options: the metric's parameters.
        state: what it has seen, by name; on the CPU.
    """

    def __init__(self, **options: Any) -> None:
        """Start with no image."""
        self.options = options
        self.reset()

    @abstractmethod
    def compute(self) -> Any:
        """Return the value of all images so far."""

    @abstractmethod
    def empty(self) -> dict[str, Any]:
        """Return the state before the first image."""

    def reset(self) -> None:
        """Forget all images."""
        self.state = self.empty()

    def merge(self, other: Self) -> None:
        """Take in what another one has seen.

        Raises:
            ValueError: it is another metric, or has other options.
        """
        if type(other) is not type(self) or other.options != self.options:
            raise ValueError(
                f"other: expected {type(self).__name__} with {self.options}, "
                f"got {type(other).__name__} with {other.options}"
            )
        self.add(other.state)

    def add(self, state: dict[str, Any]) -> None:
        """Add lists and numbers to those there are."""
        for name, value in state.items():
            if isinstance(value, list):
                self.state[name].extend(value)
            else:
                self.state[name] = self.state[name] + value

    def reduce(self) -> Self:
        """Return the metric of all processes together; this one stays as it is.

        Without torch.distributed, or before it is initialised, that is a copy of this one. Every
        process must call it, with metrics of the same kind; each gets the whole.
        """
        states: list[Any] = [self.state]
        if distributed.is_available() and distributed.is_initialized():
            states = [None] * distributed.get_world_size()
            distributed.all_gather_object(states, self.state)
        whole = type(self)(**self.options)
        for state in states:
            whole.add(state)
        return whole


class PerImage(Accumulator):
    """The mean over images of a value, or a curve, that each image has by itself."""

    length: int | None = None
    """Values of a curve; None for a single one."""

    def empty(self) -> dict[str, Any]:
        """Return the state before the first image."""
        return {"values": []}

    def add_values(self, values: Tensor) -> None:
        """Take the values (N,) or curves (N, length) of some images; NaN where undefined."""
        self.add({"values": values.double().cpu().tolist()})

    def compute(self) -> Measured:
        """Return mean, counts and standard deviation of all images so far."""
        return measured(self.state["values"], self.length)


def measured(values: list[Any], length: int | None = None) -> Measured:
    """Return mean, counts and standard deviation of the values, or curves, that are not NaN.

    The sums are rounded once, at their end, so that the order of the images changes nothing.
    """
    rows = [value if isinstance(value, list) else [value] for value in values]
    defined = [row for row in rows if not any(map(math.isnan, row))]
    n = len(defined)
    if not n:
        nothing = torch.full(() if length is None else (length,), torch.nan, dtype=torch.float64)
        return Measured(nothing, 0, len(rows), nothing.clone())
    means, spreads = [], []
    for column in zip(*defined, strict=True):
        mean = math.fsum(column) / n
        means.append(mean)
        spreads.append(math.sqrt(math.fsum((value - mean) ** 2 for value in column) / n))
    value, std = (torch.tensor(numbers, dtype=torch.float64) for numbers in (means, spreads))
    if length is None:
        value, std = value[0], std[0]
    return Measured(value, n, len(rows) - n, std)


def pooled(value: Tensor, n: int, undefined: int) -> Measured:
    """Return a number for which the images are counted together."""
    value = value.double()
    return Measured(value, n, undefined, torch.full_like(value, torch.nan))
