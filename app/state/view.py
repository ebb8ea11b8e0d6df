"""The case in view, and what the open models say about it as far as the reader may see it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.state.sight import Sight
from app.state.values import (
    DIFFERENCE,
    IMAGE,
    MARKS,
    Analysis,
    Case,
    LoadedModel,
    PaneContent,
    PaneMap,
)
from softcam_core.explain.methods import SLOW

MANY = 12
"""Up to this many classes are shown and explained together; of more, the one in view."""

AT_ONCE = frozenset({"", "evidence", "cam"})
"""Methods that have the maps of all classes from one pass of the network."""


class CaseView(QObject):
    """Answers what is shown of the case in view; `ViewerState` adds the rest, and the signals.

    Attributes:
        analyses: (case, model) -> what the model says, as far as known.
        limits: (model, method) -> the fixed display limit of its maps.
        provisional: those of ``limits`` whose sample of cases is not complete yet.
        own_limits: display limits that the user chose instead.
        slow_at_once: compute slow maps as soon as a pane shows them.
        sight: what the reader at work may see and change.
    """

    sight: Sight

    def __init__(self) -> None:
        """Start with nothing open."""
        super().__init__()
        self.case: Case | None = None
        self.models: list[LoadedModel] = []
        self.analyses: dict[tuple[int, str], Analysis] = {}
        self.limits: dict[tuple[str, str], float] = {}
        self.provisional: set[tuple[str, str]] = set()
        self.own_limits: dict[tuple[str, str], float] = {}
        self.slow_at_once = False
        self.panes: list[PaneContent] = [PaneContent("evidence"), PaneContent("gradcam")]
        self.chosen_class: str | None = None

    def model_hidden(self, case: Case | None = None) -> bool:
        """Return whether the protocol keeps every model's word on a case from the reader."""
        case = case or self.case
        return case is not None and self.sight.hides_model(case.id)

    def others_hidden(self, case: Case | None = None) -> bool:
        """Return whether the protocol keeps other readers' marks and grades from the reader."""
        case = case or self.case
        return case is not None and self.sight.hides_others(case.id)

    def models_for(self, case: Case) -> list[LoadedModel]:
        """Return the models for a case that the reader may see, the predicting one first."""
        return [] if self.model_hidden(case) else self.suiting(case)

    def suiting(self, case: Case) -> list[LoadedModel]:
        """Return the models that suit a case's modality, seen or not: for display limits only."""
        return [
            m
            for m in self.models
            if not m.spec.modality or not case.modality or m.spec.modality == case.modality
        ]

    def predicting_model(self, case: Case | None = None) -> LoadedModel | None:
        """Return the model whose prediction is shown for a case (default: the one in view)."""
        case = case or self.case
        fitting = self.models_for(case) if case else self.models
        return fitting[0] if fitting else None

    def evidence_model(self) -> LoadedModel | None:
        """Return the model whose evidence is accounted for in the ledger of the case in view.

        The predicting one, or where that has none the first other that suits the case.
        """
        fitting = self.models_for(self.case) if self.case else []
        return next((model for model in fitting if self.has_map(model, "evidence")), None)

    def model(self, model_id: str) -> LoadedModel | None:
        """Return a loaded model by its id."""
        return next((m for m in self.models if m.id == model_id), None)

    def pane_model(self, content: PaneContent) -> LoadedModel | None:
        """Return the model of a pane.

        A pane that names none takes the first SoftCAM for evidence, and for a post-hoc method
        the black-box partner, or the SoftCAM itself where no black box is loaded.
        """
        if self.model_hidden():
            return None
        if content.model:
            return self.model(content.model)
        fitting = self.models_for(self.case) if self.case else self.models
        wanted = "softcam" if content.method == "evidence" else "blackbox"
        preferred = [m for m in fitting if m.spec.head == wanted]
        return next(iter(preferred or fitting), None)

    def has_map(self, model: LoadedModel | None, method: str) -> bool:
        """Return whether a method can explain a model: a black box has no evidence."""
        of_map = method not in (MARKS, IMAGE, DIFFERENCE)
        return model is not None and of_map and method not in model.refused

    def on_demand(self, method: str) -> bool:
        """Return whether a map waits for the user to ask: it takes many passes of the network."""
        return method in SLOW and not self.slow_at_once

    def one_class(self, model: LoadedModel, method: str) -> bool:
        """Return whether a method explains the class in view alone: all would take too long."""
        return method not in AT_ONCE and len(model.spec.classes) > MANY

    def class_index(self, model: LoadedModel, class_name: str = "") -> int | None:
        """Return the place of a class (default: the one in view) among a model's classes."""
        name = class_name or self.shown_class()
        return model.spec.classes.index(name) if name in model.spec.classes else None

    def map_is_there(self, model: LoadedModel, method: str, class_name: str = "") -> bool:
        """Return whether a map of the case and a class (default: the one in view) is there."""
        analysis = self.analysis(model)
        if analysis is None or method in analysis.maps:
            return analysis is not None
        index = self.class_index(model, class_name)
        return index is not None and (method, index) in analysis.single

    def pane_class(self, content: PaneContent) -> str | None:
        """Return the class whose map a pane shows: its own, else the one in view."""
        return content.class_name or self.shown_class()

    def pane_map(self, content: PaneContent) -> PaneMap | None:
        """Return the map of a pane, if it is there; a difference has none of its own."""
        model = self.pane_model(content)
        if model is None or not self.has_map(model, content.method):
            return None
        analysis, name = self.analysis(model), self.pane_class(content)
        index = self.class_index(model, content.class_name)
        if analysis is None or name is None or index is None:
            return None
        values = analysis.map(content.method, index)
        if values is None:
            return None
        key = model.id, content.method
        unsure = key in self.provisional and key not in self.own_limits
        return PaneMap(
            values, analysis.region, self.limit(key), name, model, content.method, unsure
        )

    def limit(self, key: tuple[str, str]) -> float:
        """Return the display limit of a (model, method): the user's own, else the study's."""
        return self.own_limits.get(key, self.limits.get(key, 1.0))

    def slow_in_view(self) -> list[tuple[LoadedModel, str]]:
        """Return model and method of each pane whose map waits to be asked for."""
        found = []
        for content in (part for pane in self.panes for part in pane.maps()):
            model, method = self.pane_model(content), content.method
            if model is None or not self.on_demand(method) or not self.has_map(model, method):
                continue
            if not self.map_is_there(model, method, content.class_name):
                found.append((model, method))
        return found

    def analysis(self, model: LoadedModel | None) -> Analysis | None:
        """Return what a model says about the case in view, if it is known yet."""
        if self.case is None or model is None or self.model_hidden():
            return None
        return self.analyses.get((self.case.id, model.id))

    def shown_class(self) -> str | None:
        """Return the name of the class in view: the chosen one, else the predicted one."""
        model = self.predicting_model()
        if model is None:
            return None
        if self.chosen_class in model.spec.classes:
            return self.chosen_class
        analysis = self.analysis(model)
        return model.spec.classes[analysis.predicted] if analysis else None
