"""Gives the panes their tools and shows them the marks."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.annotate.annotator import Annotator
from app.annotate.box import BoxTool
from app.annotate.polygon import PolygonTool
from app.annotate.select import SelectTool
from app.annotate.tool import ShapeTool
from app.canvas.marks import Sketch
from app.canvas.pane import ImagePane
from app.state import ViewerState

TOOLS: dict[str, type[ShapeTool]] = {
    "select": SelectTool,
    "box": BoxTool,
    "polygon": PolygonTool,
}
"""The tools by the ids of `ViewerState.tool`; any other id pans."""


class ToolSet(QObject):
    """The tools and marks of all panes: each pane shows the same shapes, the one in work too."""

    def __init__(
        self, state: ViewerState, annotator: Annotator, parent: QObject | None = None
    ) -> None:
        """Follow the tool, case and annotations of ``state``."""
        super().__init__(parent)
        self._state = state
        self._annotator = annotator
        self._panes: list[ImagePane] = []
        self.tools = {name: make(state, annotator, self) for name, make in TOOLS.items()}
        for tool in self.tools.values():
            tool.sketch_changed.connect(self._show_sketch)
        self._tool = self.tools.get(state.tool)
        state.tool_changed.connect(self._change_tool)
        state.case_changed.connect(self._change_case)
        state.study_changed.connect(self._change_study)
        state.annotations_changed.connect(self._show_shapes)
        state.selection_changed.connect(self._show_shapes)

    def attach(self, pane: ImagePane) -> None:
        """Give a pane the present tool and the marks, until it is detached."""
        self._panes.append(pane)
        pane.set_tool(self._tool)
        pane.set_sketch(self._tool.sketch if self._tool else None)
        self._show_shapes()

    def detach(self, pane: ImagePane) -> None:
        """Leave a pane alone from now on."""
        if pane in self._panes:
            self._panes.remove(pane)
            pane.set_tool(None)

    def _change_tool(self) -> None:
        self.finish()
        self._tool = self.tools.get(self._state.tool)
        for pane in self._panes:
            pane.set_tool(self._tool)

    def finish(self) -> None:
        """Store a shape in work that is one already; for the moment before a study closes."""
        if self._tool is not None:
            self._tool.put_away()

    def _change_study(self) -> None:
        if self._tool is not None:
            # The case that it was drawn on is no longer open.
            self._tool.cancel()
        self._show_shapes()

    def _change_case(self) -> None:
        self.finish()
        self._state.set_selected(None)
        self._show_shapes()

    def _show_shapes(self) -> None:
        records = [draft for draft in self._annotator.records() if not draft.hidden]
        colours = self._annotator.colours()
        for pane in self._panes:
            pane.set_shapes(records, colours, self._state.selection)

    def _show_sketch(self, sketch: Sketch | None) -> None:
        for pane in self._panes:
            pane.set_sketch(sketch)
