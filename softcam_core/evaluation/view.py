"""What one model sees of one image, and the truth in that view."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from softcam_core.evaluation.baselines import centre_prior, random_map
from softcam_core.evaluation.items import Truth
from softcam_core.evaluation.masks import input_mask
from softcam_core.evaluation.metric_ids import CENTRE_PRIOR, RANDOM, RANDOMIZED
from softcam_core.evaluation.plan import LABEL, PREDICTED
from softcam_core.evaluation.subject import Subject
from softcam_core.explain.attribution import attribution
from softcam_core.explain.shared import SharedFeatures
from softcam_core.imaging.geometry import Region
from softcam_core.imaging.preprocess import model_input
from softcam_core.imaging.stored import StoredImage
from softcam_core.metrics.wsol_inputs import to_wsol_boxes, to_wsol_mask
from softcam_core.models.predict import checked

Cancelled = Callable[[], bool]


@dataclass(frozen=True)
class Maps:
    """One method's maps of an image.

    Attributes:
        of: class index -> (h, w) float64 on the CPU.
        seconds: how long they took, the model's own pass included.
    """

    of: dict[int, Tensor]
    seconds: float


class View:
    """One image through one model: a single pass of the backbone serves all that is asked.

    Attributes:
        subject: the model.
        region: the rectangle of the image that the model sees.
        x: its input (1, 3, H, W), on its device.
        probabilities: (C,) float64.
        predicted: index of the most probable class.
        label: index of the class that the image's label stands for; None where it is none.
    """

    def __init__(self, subject: Subject, image: StoredImage, image_id: str, label: str) -> None:
        """Predict the image.

        Raises:
            ModelError: the logits are not finite.
        """
        self.subject = subject
        self._image_id = image_id
        pixels, self.region = model_input(image, subject.network.spec.input)
        self.x = torch.from_numpy(pixels)[None].to(subject.device, subject.dtype)
        self._shared = SharedFeatures()
        start = time.perf_counter()
        output = self._shared.output(subject.network, self.x, subject.options.precision)
        self.probabilities = torch.softmax(checked(output.logits)[0].double(), 0).cpu()
        self._seconds = time.perf_counter() - start
        self.predicted = int(output.logits[0].argmax())
        name = subject.class_of(label)
        self.label = subject.classes.index(name) if name else None

    @property
    def is_right(self) -> bool:
        """Whether the prediction is the label."""
        return self.label == self.predicted

    @property
    def explained(self) -> int:
        """Index of the class whose map is measured against marks."""
        wanted, classes = self.subject.options.explained, self.subject.classes
        if wanted == PREDICTED:
            return self.predicted
        if wanted == LABEL:
            return self.predicted if self.label is None else self.label
        return classes.index(wanted) if wanted in classes else self.predicted

    @property
    def disease(self) -> int | None:
        """Index of the class of diseased images; None where it is not clear which that is."""
        wanted, classes = self.subject.options.disease, self.subject.classes
        if wanted:
            return classes.index(wanted) if wanted in classes else None
        return 1 if len(classes) == 2 else None

    def maps(self, method: str, classes: Sequence[int], cancelled: Cancelled | None) -> Maps:
        """Return the maps of a method, or of a chance method, for some classes."""
        start = time.perf_counter()
        wanted = list(dict.fromkeys(classes))
        if method in (RANDOM, CENTRE_PRIOR):
            grid, seed = self._shared.grid(), self.subject.options.seed
            drawn = (
                random_map(grid, self._image_id, seed) if method == RANDOM else centre_prior(grid)
            )
            found = dict.fromkeys(wanted, drawn)
        else:
            network: nn.Module = self.subject.network
            asked, shared = method, self._shared
            if method == RANDOMIZED:
                network = self.subject.randomized.drawn_for(self._image_id)
                asked = self.subject.methods[0]
                shared = SharedFeatures()
            made = attribution(
                network,
                self.x,
                asked,
                wanted,
                cancelled=cancelled,
                precision=self.subject.options.precision,
                engine="torch" if method == RANDOMIZED else self.subject.engine_of(asked),
                shared=shared,
            ).maps[0]
            found = dict(zip(wanted, made.double().cpu(), strict=True))
        return Maps(found, self._seconds + time.perf_counter() - start)

    def similarities(self, cancelled: Cancelled | None) -> dict[str, list[tuple[str, Tensor]]]:
        """Return, per method, the maps of the explained class after each stage of randomization.

        Returns:
            Method -> [(stage, (h, w) float64), ...]; the first stage is the trained model.
        """
        cascade, index = self.subject.cascade, self.explained
        cascade.reset()
        found: dict[str, list[tuple[str, Tensor]]] = {m: [] for m in self.subject.methods}
        for stage in range(-1, len(cascade)):
            if stage >= 0:
                cascade.draw(stage)
            shared = SharedFeatures()
            for method, maps in found.items():
                made = attribution(
                    cascade.model,
                    self.x,
                    method,
                    [index],
                    cancelled=cancelled,
                    precision=self.subject.options.precision,
                    shared=shared,
                ).maps[0, 0]
                name = "trained" if stage < 0 else cascade.names[stage]
                maps.append((name, made.double().cpu()))
        return found


class TruthInView:
    """The marks on an image as a model's view of it shows them; each form is made once."""

    def __init__(self, truth: Truth, region: Region, size: tuple[int, int]) -> None:
        """Take the marks in ``region`` of the image; ``size`` is that of the model's input."""
        self._truth = truth
        self._region = region
        self._size = size

    @cached_property
    def mask(self) -> Tensor:
        """The region's own pixels, (H, W) bool."""
        return torch.from_numpy(np.ascontiguousarray(self._region.cut(self._truth.mask)))

    @cached_property
    def is_empty(self) -> bool:
        """Whether nothing is marked within the region."""
        return not bool(self.mask.any())

    @cached_property
    def input_mask(self) -> Tensor:
        """The marks on the pixels of the model's input, (H, W) bool."""
        return torch.from_numpy(input_mask(self._truth.mask, self._region, self._size))

    @cached_property
    def wsol_boxes(self) -> Tensor:
        """The boxes (n, 4) in the pixels of the benchmark's score map, those in view alone."""
        r = self._region
        moved = self._truth.boxes - np.array([r.x0, r.y0, r.x0, r.y0], np.float64)
        limits = np.array([r.width, r.height, r.width, r.height], np.float64)
        inside: NDArray[np.float64] = moved.clip(0, limits)
        kept = inside[(inside[:, 2] > inside[:, 0]) & (inside[:, 3] > inside[:, 1])]
        return to_wsol_boxes(kept, (r.width, r.height))

    @cached_property
    def wsol_mask(self) -> Tensor:
        """The benchmark's mask: 0, 1, and 255 where pixels do not count."""
        ignore = self._truth.ignore
        return to_wsol_mask(
            self._region.cut(self._truth.mask),
            None if ignore is None else self._region.cut(ignore),
        )
