"""The words of training runs: their names, how they stand, and their numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from app.texts import MINUS, NO_VALUE
from softcam_core.training.runs import RunRecord

STANDING = {
    "running": "training",
    "paused": "paused",
    "interrupted": "interrupted",
    "failed": "failed",
    "finished": "finished",
}
METRICS = {
    "val_accuracy": "Accuracy",
    "val_auc": "AUC",
    "val_kappa": "Quadratic kappa",
}
_TIME = re.compile(r"^\d{4}-?(\d\d)-?(\d\d)([_T-](\d\d)-?(\d\d)(-?(\d\d))?)?[_-]+(?=\D)")


def tr(text: str) -> str:
    """Return a text in the user's language."""
    return QCoreApplication.translate("training", text)


def plain_name(name: str) -> str:
    """Return a run's name without the time that its folder's name begins with."""
    return _TIME.sub("", name)


def names_of(runs: Sequence[RunRecord]) -> list[str]:
    """Return names that tell runs apart; a time stands behind those that are the same without."""
    names = [plain_name(run.name) for run in runs]
    for time in (_minute, _second, lambda run: run.name):
        same = [names.count(name) > 1 for name in names]
        names = [
            time(run) if again else name for run, name, again in zip(runs, names, same, strict=True)
        ]
    return names


def _minute(run: RunRecord) -> str:
    parts = _TIME.match(run.name)
    if parts is None or not parts[4]:
        return run.name
    return f"{plain_name(run.name)} {parts[1]}-{parts[2]} {parts[4]}:{parts[5]}"


def _second(run: RunRecord) -> str:
    parts = _TIME.match(run.name)
    return f"{_minute(run)}:{parts[7]}" if parts is not None and parts[7] else run.name


def number(value: float, digits: int = 3) -> str:
    """Return a value with so many digits; a dash where it is undefined."""
    if math.isnan(value):
        return NO_VALUE
    return f"{value:.{digits}f}".replace("-", MINUS)


def short(value: float) -> str:
    """Return a value of any size in a few digits."""
    if math.isnan(value):
        return NO_VALUE
    return f"{value:.4g}".replace("-", MINUS)


def duration(seconds: float) -> str:
    """Return a time in the units that suit it."""
    if math.isnan(seconds) or seconds <= 0:
        return NO_VALUE
    if seconds < 60:
        return tr("{0} s").format(round(seconds))
    minutes = round(seconds / 60)
    if minutes < 60:
        return tr("{0} min").format(minutes)
    return tr("{0} h {1:02d} min").format(*divmod(minutes, 60))


def value_text(value: object) -> str:
    """Return a value of a configuration as a person reads it."""
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, list | tuple):
        return ", ".join(map(value_text, value)) or NO_VALUE
    if isinstance(value, dict):
        return ", ".join(f"{key} = {value_text(of)}" for key, of in value.items()) or NO_VALUE
    return str(value) if value != "" else NO_VALUE
