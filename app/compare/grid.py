"""The grid of panes: the same case seen through several maps, moving together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from app import texts
from app.annotate.annotator import Annotator
from app.annotate.tools.toolset import ToolSet
from app.canvas.canvas import Canvas
from app.canvas.pane import ImagePane
from app.canvas.pointer import PointerEvent
from app.canvas.viewport import Viewport
from app.compare.description import Description, describe
from app.compare.header import PaneMenu
from app.compare.offer import Offer
from app.compare.partner import find_partner, open_black_box
from app.state import ViewerState
from app.texts import tr
from softcam_core.imaging.window import Window, default_window

COLUMNS = {1: 1, 2: 2, 3: 2, 4: 2, 5: 3, 6: 3, 7: 4, 8: 4}


@dataclass(frozen=True)
class Probe:
    """What lies under the cursor, as texts for the status bar."""

    x: float
    y: float
    pixel: str
    evidence: str


class CompareGrid(QWidget):
    """One `ImagePane` per entry of ``state.panes``.

    Signals:
        probed: a `Probe`, or None when the cursor has left the panes.
        zoomed: screen pixels per image pixel; 0 without an image.
        menu_asked: a right click on the reader's own marks, a `PointerEvent`; where on the screen.
        painted: every pane shows the image of the case in view.
    """

    probed = Signal(object)
    zoomed = Signal(float)
    menu_asked = Signal(object, QPoint)
    painted = Signal()

    def __init__(
        self, state: ViewerState, annotator: Annotator, parent: QWidget | None = None
    ) -> None:
        """Observe ``state``; the tools draw through ``annotator``."""
        super().__init__(parent)
        self.setObjectName("compareGrid")
        self.setAccessibleName(tr("Image panes"))
        # What the docks do not need is the images'.
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._state = state
        self._shared = Viewport(self)
        self._shared.changed.connect(self._show_zoom)
        self._panes: list[ImagePane] = []
        self._menus: list[PaneMenu] = []
        self._offers: list[Offer] = []
        self._descriptions: dict[int, Description] = {}
        self._hidden = False
        self._cursor: tuple[int, float, float] | None = None
        self._unpainted: set[int] = set()
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        # Several signals of one change draw the maps once.
        self._maps = QTimer(self)
        self._maps.setSingleShot(True)
        self._maps.setInterval(0)
        self._maps.timeout.connect(self._show_maps)
        for signal in (
            state.analysis_changed,
            state.class_changed,
            state.limits_changed,
            state.models_changed,
            state.loading_changed,
            state.progress_changed,
            state.case_changed,
        ):
            signal.connect(self._show_maps_soon)
        state.panes_changed.connect(self._rebuild)
        state.image_changed.connect(self._show_image)
        state.link_changed.connect(self._link)
        state.overlay_changed.connect(self._show_overlay)
        state.metrics_changed.connect(self._show_metrics)
        state.truth_changed.connect(self._show_metrics)
        self.tools = ToolSet(state, annotator, self)
        state.annotations_changed.connect(self._show_titles)
        state.study_closing.connect(self.tools.finish)
        self._rebuild()

    # What others ask for

    @property
    def panes(self) -> list[ImagePane]:
        """The panes, from left to right and from top to bottom."""
        return list(self._panes)

    def canvas(self, number: int) -> Canvas:
        """Return the drawing area of a pane."""
        return self._panes[number].canvas

    def zoom(self, factor: float) -> None:
        """Zoom every pane about its middle."""
        for viewport in self._viewports():
            viewport.zoom(factor)

    def fit(self) -> None:
        """Show the whole image in every pane."""
        for viewport in self._viewports():
            viewport.fit()

    def one_to_one(self) -> None:
        """Show one image pixel per screen pixel."""
        for viewport in self._viewports():
            viewport.one_to_one(self.devicePixelRatioF())

    def reset_window(self) -> None:
        """Return to the image's own brightness and contrast."""
        if self._state.image is not None:
            window = default_window(self._state.image)
            for pane in self._panes:
                pane.set_window(window)

    def set_hidden(self, hidden: bool) -> None:
        """Show the image alone while a key or button is held."""
        self._hidden = hidden
        self._show_overlay()

    # Panes

    def _viewports(self) -> list[Viewport]:
        return list(dict.fromkeys(pane.viewport for pane in self._panes))

    def _rebuild(self) -> None:
        wanted = len(self._state.panes)
        while len(self._panes) > wanted:
            self._menus.pop()
            self._offers.pop()
            pane = self._panes.pop()
            self.tools.detach(pane)
            self._layout.removeWidget(pane)
            pane.hide()
            pane.blockSignals(True)  # A mouse move may still be on its way to it.
            pane.deleteLater()
        while len(self._panes) < wanted:
            self._add_pane()
        side_by_side = any(content.reader for content in self._state.panes)
        columns = wanted if side_by_side else COLUMNS.get(wanted, 4)
        for number, pane in enumerate(self._panes):
            self._layout.addWidget(pane, number // columns, number % columns)
        for row in range(self._layout.rowCount()):
            self._layout.setRowStretch(row, int(row * columns < wanted))
        for column in range(self._layout.columnCount()):
            self._layout.setColumnStretch(column, int(column < columns))
        self._order_tabs()
        self._on_cursor_left()
        self._show_image()
        self._show_overlay()
        self._show_metrics()

    def _order_tabs(self) -> None:
        """Let the Tab key go through one pane after the other: menu, image, the offer's button."""
        stops = [
            widget
            for pane, menu, offer in zip(self._panes, self._menus, self._offers, strict=True)
            for widget in (menu, pane.canvas, offer.button)
        ]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _add_pane(self) -> None:
        number = len(self._panes)
        pane = ImagePane(self._new_viewport(), f"pane{number + 1}", self)
        menu = PaneMenu(self._state, number, pane)
        self._menus.append(menu)
        pane.add_to_header(menu)
        pane.cursor_moved.connect(lambda x, y: self._on_cursor(number, x, y))
        pane.cursor_left.connect(self._on_cursor_left)
        pane.window_changed.connect(lambda window: self._on_window(number, window))
        pane.painted.connect(lambda: self._on_painted(number))
        pane.canvas.menu_asked.connect(lambda at, place: self._on_menu(number, at, place))
        pane.metrics.setToolTip(
            tr(
                "AP, activation precision: the share of the map's positive part that lies inside "
                "the marks.\nAS, activation sensitivity: how strongly the map covers the marks, "
                "from 0 to 1; a map that is bright everywhere scores high.\nWhose marks: chosen "
                "in the dock; yours where nothing else is said."
            )
        )
        offer = Offer(pane.canvas)
        offer.accepted.connect(lambda: self._answer(number))
        self._panes.append(pane)
        self.tools.attach(pane)
        self._offers.append(offer)

    def _on_menu(self, number: int, at: PointerEvent, place: QPoint) -> None:
        if self._state.panes[number].reader in ("", self._state.reader):
            self.menu_asked.emit(at, place)

    def _new_viewport(self) -> Viewport:
        if self._state.linked:
            return self._shared
        viewport = Viewport(self)
        viewport.changed.connect(self._show_zoom)
        return viewport

    def _show_zoom(self) -> None:
        shown = self._state.image is not None
        self.zoomed.emit(self._panes[0].viewport.scale if shown else 0.0)

    def _link(self) -> None:
        first = self._panes[0].viewport
        centre, scale, fitted = first.centre, first.scale, first.fitted
        for pane in self._panes:
            old = pane.viewport
            pane.set_viewport(self._new_viewport())
            if old is not self._shared:
                old.deleteLater()
            if self._state.image is not None:
                height, width = self._state.image.pixels.shape[:2]
                pane.viewport.show_image(id(self._state.image), (width, height))
                if not fitted:
                    pane.viewport.look_at(centre, scale)
        self._on_cursor_left()
        self._show_zoom()

    # Image

    def _show_image(self) -> None:
        state = self._state
        state.painted = False
        self._unpainted = set(range(len(self._panes)))
        for pane in self._panes:
            if state.image is not None:
                if pane.image is state.image:
                    pane.canvas.image_changed()
                pane.set_image(state.image)
            elif state.preview is not None:
                pane.set_preview(state.preview.pixels, state.preview.size)
            else:
                pane.set_image(None)
        self._show_zoom()
        self._maps.start()

    def _on_painted(self, number: int) -> None:
        self._unpainted.discard(number)
        if not self._unpainted and self._state.image is not None:
            self._state.painted = True
            self.painted.emit()

    def _on_window(self, number: int, window: Window) -> None:
        if self._state.linked:
            for other, pane in enumerate(self._panes):
                if other != number:
                    pane.set_window(window)

    # Maps

    def _show_maps_soon(self) -> None:
        self._maps.start()

    def _show_maps(self) -> None:
        for number in range(len(self._panes)):
            self._show_map(number)
        self._show_probe()

    def _show_map(self, number: int) -> None:
        pane, content = self._panes[number], self._state.panes[number]
        method = content.method
        found = describe(self._state, content)
        self._descriptions[number] = found
        pane.set_title(self._title(number))
        pane.set_badge(found.hidden or found.badge, found.tip)
        pane.set_overlay(
            found.values, found.region, found.limit, texts.units(method), texts.rectified(method)
        )
        pane.legend.set_provisional(found.provisional)
        pane.set_notice(found.notice)
        pane.canvas.setAccessibleDescription(found.hidden or found.notice)
        self._offers[number].say(found.offer, found.button, found.progress)

    def _title(self, number: int) -> str:
        content = self._state.panes[number]
        found = self._descriptions.get(number)
        if found is not None and found.hidden:
            # The sentence in the header needs the room; whose pane it is stays there.
            return content.reader
        if not content.reader:
            return texts.method_name(content.method)
        count = len(self._panes[number].canvas.marks.marks)
        return f"{content.reader} · {texts.marks_text(count)}"

    def _show_titles(self) -> None:
        for number, pane in enumerate(self._panes):
            if self._state.panes[number].reader:
                pane.set_title(self._title(number))

    def _show_overlay(self) -> None:
        overlay = self._state.overlay
        shown = replace(overlay, visible=overlay.visible and not self._hidden)
        for pane in self._panes:
            pane.set_overlay_settings(shown)

    def _show_metrics(self) -> None:
        metrics = self._state.metrics
        for number, pane in enumerate(self._panes):
            known = metrics[number] if number < len(metrics) else None
            has_map = bool(self._state.panes[number].method)
            whose = self._state.whose_marks
            pane.set_metrics_text(texts.metrics_text(known, whose) if has_map else "")

    def _answer(self, number: int) -> None:
        """Do what the button in a pane offers."""
        content = self._state.panes[number]
        model = self._state.pane_model(content)
        answer = self._descriptions[number].answer
        if answer == "partner":
            self._open_partner()
        elif model is not None:
            wish = self._state.map_unwanted if answer == "cancel" else self._state.map_wanted
            wish.emit(model.id, content.method)

    def _open_partner(self) -> None:
        model = self._state.predicting_model()
        if model is None:
            return
        there = open_black_box(self._state.models, model)
        if there is None:
            partner = find_partner(model, self)
            if partner is not None:
                self._state.model_wanted.emit(Path(partner))
            return
        # It is open already: the panes that show the same picture twice take it.
        panes = [
            replace(content, model=there.id) if self._same_picture(number) else content
            for number, content in enumerate(self._state.panes)
        ]
        self._state.set_panes(panes)

    def _same_picture(self, number: int) -> bool:
        found = self._descriptions.get(number)
        return found is not None and bool(found.offer) and found.answer == "partner"

    # Cursor

    def _on_cursor(self, number: int, x: float, y: float) -> None:
        self._cursor = number, x, y
        for other, pane in enumerate(self._panes):
            shown = self._state.linked and other != number
            pane.set_crosshair(x if shown else None, y if shown else None)
        self._show_probe()

    def _on_cursor_left(self) -> None:
        self._cursor = None
        for pane in self._panes:
            pane.set_crosshair(None)
        self._show_probe()

    def _show_probe(self) -> None:
        if self._cursor is None:
            for pane in self._panes:
                pane.set_readout("")
            self.probed.emit(None)
            return
        number, x, y = self._cursor
        for other, pane in enumerate(self._panes):
            value = pane.value_at(x, y)[1]
            shown = value is not None and (self._state.linked or other == number)
            units = texts.units(self._state.panes[other].method)
            pane.set_readout(f"{texts.value_text(value)} {units}" if shown else "")
        pixel = self._panes[number].value_at(x, y)[0]
        self.probed.emit(Probe(x, y, texts.pixel_text(pixel), self._evidence_at(x, y)))

    def _evidence_at(self, x: float, y: float) -> str:
        """Return what the predicting model's cell under the cursor adds to the class's logit."""
        state = self._state
        model, name = state.predicting_model(), state.shown_class()
        analysis = state.analysis(model)
        if model is None or analysis is None or name is None or "evidence" not in analysis.maps:
            return ""
        values = analysis.maps["evidence"][model.spec.classes.index(name)]
        rows, columns = values.shape
        column, row = analysis.region.to_grid((x, y), (rows, columns)) // 1
        if not (0 <= row < rows and 0 <= column < columns):
            return ""
        value = float(values[int(row), int(column)])
        return texts.share_text(name, value, analysis, model, rows * columns)
