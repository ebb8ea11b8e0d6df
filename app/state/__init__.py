"""What the window shows, without a widget: the one object that every dock observes.

Widgets read the attributes and connect to the signals; only the controller and the widgets'
own actions call the setters. A setter emits only when something changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.state.sight import ADJUDICATED, AI_SECOND, BLINDED, OPEN, Sight
from app.state.values import (
    Analysis,
    Case,
    LoadedModel,
    Overlay,
    PaneContent,
    PaneMetrics,
    Prediction,
    Preview,
    Work,
)
from softcam_core.errors import SoftcamError
from softcam_core.explain.methods import SLOW

if TYPE_CHECKING:  # The store comes after the first paint.
    from softcam_core.annotations.shapes import Shape
    from softcam_core.annotations.study import Study
    from softcam_core.imaging.read import StoredImage

__all__ = [
    "ADJUDICATED",
    "AI_SECOND",
    "BLINDED",
    "OPEN",
    "Analysis",
    "Case",
    "LoadedModel",
    "Overlay",
    "PaneContent",
    "PaneMetrics",
    "Prediction",
    "Preview",
    "Sight",
    "ViewerState",
    "Work",
]

MANY = 12
"""Up to this many classes are shown and explained together; of more, the one in view."""
AnnotationId = int | str
"""A study's id of an annotation, or the window's own (a text) while it was never stored."""

AT_ONCE = frozenset({"", "evidence", "cam"})
"""Methods that have the maps of all classes from one pass of the network."""


class ViewerState(QObject):
    """The open study, the case in view, the models and the display settings.

    Attributes:
        preview: a quick picture of the case in view while the whole image is decoded.
        painted: whether every pane shows the image itself.
        image_error: why the case in view cannot be shown, else "".
        predictions: case id -> what its predicting model says, as far as known.
        not_predicted: case id -> why its predicting model said nothing, in one sentence.
        limits: (model, method) -> the fixed display limit of its maps.
        provisional: those of ``limits`` whose sample of cases is not complete yet.
        metrics: one per pane; None while the case has no shapes or the pane no map.
        working: (model, method) -> how far the map is that is being computed for the view.
        working_elsewhere: how many slow maps are computed for other cases or classes.
        failures: (model, method) -> one sentence, for the case in view.
        slow_at_once: compute slow maps as soon as a pane shows them.
        snap: corners of new outlines snap to edges of the image.
        selection: the selected annotations, the one selected last at the end.
        own_shapes: returns the reader's shapes of the case in view, without a look at the file.
        waiting: write to a copy of the study the edits that the study itself did not take.
        sight: what the reader at work may see and change.
        adjudicating: the two readers whose marks are compared, None while nobody adjudicates.
        truth: whose marks the maps are measured against: a reader's name, ``union``,
            ``majority``, ``adjudicated``; empty for the reader at work.
        device: what the user chose; ``device_text`` what it turned out to be.
    """

    study_changed = Signal()
    study_copied = Signal()  # a copy has all that was open, with what waited to be written
    settling = Signal()  # store what is in work: case, reader, study or lock may change next
    study_closing = Signal()  # the study is still open: the last moment to store what is in work
    cases_added = Signal(list)  # the new cases, appended in order
    case_updated = Signal(int)  # id of a case whose status or label changed
    case_changed = Signal()
    image_changed = Signal()
    image_failed = Signal(int, str)  # case id, one sentence
    models_changed = Signal()  # which are open, or which of them may be seen
    analysis_changed = Signal(int, str)  # case id, model id
    class_changed = Signal()
    overlay_changed = Signal()
    panes_changed, link_changed = Signal(), Signal()
    limits_changed, metrics_changed = Signal(), Signal()
    progress_changed = Signal(str, str)  # model id, method
    predictions_changed = Signal(list)  # ids of cases with a new prediction
    device_changed, loading_changed = Signal(), Signal()
    tool_changed, snap_changed = Signal(), Signal()
    label_changed = Signal()
    annotations_changed = Signal(int)  # case id; -1 for many cases
    selection_changed = Signal()
    reader_leaving = Signal()  # the last moment to store what is in work in that one's name
    reader_changed = Signal()
    sight_changed = Signal()  # protocol, reader or the end of a read: what may be seen
    read_changed = Signal()  # a read of the case in view began or ended: what may be changed
    truth_changed = Signal()
    message, noted, succeeded = Signal(str), Signal(str), Signal(str)  # what is wrong, hint, done
    model_wanted = Signal(object)  # path of a model that a pane offers to open
    map_wanted = Signal(str, str)  # model id, method: of the case in view, although it is slow
    map_unwanted = Signal(str, str)  # model id, method: stop it
    no_map_wanted = Signal()  # stop every slow map, of whatever case

    def __init__(self) -> None:
        """Start with nothing open."""
        super().__init__()
        self.study: Study | None = None
        self.folder: Path | None = None
        self.cases: list[Case] = []
        self.case: Case | None = None
        self.image: StoredImage | None = None
        self.image_error = ""
        self.painted = False
        self.preview: Preview | None = None
        self.models: list[LoadedModel] = []
        self.models_loading = False
        self.analyses: dict[tuple[int, str], Analysis] = {}
        self.predictions: dict[int, Prediction] = {}
        self.not_predicted: dict[int, str] = {}
        self.limits: dict[tuple[str, str], float] = {}
        self.provisional: set[tuple[str, str]] = set()
        self.metrics: list[PaneMetrics | None] = []
        self.working: dict[tuple[str, str], Work] = {}
        self.working_elsewhere = 0
        self.failures: dict[tuple[str, str], str] = {}
        self.device = "auto"
        self.device_text = ""
        self.linked = True
        self.slow_at_once = False
        self.overlay = Overlay()
        self.panes: list[PaneContent] = [PaneContent("evidence"), PaneContent("gradcam")]
        self.chosen_class: str | None = None
        self.reader = "reader-1"
        self.sight = Sight(self)
        self.adjudicating: tuple[str, str] | None = None
        self.truth = ""
        self.label = ""
        self.tool = "pan"
        self.snap = False
        self.selection: tuple[AnnotationId, ...] = ()
        self.waiting: list[Callable[[Study], object]] = []
        self.own_shapes: Callable[[], list[Shape]] | None = None

    def set_overlay(self, **changes: Any) -> None:
        """Change some of the overlay's settings."""
        overlay = replace(self.overlay, **changes)
        if overlay != self.overlay:
            self.overlay = overlay
            self.overlay_changed.emit()

    def set_linked(self, linked: bool) -> None:
        """Let the panes share zoom, pan and cursor, or not."""
        if linked != self.linked:
            self.linked = linked
            self.link_changed.emit()

    def slow_in_view(self) -> list[tuple[LoadedModel, str]]:
        """Return model and method of each pane whose map waits to be asked for."""
        found = []
        for content in self.panes:
            model = self.pane_model(content)
            if model is None or not self.on_demand(content.method):
                continue
            if self.has_map(model, content.method) and not self.map_is_there(model, content.method):
                found.append((model, content.method))
        return found

    def set_slow_at_once(self, at_once: bool) -> None:
        """Compute slow maps without being asked, or only on demand."""
        if at_once != self.slow_at_once:
            self.slow_at_once = at_once
            self.panes_changed.emit()

    def set_tool(self, tool: str) -> None:
        """Choose a tool by its id: ``pan``, ``select``, ``box``, ``polygon`` ..."""
        if tool != self.tool:
            self.tool = tool
            self.tool_changed.emit()

    def set_snap(self, snap: bool) -> None:
        """Let the corners of new outlines snap to edges of the image, or not."""
        if snap != self.snap:
            self.snap = snap
            self.snap_changed.emit()

    def set_label(self, label: str) -> None:
        """Choose the label that new shapes get."""
        if label != self.label:
            self.label = label
            self.label_changed.emit()

    @property
    def selected(self) -> AnnotationId | None:
        """The annotation that was selected last, None where none is."""
        return self.selection[-1] if self.selection else None

    def set_selected(self, annotation: AnnotationId | None) -> None:
        """Select one annotation alone, or none."""
        self.set_selection(() if annotation is None else (annotation,))

    def set_selection(self, annotations: Iterable[AnnotationId]) -> None:
        """Select these annotations; the last of them is the one whose values are shown."""
        selection = tuple(dict.fromkeys(annotations))
        if selection != self.selection:
            self.selection = selection
            self.selection_changed.emit()

    def set_reader(self, reader: str) -> None:
        """Let another reader read; shapes are drawn in that one's layer."""
        if reader != self.reader:
            self.reader_leaving.emit()
            self.reader = reader
            self.selection = ()
            self.reader_changed.emit()
            self.look_again()

    def set_truth(self, truth: str) -> None:
        """Measure maps against a reader's marks, or several's; "" is the reader at work."""
        if truth != self.truth:
            self.truth = truth
            self.truth_changed.emit()

    @property
    def whose_marks(self) -> str:
        """As `truth`; the reader's own while the protocol hides those of others."""
        return "" if self.others_hidden() else self.truth

    # What the reader may see

    def model_hidden(self, case: Case | None = None) -> bool:
        """Return whether the protocol keeps every model's word on a case from the reader."""
        case = case or self.case
        return case is not None and self.sight.hides_model(case.id)

    def others_hidden(self, case: Case | None = None) -> bool:
        """Return whether the protocol keeps other readers' marks and grades from the reader."""
        case = case or self.case
        return case is not None and self.sight.hides_others(case.id)

    @property
    def read_locked(self) -> bool:
        """Whether the reader has locked the read of the case in view: nothing can be changed."""
        return self.case is not None and self.sight.locked(self.case.id)

    def look_again(self, case: int | None = None) -> None:
        """Show what may be seen now, of one case or of all, after reads or protocol changed."""
        before = case and (self.sight.hides_model(case), self.sight.hides_others(case))
        if case is None:
            self.sight.forget()
        else:
            self.sight.read_again(case)
        changed = self._see_cases(case)
        self.read_changed.emit()
        if case is None or before != (self.sight.hides_model(case), self.sight.hides_others(case)):
            self.sight_changed.emit()
            self.models_changed.emit()
            self.predictions_changed.emit([c.id for c in self.cases if case in (None, c.id)])
        for number in changed:
            self.case_updated.emit(number)

    def _see_cases(self, only: int | None) -> list[int]:
        """Take the cases from the study as the reader may see them; return which changed."""
        if self.study is None:
            return []
        try:
            rows = self.study.cases() if only is None else [self.study.case(only)]
        except SoftcamError:
            return []
        stored = {row.id: row for row in rows}
        changed = []
        for place, case in enumerate(self.cases):
            row = stored.get(case.id)
            if row is not None:
                same = (row.status, row.label) == (case.status, case.label)
                told = case if same else replace(case, status=row.status, label=row.label)
                seen = self.sight.own(told)
                if seen != case:
                    self.cases[place] = seen
                    changed.append(case.id)
                    if self.case is not None and self.case.id == case.id:
                        self.case = seen
        return changed

    def prediction(self, case: int) -> Prediction | None:
        """Return what is known of a case's prediction, if the reader may see it."""
        return None if self.sight.hides_model(case) else self.predictions.get(case)

    def why_not_predicted(self, case: int) -> str:
        """Return why the model said nothing of a case, "" where it did or may not be seen."""
        return "" if self.sight.hides_model(case) else self.not_predicted.get(case, "")

    def set_class(self, name: str | None) -> None:
        """Show one class by name; None follows each case's prediction."""
        if name != self.chosen_class:
            self.chosen_class = name
            self.class_changed.emit()

    def set_panes(self, panes: list[PaneContent]) -> None:
        """Choose what each pane shows."""
        if panes != self.panes:
            self.panes = list(panes)
            self.panes_changed.emit()

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
        return model is not None and method not in model.refused

    def on_demand(self, method: str) -> bool:
        """Return whether a map waits for the user to ask: it takes many passes of the network."""
        return method in SLOW and not self.slow_at_once

    def one_class(self, model: LoadedModel, method: str) -> bool:
        """Return whether a method explains the class in view alone: all would take too long."""
        return method not in AT_ONCE and len(model.spec.classes) > MANY

    def class_index(self, model: LoadedModel) -> int | None:
        """Return the place of the class in view among a model's classes, if it has it."""
        name = self.shown_class()
        return model.spec.classes.index(name) if name in model.spec.classes else None

    def map_is_there(self, model: LoadedModel, method: str) -> bool:
        """Return whether a map of the case and the class in view is there."""
        analysis = self.analysis(model)
        if analysis is None or method in analysis.maps:
            return analysis is not None
        index = self.class_index(model)
        return index is not None and (method, index) in analysis.single

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
