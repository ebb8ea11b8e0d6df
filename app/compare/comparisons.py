"""Differences and agreements of the maps in view, computed once for each pair of maps.

Grids of models are small and compared at once; maps at the input's resolution are compared in
the thread pool, since ranking a quarter of a million cells would hold up the window.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from app.state import PaneMap
from softcam_core.explain.comparing import (
    Agreement,
    Difference,
    GriddedMap,
    agreement,
    difference,
)

AT_ONCE = 64 * 64
"""Maps of up to so many cells are compared without a thread."""

KEPT = 24
"""So many pairs are remembered: every pair of the panes in view that anybody looks at."""


@dataclass(frozen=True)
class Compared:
    """How two maps differ (None where they have no pixel in common), and how far they agree."""

    difference: Difference | None
    agreement: Agreement


class _Result(QObject):
    """Carries a comparison into the GUI thread."""

    done = Signal(object, object)


class _Comparing(QRunnable):
    """Compares two maps in the thread pool."""

    def __init__(self, key: Hashable, pair: tuple[GriddedMap, GriddedMap]) -> None:
        super().__init__()
        self._key = key
        self._pair = pair
        self.signals = _Result()

    def run(self) -> None:
        """Compare, and hand over."""
        self.signals.done.emit(self._key, compare(*self._pair))


def gridded(found: PaneMap) -> GriddedMap:
    """Return a pane's map as the core compares it."""
    limit = max(found.limit, 1e-12)  # a limit of 0 is a map of zeros
    return GriddedMap(found.values, found.region, limit, found.method == "evidence")


def compare(a: GriddedMap, b: GriddedMap) -> Compared:
    """Compare two maps."""
    return Compared(difference(a, b), agreement(a, b))


class Comparisons(QObject):
    """Compares maps, and remembers the latest comparisons."""

    ready = Signal()  # a comparison that was asked for is there now

    def __init__(self, parent: QObject | None = None) -> None:
        """Start with none."""
        super().__init__(parent)
        self._known: OrderedDict[Hashable, Compared] = OrderedDict()
        # The maps of each key stay alive, so that no other map gets their place in memory.
        self._maps: dict[Hashable, tuple[PaneMap, PaneMap]] = {}
        self._running: dict[Hashable, _Comparing] = {}

    def find(self, a: PaneMap, b: PaneMap) -> Compared | None:
        """Return how two maps compare; None while that is being computed."""
        key = _key(a), _key(b)
        if key in self._known:
            self._known.move_to_end(key)
            return self._known[key]
        if key in self._running:
            return None
        self._maps[key] = a, b
        pair = gridded(a), gridded(b)
        if max(a.values.size, b.values.size) <= AT_ONCE:
            return self._keep(key, compare(*pair))
        job = self._running[key] = _Comparing(key, pair)
        job.signals.done.connect(self._done)
        QThreadPool.globalInstance().start(job)
        return None

    def forget(self) -> None:
        """Let go of every map; what is being compared is no longer waited for."""
        self._known.clear()
        self._maps.clear()
        self._running.clear()

    def _done(self, key: Hashable, compared: Compared) -> None:
        if self._running.pop(key, None) is not None:
            self._keep(key, compared)
            self.ready.emit()

    def _keep(self, key: Hashable, compared: Compared) -> Compared:
        self._known[key] = compared
        while len(self._known) > KEPT:
            oldest, _ = self._known.popitem(last=False)
            self._maps.pop(oldest, None)
        return compared


def _key(found: PaneMap) -> Hashable:
    place = found.values.__array_interface__["data"][0]
    return place, found.values.shape, found.region, found.limit, found.method == "evidence"
