"""What the window shows, without a widget: the one object that every dock observes.

Widgets read the attributes and connect to the signals; only the controller and the widgets'
own actions call the setters. A setter emits only when something changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, Signal

from app.state.journal import Journal
from app.state.sight import ADJUDICATED, AI_SECOND, BLINDED, OPEN, Sight
from app.state.values import (
    DIFFERENCE,
    IMAGE,
    MARKS,
    Analysis,
    Case,
    Cell,
    LoadedModel,
    Overlay,
    PaneContent,
    PaneMap,
    PaneMetrics,
    Prediction,
    Preview,
    ReceptiveField,
    Work,
)
from app.state.view import MANY, CaseView
from softcam_core.errors import SoftcamError

if TYPE_CHECKING:  # The store comes after the first paint.
    from softcam_core.annotations.shapes import Shape
    from softcam_core.annotations.study import Study
    from softcam_core.imaging.read import StoredImage

__all__ = [
    "ADJUDICATED",
    "AI_SECOND",
    "BLINDED",
    "DIFFERENCE",
    "IMAGE",
    "MANY",
    "MARKS",
    "OPEN",
    "Analysis",
    "Case",
    "Cell",
    "LoadedModel",
    "Overlay",
    "PaneContent",
    "PaneMap",
    "PaneMetrics",
    "Prediction",
    "Preview",
    "ReceptiveField",
    "Sight",
    "ViewerState",
    "Work",
]

AnnotationId = int | str
"""A study's id of an annotation, or the window's own (a text) while it was never stored."""


class ViewerState(CaseView):
    """The open study, the case in view, the models and the display settings.

    Attributes:
        preview: a quick picture of the case in view while the whole image is decoded.
        painted: whether every pane shows the image itself.
        image_error: why the case in view cannot be shown, else "".
        names_hidden: others look on: no name of a file may be shown, as it may name a patient.
        predictions: case id -> what its predicting model says, as far as known.
        not_predicted: case id -> why its predicting model said nothing, in one sentence.
        metrics: one per pane; None while the case has no shapes or the pane no map.
        working: (model, method) -> how far the map is that is being computed for the view.
        working_elsewhere: how many slow maps are computed for other cases or classes.
        failures: (model, method) -> one sentence, for the case in view.
        snap: corners of new outlines snap to edges of the image.
        selection: the selected annotations, the one selected last at the end.
        own_shapes: returns the reader's shapes of the case in view, without a look at the file.
        waiting: write to a copy of the study the edits that the study itself did not take.
        lasso: a region drawn to ask for its evidence, never stored; None where there is none.
        cell: the cell of evidence under the cursor, None outside every map.
        highlight: (rows, columns) of the predicting model's grid, True for cells to stand out.
        fields: model id -> what its cells see, where that is known.
        stale: (case, model) whose maps were computed from a file that has changed since.
        stamp: time (ns) and bytes of the file that ``image`` was read from, where known.
        current: the pane that keys act on, counted from 0.
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
    case_wanted = Signal(int)  # id of a case to show
    case_changed = Signal()
    image_changed = Signal()
    image_failed = Signal(int, str)  # case id, one sentence
    models_changed = Signal()  # which are open, or which of them may be seen
    analysis_changed = Signal(int, str)  # case id, model id
    class_changed = Signal()
    overlay_changed = Signal()
    panes_changed, link_changed = Signal(), Signal()
    current_changed = Signal()  # which pane keys act on
    lasso_changed, cell_changed, highlight_changed = Signal(), Signal(), Signal()
    fields_changed, stale_changed = Signal(), Signal()
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
    renewal_wanted = Signal()  # read the image in view again, and compute its maps anew
    no_map_wanted = Signal()  # stop every slow map, of whatever case

    def __init__(self) -> None:
        """Start with nothing open."""
        super().__init__()
        self.study: Study | None = None
        self.folder: Path | None = None
        self.cases: list[Case] = []
        self.image: StoredImage | None = None
        self.image_error = ""
        self.names_hidden = False
        self.painted = False
        self.preview: Preview | None = None
        self.models_loading = False
        self.predictions: dict[int, Prediction] = {}
        self.not_predicted: dict[int, str] = {}
        self.metrics: list[PaneMetrics | None] = []
        self.working: dict[tuple[str, str], Work] = {}
        self.working_elsewhere = 0
        self.failures: dict[tuple[str, str], str] = {}
        self.device = "auto"
        self.device_text = ""
        self.linked = True
        self.overlay = Overlay()
        self.reader = "reader-1"
        self.sight = Sight(self)
        self.adjudicating: tuple[str, str] | None = None
        self.truth = ""
        self.label = ""
        self.tool = "pan"
        self.snap = False
        self.selection: tuple[AnnotationId, ...] = ()
        self.waiting: list[Callable[[Study], object]] = []
        self.journal = Journal(self)
        self.own_shapes: Callable[[], list[Shape]] | None = None
        self.lasso: Shape | None = None
        self.cell: Cell | None = None
        self.highlight: NDArray[np.bool_] | None = None
        self.fields: dict[str, ReceptiveField] = {}
        self.stale: set[tuple[int, str]] = set()
        self.stamp: tuple[int, int] | None = None
        self.current = 0

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

    def set_slow_at_once(self, at_once: bool) -> None:
        """Compute slow maps without being asked, or only on demand."""
        if at_once != self.slow_at_once:
            self.slow_at_once = at_once
            self.panes_changed.emit()

    def set_current(self, number: int) -> None:
        """Let keys act on a pane, counted from 0."""
        if number != self.current:
            self.current = number
            self.current_changed.emit()

    def set_lasso(self, region: Shape | None) -> None:
        """Ask for the evidence of a region that is no mark; None for none."""
        if region != self.lasso:
            self.lasso = region
            self.lasso_changed.emit()

    def set_cell(self, cell: Cell | None) -> None:
        """Take note of the cell of evidence under the cursor."""
        if cell != self.cell:
            self.cell = cell
            self.cell_changed.emit()

    def set_highlight(self, cells: NDArray[np.bool_] | None) -> None:
        """Let cells of the predicting model's grid stand out; None for none."""
        if cells is not self.highlight:
            self.highlight = cells
            self.highlight_changed.emit()

    def set_pane(self, number: int, **changes: Any) -> None:
        """Change some of what one pane shows."""
        panes = list(self.panes)
        panes[number] = replace(panes[number], **changes)
        self.set_panes(panes)

    def set_own_limit(self, key: tuple[str, str], limit: float | None) -> None:
        """Draw a (model, method) up to another limit; None returns to the study's."""
        if self.own_limits.get(key) != limit:
            if limit is None:
                del self.own_limits[key]
            else:
                self.own_limits[key] = limit
            self.limits_changed.emit()

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
        """Choose what each pane shows; during an adjudication each reader keeps a pane."""
        needed = {*self.adjudicating, ADJUDICATED} if self.adjudicating is not None else set()
        if not needed <= {pane.reader for pane in panes}:
            self.noted.emit(
                QCoreApplication.translate(
                    "texts", "The panes of an adjudication stay until it is ended."
                )
            )
            self.panes_changed.emit()  # Menus mark what is shown, not what was asked for.
        elif panes != self.panes:
            self.panes = list(panes)
            self.panes_changed.emit()
