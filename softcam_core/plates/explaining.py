"""The maps of a figure: what each model says of each image, computed once."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from softcam_core.errors import CancelledError, SoftcamError
from softcam_core.explain.attribution import attribute
from softcam_core.explain.methods import SLOW
from softcam_core.explain.registry import REGISTRY
from softcam_core.imaging.geometry import Region
from softcam_core.imaging.preprocess import InputSpec, model_input
from softcam_core.imaging.read import read_image
from softcam_core.imaging.stored import StoredImage
from softcam_core.metrics.localization import UpsampledMap
from softcam_core.models.predict import checked
from softcam_core.models.softcam import Network
from softcam_core.paths import file_stamp
from softcam_core.plates.values import Case, Model

Map = NDArray[np.float32]
Key = tuple[str, str, int, tuple[int, int] | None, str, int]
"""Model, path, frame, moment of the file, method, class index."""
Inputs = Callable[[Case, InputSpec], tuple[Tensor, Region]]
Slow = Callable[[Case, Model, str, int, Callable[[int, int], None], Callable[[], bool]], Map | None]
"""(case, model, method, class index, progress, cancelled) -> the map; None: it would take long."""
STEPS = 1000
"""A figure's progress is told in so many parts."""


@dataclass(frozen=True, eq=False)
class Output:
    """What a model says of an image.

    Attributes:
        logits: (C,) float64; ``probabilities`` their softmax.
        region: the rectangle of the image that the model sees.
        evidence: (C, h, w); None for a black box.
    """

    logits: NDArray[np.float64]
    probabilities: NDArray[np.float64]
    region: Region
    evidence: Map | None


class Shelf:
    """Maps that are known already, by all that they depend on; a window's shelf has a disk."""

    def __init__(self) -> None:
        """Start empty."""
        self._maps: dict[Key, Map] = {}

    def get(self, key: Key) -> Map | None:
        """Return a map, if it is there."""
        return self._maps.get(key)

    def put(self, key: Key, found: Map) -> None:
        """Keep a map."""
        self._maps[key] = found


class Explainer:
    """Computes what a figure needs, in order, and remembers it.

    Attributes:
        waiting: maps that were left out because they take long.
    """

    def __init__(
        self,
        network: Callable[[str], Network],
        inputs: Inputs | None = None,
        *,
        shelf: Shelf | None = None,
        slow: Slow | None = None,
        quick: bool = False,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        """Prepare; nothing is computed yet.

        Args:
            network: model id -> the network in eval mode.
            inputs: makes a model's input (1, 3, rows, columns) of a case.
            shelf: maps that are known already; new ones are added.
            slow: where maps of many passes come from; None: they are computed here.
            quick: leave out maps that take many passes, unless they are known.
            progress: called with (steps done, steps in all).
            cancelled: asked between passes.
        """
        self._network = network
        self._inputs = inputs or self._read_input
        self._shelf = shelf or Shelf()
        self._slow = slow
        self._quick = quick
        self._progress = progress or (lambda _done, _total: None)
        self._cancelled = cancelled or (lambda: False)
        self._images: dict[tuple[str, int], StoredImage] = {}
        self._outputs: dict[tuple[str, str, int], Output] = {}
        self._planned, self._done = 1, 0
        self.waiting = 0

    def plan(self, maps: int) -> None:
        """Say how many maps the figure will ask for, for the progress."""
        self._planned, self._done = max(1, maps), 0

    def image(self, case: Case) -> StoredImage:
        """Return a case's image.

        Raises:
            ImageError: it cannot be read.
        """
        if case.image is not None:
            return case.image
        key = case.path, case.frame
        if key not in self._images:
            self._images[key] = read_image(Path(case.path), case.frame)
        return self._images[key]

    def output(self, case: Case, model: Model) -> Output:
        """Return what a model says of a case.

        Raises:
            SoftcamError: the image cannot be read, or the model says nothing.
            CancelledError: the figure is not wanted any more.
        """
        self.check()
        key = model.id, case.path, case.frame
        if key not in self._outputs:
            network = self._network(model.id)
            x, region = self._inputs(case, model.spec.input)
            with torch.inference_mode():
                out = network.classify(x.to(next(network.parameters())))
            logits = checked(out.logits)[0].double().cpu()
            evidence = None if out.evidence is None else _array(out.evidence)
            self._outputs[key] = Output(
                logits.numpy(), torch.softmax(logits, 0).numpy(), region, evidence
            )
        return self._outputs[key]

    def map(self, case: Case, model: Model, method: str, index: int) -> Map | None:
        """Return a method's (h, w) map of a class; None where it would take long and need not.

        Raises:
            SoftcamError: one sentence why there is none.
            CancelledError: the figure is not wanted any more.
        """
        self.check()
        try:
            found = self._map(case, model, method, index)
        except SoftcamError:
            self._count()
            raise
        self._count()
        return found

    def _count(self) -> None:
        self._done += 1
        self._tell(0, 1)

    def _map(self, case: Case, model: Model, method: str, index: int) -> Map | None:
        out = self.output(case, model)
        if method == "evidence" and out.evidence is not None:
            return np.asarray(out.evidence[index])
        key = (model.id, case.path, case.frame, file_stamp(Path(case.path)), method, index)
        known = self._shelf.get(key)
        if known is not None:
            return known
        if method in SLOW and (self._quick or self._slow is not None):
            ask = (case, model, method, index, self._tell, self._cancelled)
            kept = None if self._slow is None else self._slow(*ask)
            if kept is None:
                self.waiting += 1
            else:
                self._shelf.put(key, kept)
            return kept
        x, _ = self._inputs(case, model.spec.input)
        network = self._network(model.id)
        found = attribute(
            *(network, x.to(next(network.parameters())), method, [index]),
            progress=self._tell,
            cancelled=self._cancelled,
            engine="auto" if method in SLOW else "torch",
        )
        values: Map = _array(found)[0]
        self._shelf.put(key, values)
        return values

    def check(self) -> None:
        """Go on, unless the figure is not wanted any more.

        Raises:
            CancelledError: it is not.
        """
        if self._cancelled():
            raise CancelledError

    def _tell(self, done: int, total: int) -> None:
        share = (self._done + done / max(total, 1)) / self._planned
        self._progress(min(round(STEPS * share), STEPS), STEPS)

    def _read_input(self, case: Case, spec: InputSpec) -> tuple[Tensor, Region]:
        pixels, region = model_input(self.image(case), spec)
        return torch.from_numpy(pixels)[None], region


def method_options(method: str) -> dict[str, Any]:
    """Return the options of a method with the values that figures are made with."""
    return {
        name: parameter.default
        for name, parameter in inspect.signature(REGISTRY[method].run).parameters.items()
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY
    }


def precision_and_sensitivity(
    values: Map, region: Region, mask: NDArray[np.bool_]
) -> tuple[float, float]:
    """Return activation precision and sensitivity of a map against the marks of the whole image.

    As everywhere in the project: on the pixels of the image that the model sees. NaN where one is
    undefined.
    """
    upsampled = UpsampledMap(
        torch.from_numpy(np.ascontiguousarray(values)), (region.height, region.width)
    )
    seen = torch.from_numpy(np.ascontiguousarray(region.cut(mask)))
    precision, sensitivity = upsampled.measure(seen)
    return float(precision), float(sensitivity)


def _array(found: Tensor) -> Map:
    return np.ascontiguousarray(found[0].float().cpu().numpy())
