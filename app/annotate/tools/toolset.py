"""Gives the panes their tools and shows them the marks."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.annotate.annotator import Annotator
from app.annotate.sizes import size_text
from app.annotate.tools.accept import AcceptTool
from app.annotate.tools.angle import AngleTool
from app.annotate.tools.box import BoxTool
from app.annotate.tools.brush import BrushTool
from app.annotate.tools.corners import CornersTool
from app.annotate.tools.ellipse import EllipseTool
from app.annotate.tools.eraser import EraserTool
from app.annotate.tools.freehand import FreehandTool
from app.annotate.tools.lasso import LassoTool
from app.annotate.tools.length import LengthTool
from app.annotate.tools.locked import LockedTool
from app.annotate.tools.point import PointTool
from app.annotate.tools.polygon import PolygonTool
from app.annotate.tools.select import SelectTool
from app.annotate.tools.spline import SplineTool
from app.annotate.tools.tool import ShapeTool
from app.annotate.tools.wand import WandTool
from app.annotate.unsaved import Draft
from app.canvas.marks import Sketch
from app.canvas.pane import ImagePane
from app.state import IMAGE, AnnotationId, ViewerState
from softcam_core.annotations.shapes import MEASURES

TOOLS: dict[str, type[ShapeTool]] = {
    "select": SelectTool,
    "box": BoxTool,
    "ellipse": EllipseTool,
    "polygon": PolygonTool,
    "freehand": FreehandTool,
    "spline": SplineTool,
    "point": PointTool,
    "length": LengthTool,
    "angle": AngleTool,
    "brush": BrushTool,
    "eraser": EraserTool,
    "wand": WandTool,
    "lasso": LassoTool,
}
"""The tools by the ids of `ViewerState.tool`; any other id pans."""


class ToolSet(QObject):
    """The tools and marks of all panes: each pane shows the same shapes, the one in work too.

    A pane that shows another reader's marks has a tool of its own, which changes none of them.
    """

    accepted = Signal(object)  # another reader's mark (a Draft) that is to be taken over
    sketch_changed = Signal(object)  # the mark in work, a Sketch or None
    picked_changed = Signal()  # which of another reader's marks is picked

    def __init__(
        self, state: ViewerState, annotator: Annotator, parent: QObject | None = None
    ) -> None:
        """Follow the tool, case and annotations of ``state``."""
        super().__init__(parent)
        self._state = state
        self._annotator = annotator
        self._panes: list[ImagePane] = []
        self._shown: tuple[object, ...] = ()
        self._strong: frozenset[AnnotationId] = frozenset()
        self.tools = {name: make(state, annotator, self) for name, make in TOOLS.items()}
        for tool in self.tools.values():
            tool.sketch_changed.connect(self._show_sketch)
        self._locked = LockedTool(state, annotator, self)
        self._others: dict[str, AcceptTool] = {}
        self._tool = self.tools.get(state.tool)
        state.tool_changed.connect(self._change_tool)
        state.case_changed.connect(self._change_case)
        state.study_changed.connect(self._change_study)
        state.settling.connect(self._put_away)
        state.reader_leaving.connect(self.finish)
        state.sight_changed.connect(self._show_readers)
        state.read_changed.connect(self._hand_out)
        state.panes_changed.connect(self._on_panes)
        state.annotations_changed.connect(self._show_shapes)
        state.image_changed.connect(self._show_shapes)  # the spacing comes with the image
        state.selection_changed.connect(self._show_shapes)

    def attach(self, pane: ImagePane) -> None:
        """Give a pane the present tool and the marks, until it is detached."""
        self._panes.append(pane)
        self._hand_out()
        self._show_sketch(self._tool.sketch if self._tool else None)
        self._show_shapes()

    def detach(self, pane: ImagePane) -> None:
        """Leave a pane alone from now on."""
        if pane in self._panes:
            self._panes.remove(pane)
            pane.set_tool(None)

    def set_panes(self, panes: list[ImagePane]) -> None:
        """Serve these panes, all of them attached, in the order of ``state.panes``."""
        self._panes = list(panes)

    def finish(self) -> None:
        """Let everybody store what is in work; for the moment before a study closes."""
        self._state.settling.emit()

    @property
    def outline_open(self) -> bool:
        """Whether corners of an outline are set that nobody has closed yet."""
        return isinstance(self._tool, CornersTool) and self._tool.begun

    def take_back(self) -> bool:
        """Take back the last piece of a shape in work; False where there is none to undo so."""
        return self._tool is not None and self._tool.take_back()

    def _put_away(self) -> None:
        for pane in self._panes:
            pane.canvas.flush_moves()
        if self._tool is not None:
            self._tool.put_away()

    # Other readers' marks

    def picked(self) -> Draft | None:
        """Return the mark of another reader that is picked in a pane of that reader's."""
        readers = {content.reader for content in self._state.panes}
        tools = [tool for name, tool in self._others.items() if name in readers]
        return next((tool.picked for tool in tools if tool.picked is not None), None)

    def set_strong(self, annotations: frozenset[AnnotationId]) -> None:
        """Let some marks stand out, wherever they are shown."""
        if annotations != self._strong:
            self._strong = annotations
            self._show_shapes()

    def _other(self, pane: ImagePane) -> AcceptTool | None:
        """Return the tool of a pane that shows another reader's marks, None for all others."""
        number = self._panes.index(pane)
        contents = self._state.panes
        reader = contents[number].reader if number < len(contents) else ""
        if reader in ("", self._state.reader):
            return None
        if reader not in self._others:
            tool = AcceptTool(self._state, self._annotator, reader, self)
            tool.accepted.connect(self.accepted)
            tool.picked_changed.connect(self._on_picked)
            self._others[reader] = tool
        return self._others[reader]

    def _on_picked(self) -> None:
        picking = self.sender()
        if isinstance(picking, AcceptTool) and picking.picked is not None:
            for tool in self._others.values():
                if tool is not picking:
                    tool.pick(None)
        self._show_shapes()
        self.picked_changed.emit()

    def _on_panes(self) -> None:
        """Show marks again where another reader's belong, or none; an opacity changes neither."""
        shown = tuple((c.reader, c.method == IMAGE) for c in self._state.panes)
        if shown != self._shown:
            self._shown = shown
            self._show_readers()

    def _bare(self, pane: ImagePane) -> bool:
        """Return whether a pane shows the image alone: no marks, and tools that only pan."""
        number = self._panes.index(pane)
        contents = self._state.panes
        return number < len(contents) and contents[number].method == IMAGE

    def _show_readers(self) -> None:
        self._hand_out()
        self._show_shapes()

    # Following the state

    def _change_tool(self) -> None:
        self.finish()
        self._tool = self.tools.get(self._state.tool)
        self._hand_out()

    def _hand_out(self) -> None:
        own: ShapeTool | None = self._tool
        asks = own is not None and own.only_asks
        if own is not None and self._state.read_locked and not asks:
            own = self._locked
        for pane in self._panes:
            other = None if asks else self._other(pane)
            pane.set_tool(None if self._bare(pane) else other or own)

    def _change_study(self) -> None:
        if self._tool is not None:
            # The case that it was drawn on is no longer open.
            self._tool.cancel()
        self._show_shapes()

    def _change_case(self) -> None:
        self.finish()
        self._state.set_selected(None)
        for tool in self._others.values():
            tool.pick(None)
        self._hand_out()
        self._show_shapes()

    def _show_shapes(self) -> None:
        records = [draft for draft in self._annotator.records() if not draft.hidden]
        colours = self._annotator.colours()
        for pane in self._panes:
            tool = self._other(pane)
            if self._bare(pane):
                pane.set_shapes([], colours)
            elif tool is None:
                pane.set_tags(self._tags(records))
                pane.set_shapes(records, colours, self._state.selection, self._strong)
            else:
                found = [d for d in self._annotator.records_of(tool.reader) if not d.hidden]
                picked = tool.picked
                pane.set_tags(self._tags(found))
                selection = () if picked is None else (picked.id,)
                pane.set_shapes(found, colours, selection, self._strong)

    def _tags(self, drafts: list[Draft]) -> dict[AnnotationId, str]:
        """Return what to write to measurements: their value beside their label."""
        image = self._state.image
        spacing = image.spacing if image is not None else None
        return {
            draft.id: f"{draft.label} {size_text(draft.shape, spacing)}".strip()
            for draft in drafts
            if draft.kind in MEASURES
        }

    def _show_sketch(self, sketch: Sketch | None) -> None:
        self.sketch_changed.emit(sketch)
        for pane in self._panes:
            hidden = self._bare(pane) or self._other(pane) is not None
            pane.set_sketch(None if hidden else sketch)
