"""What a sweep trains: architectures x penalties x values x seeds, and the dense model of each.

Values that the configuration does not give are a grid of costs. What a lambda does depends on the
size of the map and the number of classes: with n = classes x rows x columns numbers of mean
magnitude 1, l1 = v adds v n to the loss, and l2 = v adds v sqrt(n) (v n where ``loss.ridge`` is
``squared``). The grid is that cost at .001, .003, .01, .03, .1, .3 and 1, divided by n or sqrt(n)
and rounded to two digits. The paper's own lambdas cost .026 (fundus, l1 = 5e-5 on 16 x 16 x 2) and
.92 (OCT, l1 = 9e-4 on 16 x 16 x 4) with ResNet-50, .0027 (OCT) with VGG, .0016 and .0045 (RSNA,
l2); one lies below the grid: .0005 (fundus, VGG, l1 = 1e-6).

Free of torch.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from softcam_core.errors import ConfigError
from softcam_core.training.config import Config, SweepConfig
from softcam_core.training.config.schema import Lambda

COSTS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
"""Of the grid, for evidence of mean magnitude 1, in units of the cross-entropy (nats)."""
DENSE = "dense"
"""In place of a penalty: the reference, l1 = l2 = 0."""
RUNS = "runs"


@dataclass(frozen=True)
class Run:
    """One run of a sweep.

    Attributes:
        name: of its folder below ``runs``: ``<arch>-<penalty>-<value>-seed<k>``.
        penalty: ``l1``, ``l2`` or `DENSE`.
        value: of the penalty's lambda.
        config: what is trained, with the run's own folder as ``output.dir``.
    """

    name: str
    arch: str
    penalty: str
    value: float
    seed: int
    config: Config


@dataclass(frozen=True)
class Panel:
    """The values of one penalty that are tried on one architecture.

    Attributes:
        runs: value -> a run for each seed; values ascending. 0 is among them only where the other
            lambda is above 0, so that 0 is not the dense model.
        dense: the reference's runs, one for each seed.
    """

    arch: str
    penalty: Lambda
    runs: dict[float, tuple[Run, ...]]
    dense: tuple[Run, ...]


@dataclass(frozen=True)
class Plan:
    """Every run of a sweep, and how many epochs each has at most."""

    panels: tuple[Panel, ...]
    epochs: int

    def runs(self) -> list[Run]:
        """Return every run once: the dense ones of an architecture before its others."""
        found: dict[str, Run] = {}
        for panel in self.panels:
            for run in (*panel.dense, *(run for runs in panel.runs.values() for run in runs)):
                found.setdefault(run.name, run)
        return list(found.values())


def penalties(config: Config) -> tuple[Lambda, ...]:
    """Return the lambdas that are swept: ``sweep.over``, else ``loss.select``, else l1."""
    return tuple(dict.fromkeys(config.sweep.over or config.loss.select or ("l1",)))


def default_values(penalty: Lambda, numbers: int, *, squared: bool = False) -> tuple[float, ...]:
    """Return the grid of lambdas for evidence of ``numbers`` = classes x rows x columns."""
    scale = numbers if penalty == "l1" or squared else math.sqrt(numbers)
    return tuple(float(f"{cost / scale:.1e}") for cost in COSTS)


def make_plan(config: Config, numbers: Callable[[str], int]) -> Plan:
    """Plan a sweep.

    A lambda that is not swept stays as configured; of two swept ones each is swept with the other
    at 0. The dense model has neither.

    Args:
        config: the sweep's; its ``output.dir`` is the sweep's folder.
        numbers: architecture -> classes x rows x columns of its evidence; asked only where the
            configuration gives no values.

    Raises:
        ConfigError: there is no evidence to penalise, or a key of ``[sweep]`` is out of range.
    """
    if config.model.head != "softcam":
        raise ConfigError(
            f"A sweep needs evidence to penalise, and model.head is {config.model.head}; set it "
            "to softcam."
        )
    if config.sweep.halving == 1:
        raise ConfigError(
            "sweep.halving is 1; 0 trains every value to the end, N > 1 keeps an N-th part of them."
        )
    seeds = tuple(dict.fromkeys(config.sweep.seeds or (config.train.seed,)))
    swept = penalties(config)
    panels = []
    for arch in dict.fromkeys(config.sweep.archs or (config.model.arch,)):
        dense = tuple(_run(config, arch, DENSE, 0.0, seed) for seed in seeds)
        for penalty in swept:
            values = _values(config, arch, penalty, numbers)
            if _lambdas(config, penalty, 0.0) != (0.0, 0.0):
                values = (0.0, *values)
            runs = {
                value: tuple(_run(config, arch, penalty, value, seed) for seed in seeds)
                for value in values
            }
            panels.append(Panel(arch, penalty, runs, dense))
    return Plan(tuple(panels), config.train.epochs)


def chosen_config(config: Config, arch: str, lambdas: dict[str, float]) -> Config:
    """Return the user's configuration with chosen lambdas: it trains as it is.

    What was chosen leaves ``loss.select``, ``[sweep]`` is emptied, and the run folder is
    ``chosen`` in the sweep's.
    """
    return replace(
        config,
        model=replace(config.model, arch=arch),
        loss=replace(
            config.loss,
            l1=lambdas.get("l1", config.loss.l1),
            l2=lambdas.get("l2", config.loss.l2),
            select=tuple(name for name in config.loss.select if name not in lambdas),
        ),
        sweep=SweepConfig(),
        output=replace(config.output, dir=str(Path(config.output.dir) / "chosen")),
    )


def value_text(value: float) -> str:
    """Write a lambda as it is typed: 5e-5, 1.5e-3, 0.02, 0."""
    if value == 0 or value >= 0.01:
        return f"{value:.6g}"
    mantissa, _, exponent = f"{value:.5e}".partition("e")
    return f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}"


def _values(
    config: Config, arch: str, penalty: Lambda, numbers: Callable[[str], int]
) -> tuple[float, ...]:
    given = config.sweep.l1 if penalty == "l1" else config.sweep.l2
    if not given:
        squared = config.loss.ridge == "squared"
        return default_values(penalty, numbers(arch), squared=squared)
    for value in given:
        if not 0 <= value < math.inf:
            raise ConfigError(f"sweep.{penalty} holds {value:g}; a lambda is 0 or above.")
    by_name = {value_text(value): value for value in sorted(given) if value > 0}
    if not by_name:
        raise ConfigError(f"sweep.{penalty} holds no value above 0; name some, or leave it out.")
    return tuple(by_name.values())


def _lambdas(config: Config, penalty: str, value: float) -> tuple[float, float]:
    """Return l1 and l2 of a run."""
    if penalty == DENSE:
        return 0.0, 0.0
    swept = penalties(config)
    l1, l2 = (0.0 if name in swept else getattr(config.loss, name) for name in ("l1", "l2"))
    return (value, l2) if penalty == "l1" else (l1, value)


def _run(config: Config, arch: str, penalty: str, value: float, seed: int) -> Run:
    l1, l2 = _lambdas(config, penalty, value)
    middle = penalty if penalty == DENSE else f"{penalty}-{value_text(value)}"
    name = f"{arch}-{middle}-seed{seed}"
    settings = replace(
        config,
        model=replace(config.model, arch=arch),
        loss=replace(config.loss, l1=l1, l2=l2, select=()),
        train=replace(config.train, seed=seed),
        output=replace(config.output, dir=str(Path(config.output.dir).expanduser() / RUNS / name)),
        sweep=SweepConfig(),
    )
    return Run(name, arch, penalty, value, seed, settings)
