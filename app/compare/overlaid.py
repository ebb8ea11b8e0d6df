"""What lies over a pane's map or changes it: several classes, own limits, fields and regions."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QRectF

from app.canvas.class_maps import class_maps
from app.canvas.outlines import Field
from app.canvas.pane import ImagePane
from app.state import IMAGE, LoadedModel, PaneContent, ReceptiveField, ViewerState
from app.texts import tr
from softcam_core.imaging.geometry import Region


class Overlaid(QObject):
    """Keeps one pane up to date with ``state.overlay`` and with what the cursor is over."""

    def __init__(self, state: ViewerState, pane: ImagePane) -> None:
        """Serve ``pane``, which owns this."""
        super().__init__(pane)
        self._state = state
        self._pane = pane
        self._content = PaneContent()
        self._together: object = None
        pane.legend.limit_chosen.connect(self._choose_limit)
        pane.legend.reset_chosen.connect(lambda: self._set_limit(None))
        state.overlay_changed.connect(self._on_overlay)
        for signal in (state.cell_changed, state.fields_changed, state.overlay_changed):
            signal.connect(self._show_field)
        state.highlight_changed.connect(self._show_highlight)
        state.lasso_changed.connect(self._show_lasso)

    def show(self, content: PaneContent, *, own: bool = False) -> None:
        """Show all of it, for what the pane shows now; ``own``: a limit is the user's."""
        self._content = content
        model = self._state.pane_model(content)
        evidence = self._pane.canvas.evidence
        evidence.set_input_size(None if model is None else model.spec.input.size)
        self._pane.legend.set_own(own, adjustable=content.has_map)
        self._show_classes()
        self._show_field()
        self._show_highlight()
        self._show_lasso()

    # Classes and limits

    def _on_overlay(self) -> None:
        """Follow the settings of several classes; a drag of the opacity is not about them."""
        overlay = self._state.overlay
        ranked = overlay.style == "patches"
        together = overlay.classes, overlay.several, overlay.class_opacity, ranked
        if together != self._together:
            self._together = together
            self._show_classes()

    def _show_classes(self) -> None:
        shown = self._state.overlay.visible
        self._pane.set_class_maps(class_maps(self._state, self._content) if shown else None)

    def _key(self) -> tuple[str, str]:
        model = self._state.pane_model(self._content)
        return (model.id if model is not None else "", self._content.method)

    def _choose_limit(self, limit: float) -> None:
        self._set_limit(limit)

    def _set_limit(self, limit: float | None) -> None:
        key = self._key()
        if key[0] and self._content.has_map:
            self._state.set_own_limit(key, limit)

    # Outlines

    def _show_field(self) -> None:
        outlines, field = self._pane.canvas.outlines, self._field()
        if field != outlines.field:
            outlines.field = field
            self._pane.canvas.update()

    def _field(self) -> Field | None:
        state, cell = self._state, self._state.cell
        model = state.pane_model(self._content)
        if not state.overlay.field or cell is None or model is None or model.id != cell.model:
            return None
        analysis = state.analysis(model)
        if analysis is None or "evidence" not in analysis.maps or not self._content.has_map:
            return None
        shape = analysis.maps["evidence"].shape[1:]
        x0, y0, x1, y1 = analysis.region.cell(cell.row, cell.column, (shape[0], shape[1]))
        own = QRectF(QPointF(x0, y0), QPointF(x1, y1))
        field = state.fields.get(model.id)
        if field is None:
            return Field(own)
        image = QRectF(0, 0, *self._pane.viewport.image_size)
        seen = seen_by(field, cell.row, cell.column, model, analysis.region)
        if seen.contains(image):
            return Field(own, image, tr("this cell sees the whole image"))
        region = analysis.region
        shown = QRectF(region.x0, region.y0, region.width, region.height) & image
        if seen.contains(shown):
            return Field(own, shown, tr("this cell sees all that the model is shown"))
        return Field(own, seen & image)

    def _show_highlight(self) -> None:
        state, canvas = self._state, self._pane.canvas
        analysis = state.analysis(state.predicting_model())
        cells = state.highlight if self._content.has_map else None
        if cells is None or analysis is None:
            canvas.outlines.set_highlight(None, Region(0, 0, 1, 1))
        else:
            canvas.outlines.set_highlight(cells, analysis.region)
        canvas.update()

    def _show_lasso(self) -> None:
        lasso = None if self._content.method == IMAGE else self._state.lasso
        self._pane.canvas.outlines.lasso = lasso
        self._pane.canvas.update()


def seen_by(
    field: ReceptiveField, row: int, column: int, model: LoadedModel, region: Region
) -> QRectF:
    """Return what a cell sees, in image pixels; it may reach beyond the image."""
    top = field.first[0] + row * field.stride[0]
    left = field.first[1] + column * field.stride[1]
    corners = [(left, top), (left + field.size[1], top + field.size[0])]
    (x0, y0), (x1, y1) = region.from_grid(corners, model.spec.input.size).tolist()
    return QRectF(QPointF(x0, y0), QPointF(x1, y1))
