"""What one cell of a model's grid can see of its input: the theoretical receptive field.

Measured, not looked up: NaN spreads through every convolution, pooling, norm and attention to
exactly the values that depend on it, whatever the weights are (0 * NaN is NaN). So a long strip
of input whose columns are NaN up to some x leaves clean exactly the cells that see none of these
columns, and the last x that leaves a cell clean is where its field begins. The strip is narrow,
which costs a fraction of an image, and as long as the field needs.

The passes run in float64 on a copy: its convolutions are plain sums of products, while the fast
ones of float32 (Winograd, FFT) may smear a NaN over a whole tile. The model is never touched.
"""

from __future__ import annotations

import copy
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from softcam_core.errors import CancelledError
from softcam_core.models.softcam import Network, SoftCAM

SHORTEST = 512
LONGEST = 4096
"""Input pixels along a strip; a field that is longer than that is the whole image's."""

_ROWS, _COLUMNS = 2, 3
_CLEAN = 3
"""So many cells at either end of a strip must not see its middle."""
_Cancelled = Callable[[], bool]


@dataclass(frozen=True)
class Field:
    """What cells of a grid see, in pixels of the input, as (rows, columns).

    The cell in row r sees the rows from ``first[0] + r * stride[0]`` on, ``size[0]`` of them, as
    far as the input has them. Where every cell sees everything, ``first`` and ``stride`` are 0
    and ``size`` is the input's.
    """

    first: tuple[int, int]
    stride: tuple[int, int]
    size: tuple[int, int]


@dataclass(frozen=True)
class _Span:
    """A field along one axis."""

    first: int
    stride: int
    size: int

    def after(self, before: _Span) -> _Span:
        """Return the field of this grid's cells in the input of the one ``before`` it."""
        return _Span(
            before.first + self.first * before.stride,
            self.stride * before.stride,
            before.size + (self.size - 1) * before.stride,
        )


class _UnboundedError(Exception):
    """The field is longer than the longest strip, or not the same for all cells."""


def receptive_field(model: Network, cancelled: _Cancelled = lambda: False) -> Field | None:
    """Measure what a cell of a model's maps sees.

    That is a cell of its evidence, or of its features where it has none, as a black box. Of a
    head that normalises by the whole image (ConvNeXt's), only the features count: all cells
    share that one number.

    Args:
        model: any network of this project; neither its weights nor its mode change.
        cancelled: asked between the passes, of which there are about 20 per part.

    Returns:
        The field; the whole input where attention, squeeze and excitation or anything else joins
        distant places; None where the fields cannot be told: the network takes only images of a
        size of its own, or has windows (Swin's), and some cells do not see all of the image; or
        it fails on what the measuring feeds it.

    Raises:
        CancelledError: ``cancelled()`` said so.
    """
    try:
        return _measured(model, cancelled)
    except CancelledError:
        raise
    except Exception:  # A network of any kind may fail in any way on a strip.
        return None


def _measured(model: Network, cancelled: _Cancelled) -> Field | None:
    parts = [(model.backbone, 3, max(model.row.min_size, 32), SHORTEST)]
    if isinstance(model, SoftCAM) and model.row.head != "norm_linear":
        parts.append((model.head, model.row.channels, max(model.row.cells, 1), 64))
    spans: dict[int, _Span] = {}
    for network, channels, short, shortest in parts:
        plain = _copied(network)
        try:
            if model.row.fixed_size:
                raise _UnboundedError
            found = _both(plain, channels, short, shortest, cancelled)
        except _UnboundedError:
            return _whole(plain, model.spec.input.size, cancelled)
        except (RuntimeError, ValueError):
            # The network does not take a strip.
            return _whole(plain, model.spec.input.size, cancelled)
        spans = {axis: span.after(spans[axis]) if spans else span for axis, span in found.items()}
    rows, columns = spans[_ROWS], spans[_COLUMNS]
    return Field(
        (rows.first, columns.first), (rows.stride, columns.stride), (rows.size, columns.size)
    )


def _copied(network: nn.Module) -> nn.Module:
    """Return a copy without hooks: an explanation in another thread may have some on it now."""
    hooks: dict[int, Any] = {
        id(value): OrderedDict()
        for module in network.modules()
        for name, value in vars(module).items()
        if "_hooks" in name and isinstance(value, dict)
    }
    return copy.deepcopy(network, hooks).cpu().double().eval()


def _whole(network: nn.Module, size: tuple[int, int], cancelled: _Cancelled) -> Field | None:
    """Return the field that is the whole input, if each corner reaches every cell."""
    height, width = size
    for row, column in ((0, 0), (0, width - 1), (height - 1, 0), (height - 1, width - 1)):
        if cancelled():
            raise CancelledError
        x = torch.zeros(1, 3, height, width, dtype=torch.float64)
        x[:, :, row, column] = torch.nan
        try:
            with torch.inference_mode():
                reached = network(x).isnan().any(dim=1)
        except (RuntimeError, ValueError):
            return None
        if not reached.all():
            return None
    return Field((0, 0), (0, 0), (height, width))


def _both(
    network: nn.Module, channels: int, short: int, shortest: int, cancelled: _Cancelled
) -> dict[int, _Span]:
    """Measure along columns, and see whether the same holds along rows; measure again if not."""
    across = _Strip(network, channels, short, _COLUMNS, cancelled)
    down = _Strip(network, channels, short, _ROWS, cancelled)
    length, span = across.measure(shortest)
    same = down.confirms(length, span)
    return {_COLUMNS: span, _ROWS: span if same else down.measure(shortest)[1]}


class _Strip:
    """A network seen through narrow inputs, along one axis."""

    def __init__(
        self, network: nn.Module, channels: int, short: int, axis: int, cancelled: _Cancelled
    ) -> None:
        self._network = network
        self._channels = channels
        self._short = short
        self._axis = axis
        self._cancelled = cancelled

    def reached(self, length: int, start: int, stop: int) -> NDArray[np.bool_]:
        """Return which cells see any of the places from ``start`` to before ``stop``."""
        if self._cancelled():
            raise CancelledError
        shape = [1, self._channels, self._short, self._short]
        shape[self._axis] = length
        x = torch.zeros(shape, dtype=torch.float64)
        x.narrow(self._axis, start, stop - start).fill_(torch.nan)
        with torch.inference_mode():
            cells: Tensor = self._network(x).isnan()
        across = (0, 1, 5 - self._axis)
        return cells.any(dim=across).numpy()

    def measure(self, shortest: int) -> tuple[int, _Span]:
        """Return the field, and the length of strip that it took."""
        length = shortest
        for _ in self._longer(shortest):
            middle = length // 2
            seen = np.flatnonzero(self.reached(length, middle, middle + 1))
            count = len(self.reached(length, 0, 0))
            if seen.size and min(seen[0], count - 1 - seen[-1]) >= _CLEAN:
                break
            length *= 2
        else:
            raise _UnboundedError
        stride = round(length / (len(self.reached(2 * length, 0, 0)) - count))
        cell, first = self._first(length, stride)
        other, last = self._last(length, stride)
        size = last + (cell - other) * stride - first + 1
        span = _Span(first - cell * stride, stride, size)
        # The cells that see one place must be those that the span says.
        nearest = -((span.first + size - 1 - middle) // stride)
        farthest = (middle - span.first) // stride
        if (seen[0], seen[-1]) != (nearest, farthest):
            raise _UnboundedError
        return length, span

    def _longer(self, shortest: int) -> Iterator[int]:
        length = shortest
        while length <= max(LONGEST, shortest):
            yield length
            length *= 2

    def _first(self, length: int, stride: int) -> tuple[int, int]:
        """Return a cell and the first place that it sees."""

        def clean(x: int) -> int:
            return _end(self.reached(length, 0, x), 0)

        low = length // 2
        cell = clean(low)
        # The last x whose columns before it leave the cell clean.
        return cell, _turn(lambda x: clean(x) == cell, low, low + stride)

    def _last(self, length: int, stride: int) -> tuple[int, int]:
        """Return a cell and the last place that it sees."""

        def clean(x: int) -> int:
            return _end(self.reached(length, length - x, length), -1)

        low = length - length // 2
        cell = clean(low)
        return cell, length - 1 - _turn(lambda x: clean(x) == cell, low, low + stride)

    def confirms(self, length: int, span: _Span) -> bool:
        """Return whether a field holds along this axis too: four passes."""
        count = len(self.reached(length, 0, 0))
        cell = count // 2
        first = span.first + cell * span.stride
        after = first + span.size
        if not 0 < first < after < length:
            return False
        return (
            not self.reached(length, 0, first)[cell]
            and bool(self.reached(length, 0, first + 1)[cell])
            and not self.reached(length, after, length)[cell]
            and bool(self.reached(length, after - 1, length)[cell])
        )


def _end(reached: NDArray[np.bool_], which: int) -> int:
    """Return the first (0) or last (-1) cell that is not reached.

    Raises:
        _UnboundedError: every cell is: windows that follow the input's size reach farther here.
    """
    clean = np.flatnonzero(~reached)
    if not clean.size:
        raise _UnboundedError
    return int(clean[which])


def _turn(holds: Callable[[int], bool], low: int, high: int) -> int:
    """Return the last number that something holds for, which holds for ``low``, by halves.

    Raises:
        _UnboundedError: it holds beyond ``high`` too.
    """
    if holds(high + 1):
        raise _UnboundedError
    high += 1
    while high - low > 1:
        middle = (low + high) // 2
        if holds(middle):
            low = middle
        else:
            high = middle
    return low
