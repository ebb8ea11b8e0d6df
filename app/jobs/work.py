"""What the child does: load models, predict and explain, and the metrics of the maps in view.

The only module of the program that imports torch; it is imported in the child process alone.
"""

from __future__ import annotations

import math
import os
import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from numpy.typing import NDArray

from app.jobs import case_report
from app.jobs import evaluate as evaluation
from app.jobs import train as training
from app.jobs.compare import compare
from app.jobs.kept import Answer, KeptAnswers, Stamp
from softcam_core.annotations.rasterize import rasterize_union
from softcam_core.errors import ImageError, SoftcamError
from softcam_core.evaluation.masks import input_mask
from softcam_core.explain import METHODS, MethodError, attribute, identical_to_evidence
from softcam_core.explain.attribution import check_applies
from softcam_core.explain.identical import identical_groups
from softcam_core.explain.occluded import without_pixels
from softcam_core.imaging.geometry import Region
from softcam_core.imaging.preprocess import InputSpec, model_input
from softcam_core.imaging.read import StoredImage, read_image
from softcam_core.metrics.localization import UpsampledMap
from softcam_core.metrics.pointing import pointing_game
from softcam_core.metrics.topk import topk_counts
from softcam_core.models.checkpoint import load_model, model_id
from softcam_core.models.device import resolve_device
from softcam_core.models.predict import checked
from softcam_core.models.receptive import receptive_field
from softcam_core.paths import file_stamp

if TYPE_CHECKING:
    from app.jobs.figure import RecentMaps
    from softcam_core.agreement.table import Agreement

Progress = Callable[..., None]
Cancelled = Callable[[], bool]
ImageKey = tuple[str, int, Stamp | None]
"""Path, frame, and the moment of the file: another content is another image."""

_INPUTS_KEPT = 16
_MAPS_KEPT = 16


class Inputs:
    """The last images' model inputs, so that several models and methods decode a case once."""

    def __init__(self) -> None:
        """Start empty."""
        self._lock = threading.Lock()
        self._inputs: OrderedDict[tuple[ImageKey, InputSpec], tuple[torch.Tensor, Region]] = (
            OrderedDict()
        )
        self._image: tuple[ImageKey, StoredImage] | None = None

    def get(
        self, key: ImageKey, spec: InputSpec, image: StoredImage | None
    ) -> tuple[torch.Tensor, Region]:
        """Return the input (1, 3, rows, columns) on the CPU and the region that it shows.

        ``image`` is the decoded image where the window had it; else the file is read.

        Raises:
            ImageError: the file cannot be read, or is no longer the one of the key.
        """
        with self._lock:
            found = self._inputs.get((key, spec))
            if found is None:
                if image is not None:
                    self._image = key, image
                elif self._image is None or self._image[0] != key:
                    self._image = key, _read(key)
                pixels, region = model_input(self._image[1], spec)
                found = torch.from_numpy(pixels)[None], region
                self._inputs[key, spec] = found
            self._inputs.move_to_end((key, spec))
            while len(self._inputs) > _INPUTS_KEPT:
                self._inputs.popitem(last=False)
            return found


class Worker:
    """Holds the models and does the jobs: quick ones in one thread, slow ones in another."""

    def __init__(self) -> None:
        """Leave one core for the window."""
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
        self._threads = max(1, min(torch.get_num_threads(), (cores or 2) - 1))
        torch.set_num_threads(self._threads)
        self._models: dict[str, Any] = {}
        self._inputs = Inputs()
        self._kept = KeptAnswers()
        self._shelf: RecentMaps | None = None
        self._maps: OrderedDict[Any, UpsampledMap] = OrderedDict()
        self._kinds: dict[str, Callable[[dict[str, Any], Progress, Cancelled], Any]] = {
            "load_model": self._load_model,
            "unload_model": self._unload_model,
            "analyse": self._analyse,
            "explain": self._explain,
            "kept": lambda payload, _, __: self._told(payload, self._kept.find(payload)),
            "metrics": self._metrics,
            "receptive_field": self._receptive_field,
            "without_pixels": self._without_pixels,
            "agreement": self._agreement,
            "evaluate": self._evaluate,
            "evaluation": lambda payload, _, __: evaluation.read(payload["folder"]),
            "train": self._train,
            "case_report": self._case_report,
            "figure": self._figure,
            "pause": lambda _, __, ___: training.pause(),
            "training_data": lambda payload, _, stop: training.summarise(payload["config"], stop),
            "training_time": lambda payload, _, stop: training.estimate(payload["config"], stop),
            "training_weights": lambda payload, _, __: training.kept_weights(payload["archs"]),
        }

    def device_text(self) -> str:
        """Say which device ``auto`` takes."""
        return describe(resolve_device("auto"))

    def devices(self) -> list[tuple[str, str]]:
        """Return (id, text) of each device there is."""
        found = [torch.device("cuda", n) for n in range(torch.cuda.device_count())]
        return [("cpu", "CPU"), *((str(device), describe(device)) for device in found)]

    def run(
        self, kind: str, payload: dict[str, Any], progress: Progress, cancelled: Cancelled
    ) -> Any:
        """Do one job.

        Raises:
            SoftcamError: with one sentence for the user.
            CancelledError: ``cancelled()`` said so.
        """
        return self._kinds[kind](payload, progress, cancelled)

    def explain(self, error: Exception) -> tuple[str, bool]:
        """Return one sentence on an unexpected error, and whether the process is lost with it."""
        text = str(error)
        if isinstance(error, torch.cuda.OutOfMemoryError):
            torch.cuda.empty_cache()
            return "The graphics card is out of memory; choose the CPU in the Models menu.", False
        if isinstance(error, RuntimeError) and "CUDA error" in text:
            return "The graphics card reported a fault; choose the CPU in the Models menu.", True
        if isinstance(error, RuntimeError) and "can't allocate memory" in text:
            return "There is not enough memory; close other programs or images.", False
        return f"The background process could not do this ({type(error).__name__}).", False

    def _load_model(self, payload: dict[str, Any], _: Progress, __: Cancelled) -> Any:
        device = resolve_device(payload["device"])
        path = Path(payload["path"])
        identity = model_id(path)
        model = self._models.get(identity)
        if model is None or next(model.parameters()).device != device:
            model = self._models[identity] = load_model(path, device=str(device))
        return {
            "id": identity,
            "spec_json": model.spec.to_json(),
            "device": describe(device),
            "refused": _refused(model),
            "same": [(group.methods, group.reason) for group in identical_groups(model)],
        }

    def _unload_model(self, payload: dict[str, Any], _: Progress, __: Cancelled) -> Any:
        self._models.pop(payload["model"], None)
        return {}

    def _model(self, identity: str) -> Any:
        if identity not in self._models:
            raise SoftcamError("The model is no longer loaded; open its file again.")
        return self._models[identity]

    def _analyse(self, payload: dict[str, Any], progress: Progress, cancelled: Cancelled) -> Any:
        model = self._model(payload["model"])
        x, region = self._inputs.get(_key(payload), model.spec.input, payload.get("image"))
        x = x.to(next(model.parameters()).device)
        with torch.inference_mode():
            out = model.classify(x)
        logits = checked(out.logits)[0].double().cpu()
        maps: dict[str, NDArray[np.float32]] = {}
        for method in payload["methods"]:
            if method == "evidence" and out.evidence is not None:
                found = out.evidence
            else:
                found = attribute(
                    model,
                    x,
                    method,
                    payload.get("classes"),
                    progress=progress,
                    cancelled=cancelled,
                    engine=payload.get("engine", "torch"),
                )
            maps[method] = np.ascontiguousarray(found[0].float().cpu().numpy())
        return {
            "logits": logits.numpy(),
            "probabilities": torch.softmax(logits, dim=0).numpy(),
            "region": region,
            "maps": maps,
            "identical": _identical(model, payload["methods"]),
        }

    def _explain(self, payload: dict[str, Any], progress: Progress, cancelled: Cancelled) -> Any:
        """Do the same as `_analyse` beside the quick jobs, for a method that takes minutes."""
        # The number of threads belongs to the thread that sets it.
        torch.set_num_threads(self._threads)
        asked = {**payload, "engine": "auto"}
        compute = partial(self._analyse, asked, progress, cancelled)
        return self._told(payload, self._kept.answer(payload, compute))

    def _told(self, payload: dict[str, Any], answer: Answer | None) -> Answer | None:
        """Return an answer from the disk with what is the model's; None stays None."""
        model = self._model(payload["model"])
        return answer and {**answer, "identical": _identical(model, payload["methods"])}

    def _receptive_field(self, payload: dict[str, Any], _: Progress, cancelled: Cancelled) -> Any:
        """Return (first, stride, size) of what a model's cells see, None if unknown."""
        torch.set_num_threads(self._threads)
        identity = payload["model"]
        model = self._model(identity)
        return self._kept.field(identity, lambda: receptive_field(model, cancelled))

    def _without_pixels(self, payload: dict[str, Any], _: Progress, __: Cancelled) -> Any:
        """Predict an image without the pixels of some shapes together."""
        model = self._model(payload["model"])
        x, region = self._inputs.get(_key(payload), model.spec.input, None)
        mask = rasterize_union(payload["shapes"], payload["size"], payload["point_radius"])
        covered = input_mask(mask, region, model.spec.input.size)
        x = x.to(next(model.parameters()).device)
        logits, probabilities = without_pixels(model, x, covered, payload["occluder"])
        return {"logits": logits, "probabilities": probabilities}

    def _agreement(
        self, payload: dict[str, Any], progress: Progress, cancelled: Cancelled
    ) -> Agreement:
        """Compare the readers of a study with each other, or with a model."""
        torch.set_num_threads(self._threads)
        model = None if payload["model"] is None else self._model(payload["model"])
        return compare(payload, model, progress, cancelled)

    def _evaluate(
        self, payload: dict[str, Any], progress: Progress, cancelled: Cancelled
    ) -> dict[str, Any]:
        """Measure models and methods over a study; a child of its own does it."""
        return evaluation.evaluate(payload["asked"], payload["resume"], progress, cancelled)

    def _train(
        self, payload: dict[str, Any], progress: Progress, cancelled: Cancelled
    ) -> dict[str, Any]:
        """Train a model; a child of its own does it."""
        return training.train(payload["asked"], payload["resume"], progress, cancelled)

    def _case_report(
        self, payload: dict[str, Any], progress: Progress, cancelled: Cancelled
    ) -> dict[str, Any]:
        """Make one piece of a case report."""
        torch.set_num_threads(self._threads)
        return case_report.report(payload, self._model, progress, cancelled, self._kept_map)

    def _kept_map(
        self, asked: dict[str, Any], index: int, progress: Progress, cancelled: Cancelled
    ) -> NDArray[np.float32]:
        """Return a slow map of one class from the disk, or compute and keep it."""

        def compute(one: dict[str, Any]) -> dict[str, Any]:
            answer: dict[str, Any] = self._analyse({**one, "engine": "auto"}, progress, cancelled)
            return answer

        found = self._kept.one(asked, index, compute)
        assert found is not None
        return found

    def _figure(
        self, payload: dict[str, Any], progress: Progress, cancelled: Cancelled
    ) -> dict[str, Any]:
        """Make a figure for print, or its preview."""
        # matplotlib comes with the first one.
        from app.jobs.figure import RecentMaps, figure

        torch.set_num_threads(self._threads)
        if self._shelf is None:
            self._shelf = RecentMaps()
        return figure(
            *(payload, self._model, self._analyse, self._kept, self._shelf, progress, cancelled)
        )

    def _metrics(self, payload: dict[str, Any], _: Progress, __: Cancelled) -> Any:
        """Measure each map against the drawn shapes together, as an evaluation does."""
        width, height = payload["size"]
        mask = rasterize_union(payload["shapes"], (height, width), payload["point_radius"])
        results = []
        on_inputs: dict[tuple[Region, tuple[int, int]], NDArray[np.bool_]] = {}
        for found, region, size in payload["maps"]:
            seen = torch.from_numpy(np.ascontiguousarray(region.cut(mask)))
            upsampled = self._upsampled(found, (region.height, region.width))
            precision, sensitivity = upsampled.measure(seen)
            if (region, size) not in on_inputs:
                on_inputs[region, size] = input_mask(mask, region, size)
            topk, hit = self._on_input(found, on_inputs[region, size])
            results.append(
                {
                    "precision": float(precision),
                    "sensitivity": float(sensitivity),
                    "topk": topk,
                    "hit": hit,
                }
            )
        return results

    def _on_input(self, found: NDArray[np.float32], mask: NDArray[np.bool_]) -> tuple[float, float]:
        """Return top-k precision and the hit of the maximum, on the pixels of a model's input."""
        if not mask.any():
            return math.nan, math.nan
        hits, patches = topk_counts(found, mask)
        taken = int(patches[-1])
        hit = pointing_game(found[None], mask[None])
        return int(hits[-1]) / taken if taken else math.nan, float(hit[0])

    def _upsampled(self, found: NDArray[np.float32], size: tuple[int, int]) -> UpsampledMap:
        """Return a map at the size of the masks; the last ones are kept while a shape is drawn."""
        key = found.tobytes(), found.shape, size
        if key not in self._maps:
            self._maps[key] = UpsampledMap(torch.from_numpy(np.ascontiguousarray(found)), size)
        self._maps.move_to_end(key)
        while len(self._maps) > _MAPS_KEPT:
            self._maps.popitem(last=False)
        return self._maps[key]


def _key(payload: dict[str, Any]) -> ImageKey:
    path = payload["path"]
    return path, payload.get("frame", 0), payload.get("stamp") or file_stamp(Path(path))


def _read(key: ImageKey) -> StoredImage:
    path, frame, stamp = key
    image = read_image(Path(path), frame)
    if file_stamp(Path(path)) != stamp:
        raise ImageError(
            f"The file {Path(path).name} has changed since it was opened; compute again."
        )
    return image


def _identical(model: Any, methods: list[str]) -> dict[str, str]:
    """Return why a method says the same as the evidence, for each that does."""
    reasons = {method: identical_to_evidence(model, method) for method in methods}
    return {method: reason for method, reason in reasons.items() if reason is not None}


def _refused(model: Any) -> dict[str, str]:
    """Return why a method cannot explain this model, for each that cannot."""
    refused = {}
    for method in METHODS:
        try:
            check_applies(model, method)
        except MethodError as error:
            refused[method] = str(error)
    return refused


def describe(device: torch.device) -> str:
    """Return a device as the status bar names it."""
    if device.type == "cuda":
        return f"CUDA:{device.index or 0} · {torch.cuda.get_device_name(device)}"
    return "CPU" if device.type == "cpu" else str(device).upper()
