"""The sweep: a generator that trains what the plan says, chooses, and yields what happens.

Everything that is decided is decided from the run folders' metrics.csv, so that a sweep that was
killed at any moment and goes on decides as an unbroken one. Finished runs are kept; one that was
cut off goes on exactly, see `softcam_core.training.loop`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import cast

import torch

from softcam_core.errors import ConfigError, DivergedError, TrainingError
from softcam_core.imaging.preprocess import InputSpec
from softcam_core.models.build import build_model
from softcam_core.models.described import map_size
from softcam_core.training.config import Config
from softcam_core.training.events import EpochDone, Event, Note
from softcam_core.training.loop import train
from softcam_core.training.provenance import as_begun, last_edit
from softcam_core.training.sources import read_data
from softcam_core.training.start import check_model
from softcam_core.training.sweep.choose import Candidate, passes
from softcam_core.training.sweep.events import RunFailed, SweepEvent, SweepFinished, SweepRun
from softcam_core.training.sweep.folder import INPUTS, held, prepare, writing
from softcam_core.training.sweep.halving import promoted, rung_epochs
from softcam_core.training.sweep.plan import Panel, Run, make_plan
from softcam_core.training.sweep.records import (
    TABLE,
    RunResult,
    SweepPoint,
    is_sweep,
    read_state,
    read_table,
)
from softcam_core.training.sweep.results import result_of
from softcam_core.training.sweep.write import Asked, finish, write_progress

LAST = "last.ckpt"


def sweep(
    config: Config,
    *,
    resume: bool = False,
    overwrite: bool = False,
    cancelled: Callable[[], bool] | None = None,
) -> Iterator[SweepEvent]:
    """Train a model for each lambda, choose the lambdas, and yield what happens.

    ``output.dir`` receives ``runs/<name>/`` (one run folder each), ``sweep.csv``,
    ``selection.json``, ``sweep.png``, ``sweep.svg`` and ``chosen.toml``. The runs share decoded
    inputs: in ``data.cache_dir``, or in a folder that is removed at the end.

    Args:
        config: from `load_config`; its ``[sweep]`` says what is tried.
        resume: go on with the sweep of the folder, if there is one; further values, architectures
            and seeds join those that it has.
        overwrite: replace a sweep that the folder already holds.
        cancelled: asked at every step; True ends the sweep with CancelledError, and it can be
            resumed.

    Raises:
        ConfigError, ModelError, DeviceError, TrainingError: one sentence each; also, once all else
            is trained and written, if a dense model failed and nothing can be chosen beside it.
        CancelledError: ``cancelled`` said so.
    """
    if int(os.environ.get("WORLD_SIZE", "1")) > 1:
        raise ConfigError(
            "A sweep trains its models one after another in one process; start softcam sweep "
            "without torchrun."
        )
    folder = Path(config.output.dir).expanduser()
    with held(folder):
        yield from _Sweep(config, folder, cancelled).events(resume, overwrite)


class _Sweep:
    """One sweep: its plan, and what is known of its runs."""

    def __init__(self, config: Config, folder: Path, cancelled: Callable[[], bool] | None) -> None:
        self.config, self.folder, self.cancelled = config, folder, cancelled
        self.failed: dict[str, str] = {}
        self.rungs: dict[str, int] = {}
        self.said: set[str] = set()

    def events(self, resume: bool, overwrite: bool) -> Iterator[SweepEvent]:
        """Go from the plan to the choice."""
        data, goes_on = self.config.data, resume and not overwrite and is_sweep(self.folder)
        began = read_state(self.folder)["config"] if goes_on else None
        self.config = as_begun(self.config, began, lambda: last_edit(data))
        table = read_data(self.config.data, self.config.data.classes)
        if self.config.data.study:
            data = replace(self.config.data, classes=table.classes)
            self.config = replace(self.config, data=data)
        classes = len(table.classes)
        self.plan = make_plan(self.config, lambda arch: self._numbers(arch, classes))
        self.second = "auc" if classes == 2 else "kappa"
        for run in {run.arch: run for run in self.plan.runs()}.values():
            check_model(run.config)
        digest = table.digest()
        if prepare(self.folder, self.config, digest, resume=resume, overwrite=overwrite):
            self.failed = dict(read_state(self.folder)["failed"])
            with suppress(OSError, ValueError, KeyError):  # A damaged one is written anew.
                self.rungs = {row.run: row.rung for row in read_table(self.folder / TABLE)}
        elif resume:
            yield Note(f"{self.folder} holds no sweep yet; starting from the beginning.")
        seeds = len(self.plan.panels[0].dense)
        self.asked = Asked(self.folder, self.config, digest, self.second, seeds)
        self._write()
        for panel in self.plan.panels:
            yield from self._panel(panel)
        with writing(self.folder):
            record = finish(self.asked, [self._result(run) for run in self.plan.runs()])
            if not self.config.data.cache_dir:
                with suppress(FileNotFoundError):
                    shutil.rmtree(self.folder / INPUTS)
        yield SweepFinished(record)
        for one in record.panels:
            if one.reference.failed:
                raise TrainingError(one.sentence)

    def _panel(self, panel: Panel) -> Iterator[SweepEvent]:
        """Train the values of one penalty, those that stay at each rung."""
        rate = self.config.sweep.halving
        alive, dropped = list(panel.runs), list[float]()
        rungs = rung_epochs(self.plan.epochs, rate, len(alive))
        for number, epochs in enumerate(rungs, start=1):
            place = (number, len(rungs))
            yield from self._train(panel.dense, epochs, place)
            if any(run.name in self.failed for run in panel.dense):
                return
            for value in alive:
                yield from self._train(panel.runs[value], epochs, place)
            if number < len(rungs):
                candidates = [self._candidate(panel.runs[value], epochs) for value in alive]
                reference = self._candidate(panel.dense, epochs)
                alive, out = promoted(candidates, reference, self.config.sweep.tolerance, rate)
                dropped = out + dropped
        while dropped and not self._any_passes(panel, alive):
            value = dropped.pop(0)
            yield from self._train(panel.runs[value], self.plan.epochs, (len(rungs), len(rungs)))
            alive.append(value)

    def _train(
        self, runs: Sequence[Run], epochs: int, place: tuple[int, int]
    ) -> Iterator[SweepEvent]:
        """Train runs to a number of epochs; those that are there already are left alone."""
        names = [run.name for run in self.plan.runs()]
        for run in runs:
            self.rungs[run.name] = max(place[0], self.rungs.get(run.name, 0))
            if run.name in self.failed or self._reached(run, epochs):
                continue
            number = names.index(run.name) + 1
            yield SweepRun(run.name, number, len(names), epochs, *place)
            try:
                yield from self._go_on(run, epochs)
            except DivergedError as error:
                self.failed[run.name] = str(error)
                yield RunFailed(run.name, str(error))
            self._write()

    def _go_on(self, run: Run, epochs: int) -> Iterator[Event]:
        """Begin or resume one run; at an early rung leave it after an epoch of the full schedule.

        A note that an earlier run gave already is not given again.
        """
        config = run.config
        if not config.data.cache_dir:
            inputs = str(self.folder / INPUTS)
            config = replace(config, data=replace(config.data, cache_dir=inputs))
        resume = (Path(config.output.dir) / LAST).exists()
        events = train(config, resume=resume, overwrite=not resume, cancelled=self.cancelled)
        with closing(cast("Generator[Event, None, None]", events)):
            for event in events:
                if isinstance(event, Note):
                    if event.text in self.said:
                        continue
                    self.said.add(event.text)
                yield event
                early = epochs < self.plan.epochs
                if early and isinstance(event, EpochDone) and event.row["epoch"] >= epochs:
                    return

    def _reached(self, run: Run, epochs: int) -> bool:
        """Tell whether a run has so many epochs, or has ended by itself."""
        result = self._result(run)
        return result.done or (epochs < self.plan.epochs and result.epochs >= epochs)

    def _result(self, run: Run, limit: int | None = None) -> RunResult:
        return result_of(
            run,
            self.plan.epochs,
            limit,
            rung=self.rungs.get(run.name, 0),
            failed=self.failed.get(run.name, ""),
        )

    def _candidate(self, runs: Sequence[Run], epochs: int) -> Candidate:
        """Return the metrics of a value after so many epochs."""
        results = tuple(self._result(run, epochs) for run in runs)
        return SweepPoint(runs[0].value, results).candidate(self.second)

    def _any_passes(self, panel: Panel, values: Sequence[float]) -> bool:
        reference = self._candidate(panel.dense, self.plan.epochs)
        return any(
            passes(
                self._candidate(panel.runs[value], self.plan.epochs),
                reference,
                self.config.sweep.tolerance,
            )
            for value in values
        )

    def _numbers(self, arch: str, classes: int) -> int:
        """Return classes x rows x columns of an architecture's evidence."""
        side = self.config.data.image_size
        with torch.device("meta"):
            model = build_model(
                arch,
                tuple(str(i) for i in range(classes)),
                "softcam",
                input=InputSpec(size=(side, side)),
                options=self.config.model.options,
            )
        found = map_size(model)
        if not found:
            raise ConfigError(
                f"The size of {arch}'s evidence is not known beforehand; name the values to try "
                "in sweep.l1 or sweep.l2."
            )
        rows, columns = found["map"]
        return classes * int(rows) * int(columns)

    def _write(self) -> None:
        """Replace what the folder says of the sweep so far."""
        results = [self._result(run) for run in self.plan.runs()]
        with writing(self.folder):
            write_progress(self.asked, results, self.failed)
