"""What the reading protocol lets the reader at work see of a training."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

from app.evaluation.sight import may_be_seen
from app.state import ViewerState
from app.training.words import tr
from softcam_core.training.config import Config
from softcam_core.training.runs import SPLIT, RunRecord


def hides(state: ViewerState, config: Config) -> bool:
    """Return whether a run knows cases of the open study that the reader may not see."""
    data = config.data
    if not data.study:
        return False
    known = {case.id for case in state.cases}
    wanted = known.intersection(data.cases) if data.cases else known
    return not all(may_be_seen(state, case, data.reader) for case in wanted)


def hides_maps(state: ViewerState, run: RunRecord) -> bool:
    """Return whether a run's maps may be of images that the reader may not see a model on yet.

    A table may name the study's own images.
    """
    if hides(state, run.config):
        return True
    hidden = {str(case.path) for case in state.cases if state.sight.hides_model(case.id)}
    return bool(hidden) and not hidden.isdisjoint(_images(run.folder / SPLIT))


def _images(split: Path) -> frozenset[str]:
    """Return the paths of a run's images; none before they are known."""
    try:
        return _paths(split, split.stat().st_mtime_ns)
    except (OSError, ValueError, KeyError):
        return frozenset()


@lru_cache(4)
def _paths(split: Path, _changed: int) -> frozenset[str]:
    with split.open(encoding="utf-8", newline="") as stream:
        return frozenset(str(Path(row["path"]).absolute()) for row in csv.DictReader(stream))


def hidden_sentence() -> str:
    """Return why the protocol keeps a run back."""
    return tr(
        "This run knows cases of which your first read is not locked; the protocol hides what "
        "models and others say about them until then."
    )
