"""A figure, as the child makes it: small and at once for a preview, whole for a file."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.jobs.kept import KeptAnswers
from softcam_core.explain.comparing import GriddedMap, agreement
from softcam_core.plates.explaining import Explainer, Key, Map, Shelf
from softcam_core.plates.make import make_figure
from softcam_core.plates.study_marks import study_marks
from softcam_core.plates.values import Asked, Case, Model

Progress = Callable[..., None]
Cancelled = Callable[[], bool]
Analyse = Callable[[dict[str, Any], Progress, Cancelled], dict[str, Any]]

KEPT_BYTES = 128 * 1024 * 1024


class RecentMaps(Shelf):
    """The maps of the last figures: a preview follows another, and the file the last preview."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._recent: OrderedDict[Key, Map] = OrderedDict()
        self._bytes = 0

    def get(self, key: Key) -> Map | None:
        """Return a map, if it is there."""
        found = self._recent.get(key)
        if found is not None:
            self._recent.move_to_end(key)
        return found

    def put(self, key: Key, found: Map) -> None:
        """Keep a map; those used longest ago go."""
        if key not in self._recent:
            self._recent[key] = found
            self._bytes += found.nbytes
        while self._bytes > KEPT_BYTES:
            _, oldest = self._recent.popitem(last=False)
            self._bytes -= oldest.nbytes


def figure(
    payload: dict[str, Any],
    model: Callable[[str], Any],
    analyse: Analyse,
    kept: KeptAnswers,
    shelf: Shelf,
    progress: Progress,
    cancelled: Cancelled,
) -> dict[str, Any]:
    """Make a figure.

    ``payload``: ``asked`` (`Asked`, its cases without marks), ``study`` (path or None), ``marks``
    (a (case id, whose) for each case), ``pane_marks`` (the same for each pane, or None),
    ``sides`` (the two maps of each pane that shows their difference, or None), ``kind``
    (``png``, ``svg``, ``pdf``), ``quick``: leave out maps that would take long.

    Raises:
        SoftcamError: one sentence.
        CancelledError: ``cancelled()`` said so.
    """
    quick = bool(payload.get("quick"))

    def slow(
        case: Case, of: Model, method: str, index: int, told: Progress, stop: Cancelled
    ) -> Map | None:
        asked = {"model": of.id, "path": case.path, "frame": case.frame, "methods": [method]}
        if quick:
            return kept.one(asked, index, None)
        return kept.one(asked, index, lambda one: analyse({**one, "engine": "auto"}, told, stop))

    explainer = Explainer(
        model, shelf=shelf, slow=slow, quick=quick, progress=progress, cancelled=cancelled
    )
    asked = _with_agreement(_with_marks(payload), payload.get("sides", ()))
    made = make_figure(asked, explainer, payload["kind"])
    return {
        "data": made.data,
        "caption": made.caption,
        "problems": list(made.problems),
        "waiting": made.waiting,
    }


def _with_agreement(asked: Asked, sides: Sequence[tuple[GriddedMap, GriddedMap] | None]) -> Asked:
    """Say of each pane with a difference how far its two maps agree; ranking them takes a while."""
    panes = list(asked.panes)
    for number, pair in enumerate(sides):
        if pair is not None:
            found = agreement(*pair)
            numbers = found.correlation, found.overlap
            panes[number] = replace(panes[number], agreement=numbers)
    return replace(asked, panes=tuple(panes))


def _with_marks(payload: dict[str, Any]) -> Asked:
    """Add the marks, which the study's file has."""
    asked: Asked = payload["asked"]
    study: Path | None = payload["study"]
    if study is None:
        return asked
    cases = []
    for case, (number, whose) in zip(asked.cases, payload["marks"], strict=True):
        marks, radius = study_marks(study, whose, number) if whose else ((), case.point_radius)
        cases.append(replace(case, marks=marks, point_radius=radius))
    panes = [
        pane
        if own is None
        else replace(pane, marks=study_marks(study, own[1], own[0])[0] if own[1] else ())
        for pane, own in zip(asked.panes, payload["pane_marks"], strict=True)
    ]
    return replace(asked, cases=tuple(cases), panes=tuple(panes))
