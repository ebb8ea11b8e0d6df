"""What a network says about the validation set, put together from all processes."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace

import numpy as np
import torch
from lightning_fabric import Fabric
from torch import Tensor

from softcam_core.explain import attribute
from softcam_core.models.dual_branch import DualBranch
from softcam_core.training.events import Event, Progress
from softcam_core.training.loop.halt import Halt
from softcam_core.training.loop.images import Images
from softcam_core.training.loop.learner import Learner
from softcam_core.training.loss import balanced_bce
from softcam_core.training.scores import Scores, display_limit, score


@dataclass(frozen=True)
class Predictions:
    """Of the N validation images in the table's order, on the CPU.

    Attributes:
        logits: (N, C); ``sigmoid_logits`` likewise, of a second head.
        labels: (N,).
        evidence: (N, C, h, w); None where the network gives none.
    """

    logits: Tensor
    labels: Tensor
    evidence: Tensor | None
    sigmoid_logits: Tensor | None

    def scores(self) -> Scores:
        """Return the figures; the loss of a second head is its own."""
        found = score(self.logits, self.labels, self.evidence)
        if self.sigmoid_logits is None:
            return found
        return replace(found, loss=float(balanced_bce(self.sigmoid_logits, self.labels)))


class Validation:
    """Passes over the validation set; every process takes its share of the images."""

    def __init__(
        self, fabric: Fabric, images: Images, learner: Learner, halt: Halt, batch: int
    ) -> None:
        """Take the parts of a run, and the images of one process in one pass."""
        self._fabric, self._images, self._learner = fabric, images, learner
        self._halt, self._batch = halt, batch
        self.indices = images.table.indices("val")

    def predict(self) -> Generator[Event, None, Predictions]:
        """Return the predictions of the network as it is."""
        learner = self._learner
        learner.network.eval()
        logits, maps, seconds = [], [], []
        for x, progress in self._batches("validation"):
            with torch.no_grad():
                out = learner.network(x, **learner.inputs)
            logits.append(out.logits.float())
            if out.evidence is not None:
                maps.append(out.evidence.float())
            if learner.dual:
                seconds.append(out.sigmoid_logits.float())
            yield progress
        labels = torch.tensor([self._images.table.samples[i].label for i in self.indices])
        return Predictions(
            self._gathered(logits),
            labels,
            self._gathered(maps) if maps else None,
            self._gathered(seconds) if seconds else None,
        )

    def limits(self, evidence: Tensor | None) -> Generator[Event, None, dict[str, float]]:
        """Return the display limits of Grad-CAM and evidence over the set, per method.

        Args:
            evidence: of `predict`.
        """
        model = self._learner.model
        both = isinstance(model, DualBranch) and model.has_evidence
        maps: dict[str, list[Tensor]] = {"gradcam": [], **({"evidence": []} if both else {})}
        for x, progress in self._batches("limits"):
            for method, found in maps.items():
                found.append(attribute(model, x, method))
            yield progress
        limits = {method: display_limit(self._gathered(found)) for method, found in maps.items()}
        if evidence is not None:
            limits["evidence"] = display_limit(evidence)
        return limits

    def _batches(self, stage: str) -> Iterator[tuple[Tensor, Progress]]:
        """Give the batches of this process, each with what to say once it is done."""
        rank, processes = self._fabric.global_rank, self._fabric.world_size
        # Every process gets as many images: the first ones are repeated, and dropped again below.
        padded = np.resize(self.indices, math.ceil(len(self.indices) / processes) * processes)
        mine = padded[rank::processes].tolist()
        total = math.ceil(len(mine) / self._batch)
        batches = self._images.store.batches(mine, self._batch, threads=self._images.threads)
        for done, batch in enumerate(batches, start=1):
            self._halt.check()
            x = self._learner.on_device(batch.images)
            yield x, Progress(stage, done, total, self._learner.epoch + 1)

    def _gathered(self, batches: list[Tensor]) -> Tensor:
        """Put every process's rows (n, ...) back into the order of the set (N, ...)."""
        mine = torch.cat(batches)
        if self._fabric.world_size == 1:
            return mine.cpu()
        every = self._fabric.all_gather(mine)
        assert isinstance(every, Tensor)
        return every.transpose(0, 1).flatten(0, 1)[: len(self.indices)].cpu()
