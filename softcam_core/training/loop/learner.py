"""What learns: the network, its optimiser, and how far in which epoch they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from lightning_fabric import Fabric
from torch import Tensor, nn

from softcam_core.training.config import Config
from softcam_core.training.data import Batch
from softcam_core.training.dual_branch import parameter_groups
from softcam_core.training.loop.images import Images
from softcam_core.training.loop.order import Steps
from softcam_core.training.loss import LossTerms, training_loss
from softcam_core.training.runtime import seed_pass
from softcam_core.training.schedule import learning_rate, stepped_rate
from softcam_core.training.start import start_model


class Learner:
    """A network that is being trained.

    Attributes:
        model: the network itself; ``network`` is it with its precision and processes.
        inputs: what the network is called with beside the images.
        record: what its weights were at first.
        notes: sentences for the user.
        epoch, step: where it is, from 0; an epoch whose steps are all done may be unvalidated.
    """

    def __init__(
        self, config: Config, fabric: Fabric, images: Images, weights: Path | None
    ) -> None:
        """Build the network of a configuration, with fresh weights or those of a file.

        Raises:
            ModelError, ConfigError: the weights do not fit.
        """
        self._config, self._fabric = config, fabric
        settings = config.train
        start = start_model(config, images.table.classes, images.spec, weights)
        self.notes, self.record = start.notes, start.record
        self.model = start.model
        if settings.sync_batchnorm and fabric.world_size > 1:
            nn.SyncBatchNorm.convert_sync_batchnorm(self.model)
        if settings.channels_last:
            self.model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.dual = config.model.head == "dual-branch"
        # A second head is trained and judged without maps of the first one.
        self.inputs: dict[str, bool] = {"maps": False} if self.dual else {}
        self._sgd = torch.optim.SGD(
            parameter_groups(self.model),
            lr=settings.lr,
            momentum=settings.momentum,
            nesterov=settings.momentum > 0,
            weight_decay=settings.weight_decay,
        )
        self.network, self._optimizer = fabric.setup(self.model, self._sgd)
        self.epoch, self.step = 0, 0
        # Total, ce, l1, l2 and guidance, summed over steps and averaged over processes.
        self._sums = torch.zeros(5, dtype=torch.float64, device=fabric.device)

    def begin(self, epoch: int) -> float:
        """Set the learning rate of an epoch and return it."""
        settings = self._config.train
        rate = learning_rate(epoch, settings.lr, settings.epochs, settings.min_lr)
        if self.dual:
            rate = stepped_rate(epoch, settings.lr, settings.epochs, settings.decay_every)
        for group in self._sgd.param_groups:
            group["lr"] = rate * group.get("scale", 1.0)
        return rate

    def finish(self) -> None:
        """Go to the first step of the next epoch."""
        self.epoch, self.step = self.epoch + 1, 0
        self._sums = torch.zeros_like(self._sums)

    def on_device(self, images: Tensor) -> Tensor:
        """Return a batch (B, 3, H, W) beside the network, in the network's memory layout."""
        channels_last = self._config.train.channels_last
        layout = torch.channels_last if channels_last else torch.contiguous_format
        return images.to(self._fabric.device, non_blocking=True).contiguous(memory_format=layout)

    def take_step(self, batches: Iterator[Batch], steps: Steps) -> None:
        """Make the epoch's next step of the optimiser, of one pass or several.

        Dropout depends on seed, epoch and pass alone, counted over all processes: what a resumed
        run draws is what the unbroken one would have drawn, and two processes draw what one of
        two passes does.
        """
        fabric, seed = self._fabric, self._config.train.seed
        rank, processes = fabric.global_rank, fabric.world_size
        passes = steps.accumulate * processes
        found = torch.zeros_like(self._sums)
        for part in range(steps.accumulate):
            batch = next(batches)
            number = part * processes + rank
            seed_pass(seed, self.epoch, self.step * passes + number)
            unfinished = part + 1 < steps.accumulate
            with fabric.no_backward_sync(self.network, enabled=unfinished):
                terms = self._loss(batch, number, passes)
                fabric.backward(terms.total / steps.accumulate)
            values = (terms.total, terms.ce, terms.l1, terms.l2, terms.guidance)
            found += torch.stack([value.detach() for value in values]).double()
        self._optimizer.step()
        self._optimizer.zero_grad()
        found /= steps.accumulate
        if processes > 1:
            mean = fabric.all_reduce(found, reduce_op="mean")
            assert isinstance(mean, Tensor)
            found = mean
        self._sums += found
        self.step += 1

    def _loss(self, batch: Batch, number: int, passes: int) -> LossTerms:
        """Return the loss of one pass, the ``number``-th of a step's over all processes."""
        device, settings = self._fabric.device, self._config.loss
        output = self.network(self.on_device(batch.images), **self.inputs)
        if settings.reduction == "first_sample" and passes > 1:
            # One image of the step counts, however the step is divided.
            times = passes if number == 0 else 0
            settings = replace(settings, l1=settings.l1 * times, l2=settings.l2 * times)
        lesions = None if batch.lesions is None else batch.lesions.to(device)
        drawn = None if batch.drawn is None else batch.drawn.to(device)
        return training_loss(output, batch.labels.to(device), settings, lesions, drawn)

    def losses(self) -> list[float]:
        """Return the means of total, ce, l1, l2 and guidance over the epoch's steps so far."""
        return [float(value) for value in self._sums / max(1, self.step)]

    def share_statistics(self) -> None:
        """Let every process judge by the batch statistics of the first one."""
        if self._fabric.world_size > 1:
            for buffer in self.model.buffers():
                torch.distributed.broadcast(buffer, 0)

    def state(self) -> dict[str, Any]:
        """Return what a checkpoint must hold for `restore`."""
        return {
            "model": self.model.state_dict(),
            "optimizer": self._sgd.state_dict(),
            "precision": self._fabric.strategy.precision.state_dict(),
            "weights": self.record,
            "epoch": self.epoch,
            "step": self.step,
            "sums": self._sums.tolist(),
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Go on from what `state` returned."""
        self.model.load_state_dict(state["model"])
        self._sgd.load_state_dict(state["optimizer"])
        self._fabric.strategy.precision.load_state_dict(state["precision"])
        self.record = state["weights"]
        self.epoch, self.step = state["epoch"], state["step"]
        self._sums = torch.tensor(state["sums"], dtype=torch.float64, device=self._fabric.device)
