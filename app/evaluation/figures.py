"""The plots that there are, and what they are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.evaluation.image_figures import confusion, consistency, scatter
from app.evaluation.line_figures import occlusion, randomization, reliability, roc, topk
from app.evaluation.series import Figure
from app.jobs.evaluate import Cases


@dataclass(frozen=True)
class Plots:
    """What plots are made of: the curves of ``results.json`` and the numbers of each image."""

    curves: dict[str, list[dict[str, Any]]]
    cases: Cases

    def kinds(self) -> list[str]:
        """Return the ids of the plots that there is something for."""
        measured = {"activation_precision", "activation_sensitivity"} <= {*self.cases.metrics}
        there = {kind for kind, found in self.curves.items() if found}
        there.discard("scatter")
        if measured and len(self.cases.case):
            there.add("scatter")
        return [kind for kind in KINDS if kind in there]

    def models(self, kind: str) -> list[str]:
        """Return the models that a plot can show."""
        if kind == "scatter":
            return self.cases.words["model"]
        return list(dict.fromkeys(curve["model"] for curve in self.curves.get(kind, ())))

    def figure(self, kind: str, model: str) -> Figure:
        """Return a plot of one model, or of all with ""; a confusion matrix is of one."""
        return KINDS[kind][1](self, kind, model)

    def of(self, kind: str, model: str) -> list[dict[str, Any]]:
        """Return the curves of a plot, of one model or of all."""
        return [c for c in self.curves.get(kind, ()) if model in ("", c["model"])]

    def scatter_means(self, model: str) -> dict[tuple[str, str], dict[str, Any]]:
        """Return model and method -> means of precision and sensitivity."""
        return {(c["model"], c["method"]): c for c in self.of("scatter", model)}


KINDS: dict[str, tuple[str, Callable[[Plots, str, str], Figure]]] = {
    "scatter": ("Precision against sensitivity", scatter),
    "topk": ("Top-k localization precision", topk),
    "deletion": ("Deletion curve", occlusion),
    "insertion": ("Insertion curve", occlusion),
    "consistency": ("Activation consistency", consistency),
    "confusion": ("Confusion matrix", confusion),
    "roc": ("ROC curve", roc),
    "reliability": ("Reliability", reliability),
    "randomization": ("Randomized weights", randomization),
}
"""Plots: id -> title, and what makes it."""
