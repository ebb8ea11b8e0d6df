"""The grid of panes: the same case seen through several maps, moving together."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from app.annotate.annotator import Annotator
from app.annotate.tools.toolset import ToolSet
from app.canvas.canvas import Canvas
from app.canvas.pane import ImagePane
from app.canvas.pointer import PointerEvent
from app.canvas.viewport import Viewport
from app.compare.answers import answer
from app.compare.arrangement import columns_for, places
from app.compare.comparisons import Comparisons
from app.compare.cursor import Cursor, Probe
from app.compare.dragging import Dragging
from app.compare.layout_keeper import LayoutKeeper
from app.compare.legends import Legends
from app.compare.linking import Links
from app.compare.offer import Offer
from app.compare.slot import Slot
from app.state import IMAGE, PaneContent, ViewerState
from app.texts import tr
from softcam_core.imaging.window import Window, default_window

__all__ = ["CompareGrid", "Probe"]

GAP = 8


class CompareGrid(QWidget):
    """One `ImagePane` per entry of ``state.panes``.

    Signals:
        probed: a `Probe`, or None when the cursor has left the panes.
        zoomed: screen pixels per image pixel; 0 without an image.
        menu_asked: a right click on the reader's own marks, a `PointerEvent`; where on the screen.
        painted: every pane shows the image of the case in view.
        panes_built: panes have come, gone, or changed places.
    """

    probed = Signal(object)
    zoomed = Signal(float)
    menu_asked = Signal(object, QPoint)
    painted = Signal()
    panes_built = Signal()

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
        self._links = Links(self)
        self._links.moved.connect(self._show_zoom)
        self._cursor = Cursor(state, self._links, self)
        self._cursor.probed.connect(self.probed)
        self._known = Comparisons(self)
        self._known.ready.connect(self._show_maps_soon)
        self._dragging = Dragging(state, self)
        self._legends = Legends(self)
        self._slots: list[Slot] = []
        self._closed: set[tuple[str, str, str]] = set()
        self._drawn = replace(state.overlay, opacity=0.0)
        self._columns = 0
        self._hidden = False
        self._unpainted: set[Slot] = set()
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(GAP)
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
            state.stale_changed,
            state.reader_changed,
        ):
            signal.connect(self._show_maps_soon)
        state.case_changed.connect(self._known.forget)
        state.panes_changed.connect(self._follow)
        state.image_changed.connect(self._show_image)
        state.link_changed.connect(self._link)
        state.overlay_changed.connect(self._show_overlay)
        state.metrics_changed.connect(self._show_metrics)
        state.truth_changed.connect(self._show_metrics)
        state.current_changed.connect(self._show_current)
        self.tools = ToolSet(state, annotator, self)
        state.annotations_changed.connect(self._show_titles)
        state.study_closing.connect(self.tools.finish)
        self.layouts = LayoutKeeper(state, self)
        self._follow()

    # What others ask for

    @property
    def panes(self) -> list[ImagePane]:
        """The panes, from left to right and from top to bottom."""
        return [slot.pane for slot in self._slots]

    @property
    def offers(self) -> list[Offer]:
        """The strip of each pane, shown or not."""
        return [slot.offer for slot in self._slots]

    def canvas(self, number: int) -> Canvas:
        """Return the drawing area of a pane."""
        return self._slots[number].pane.canvas

    @property
    def current(self) -> ImagePane:
        """The pane that keys act on."""
        return self._slots[min(self._state.current, len(self._slots) - 1)].pane

    def zoom(self, factor: float) -> None:
        """Zoom every pane that moves with the current one about its middle."""
        for viewport in self._viewports():
            viewport.zoom(factor)

    def fit(self) -> None:
        """Show the whole image in every pane that moves with the current one."""
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
            for pane in self._together():
                pane.set_window(window)

    def set_hidden(self, hidden: bool) -> None:
        """Show the image alone while a key or button is held."""
        self._hidden = hidden
        self._show_overlay()

    def go_to(self, step: int) -> None:
        """Give the keyboard to the next pane (1) or the one before (-1)."""
        number = (min(self._state.current, len(self._slots) - 1) + step) % len(self._slots)
        self._slots[number].pane.canvas.setFocus()
        self._state.set_current(number)

    def _together(self) -> list[ImagePane]:
        """Return the panes that keys act on: all, unless the current one goes its own way."""
        if not self._state.linked:
            return self.panes
        return self._links.together(self.panes, self.current)

    def _viewports(self) -> list[Viewport]:
        return list(dict.fromkeys(pane.viewport for pane in self._together()))

    # Panes

    def _follow(self) -> None:
        """Bring the panes to what the state wants, touching only those that differ."""
        wanted, before = self._state.panes, self._slots
        old = [slot.content for slot in before]
        if not wanted or (wanted == old and before):
            return
        found = places(old, wanted)
        slots = [
            self._new_slot(content) if place is None else before[place]
            for place, content in zip(found, wanted, strict=True)
        ]
        rebuilt = slots != before
        had_focus = any(slot.pane.canvas.hasFocus() for slot in before)
        for slot in before:
            if slot not in slots:
                self._remove(slot)
        self._slots = slots
        for number, (slot, content) in enumerate(zip(slots, wanted, strict=True)):
            slot.set_number(number)
            self._change(slot, content)
        if rebuilt:
            self._on_rebuilt(had_focus)
        self._link()
        self._maps.start()

    def _on_rebuilt(self, had_focus: bool) -> None:
        self.tools.set_panes(self.panes)
        self._cursor.set_slots(self._slots)
        self._dragging.set_slots(self._slots)
        self._legends.set_slots(self._slots)
        self._columns = 0
        self._arrange()
        self._order_tabs()
        if self._state.current >= len(self._slots):
            self._state.set_current(len(self._slots) - 1)
        self._show_current()
        if had_focus and not any(pane.canvas.hasFocus() for pane in self.panes):
            self.current.canvas.setFocus()
        self._show_metrics()
        self.panes_built.emit()

    def _change(self, slot: Slot, content: PaneContent) -> None:
        """Let a slot show another content; a new opacity alone draws nothing else anew."""
        old, slot.content = slot.content, content
        if old.opacity != content.opacity:
            slot.show_overlay(self._hidden)
            slot.show_title()
        if replace(old, opacity=content.opacity, linked=content.linked) != content:
            slot.show_title()

    def _new_slot(self, content: PaneContent) -> Slot:
        linked = self._state.linked and content.linked
        pane = ImagePane(self._links.new(linked), parent=self)
        pane.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        slot = Slot(self._state, self._known, pane, content, self._closed)
        slot.answered.connect(self._answer)
        pane.cursor_moved.connect(lambda x, y: self._cursor.move(slot, x, y))
        pane.cursor_left.connect(self._cursor.leave)
        pane.window_changed.connect(lambda window: self._on_window(slot, window))
        pane.painted.connect(lambda: self._on_painted(slot))
        pane.canvas.menu_asked.connect(lambda at, place: self._on_menu(slot, at, place))
        pane.canvas.focus_changed.connect(lambda: self._on_focus(slot))
        pane.header.pressed.connect(pane.canvas.setFocus)
        self._legends.watch(slot)
        self._dragging.watch(slot)
        self.tools.attach(pane)
        slot.show_overlay(self._hidden)
        self._fill(slot)
        return slot

    def _remove(self, slot: Slot) -> None:
        pane = slot.pane
        self.tools.detach(pane)
        self._unpainted.discard(slot)
        self._layout.removeWidget(pane)
        pane.hide()
        pane.blockSignals(True)  # A mouse move may still be on its way to it.
        self._links.let_go(pane)
        pane.deleteLater()

    def _arrange(self) -> None:
        """Place the panes in rows and columns that suit the room."""
        count = len(self._slots)
        side_by_side = any(slot.content.reader for slot in self._slots)
        columns = count if side_by_side else columns_for(count, self.width(), self.height())
        if columns != self._columns:
            self._columns = columns
            for number, pane in enumerate(self.panes):
                self._layout.addWidget(pane, number // columns, number % columns)
            for row in range(self._layout.rowCount()):
                self._layout.setRowStretch(row, int(row * columns < count))
            for column in range(self._layout.columnCount()):
                self._layout.setColumnStretch(column, int(column < columns))
        self._fit_words()

    def _fit_words(self) -> None:
        """Give all headers two lines where one is too short for any; the value gives way first."""
        width = (self.width() - GAP * (self._columns - 1)) / self._columns
        two_lines = any(slot.header_width() > width for slot in self._slots)
        outside = not all(slot.has_room_for_value(width) for slot in self._slots)
        for slot in self._slots:
            slot.set_width(width, two_lines=two_lines, value_outside=outside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the panes anew where the room asks for it."""
        super().resizeEvent(event)
        self._arrange()

    def _order_tabs(self) -> None:
        """Let the Tab key go through one pane after the other: menu, image, the offer's button."""
        stops = [
            widget
            for slot in self._slots
            for widget in (slot.mark, slot.menu, slot.pane.canvas, slot.offer.button)
        ]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _on_menu(self, slot: Slot, at: PointerEvent, place: QPoint) -> None:
        content = slot.content
        if content.reader in ("", self._state.reader) and content.method != IMAGE:
            self.menu_asked.emit(at, place)

    def _on_focus(self, slot: Slot) -> None:
        if slot.pane.canvas.hasFocus():
            self._state.set_current(slot.number)

    def _show_current(self) -> None:
        several = len(self._slots) > 1
        for slot in self._slots:
            slot.pane.set_current(several and slot.number == self._state.current)

    def _show_zoom(self) -> None:
        shown = self._state.image is not None and bool(self._slots)
        self.zoomed.emit(self.current.viewport.scale if shown else 0.0)

    def _link(self) -> None:
        linked = self._state.linked
        changed = self._links.link(
            [(slot.pane, linked and slot.content.linked) for slot in self._slots]
        )
        for slot in self._slots:
            slot.show_link()
        if changed:
            self._cursor.leave()
            self._show_zoom()

    # Image

    def _show_image(self) -> None:
        for slot in self._slots:
            self._fill(slot)
        self._show_zoom()
        self._maps.start()

    def _fill(self, slot: Slot) -> None:
        """Show the image of the case in view in a pane."""
        state, pane = self._state, slot.pane
        state.painted = False
        self._unpainted.add(slot)
        if state.image is not None:
            if pane.image is state.image:
                pane.canvas.image_changed()
            pane.set_image(state.image)
            for other in self._links.together(self.panes, pane):
                if other is not pane and other.image is state.image and other.window_level:
                    pane.set_window(other.window_level)
                    break
        elif state.preview is not None:
            pane.set_preview(state.preview.pixels, state.preview.size)
        else:
            pane.set_image(None)

    def _on_painted(self, slot: Slot) -> None:
        self._unpainted.discard(slot)
        if not self._unpainted and self._state.image is not None:
            self._state.painted = True
            self.painted.emit()

    def _on_window(self, slot: Slot, window: Window) -> None:
        for pane in self._links.together(self.panes, slot.pane):
            pane.set_window(window)

    # Maps

    def _show_maps_soon(self) -> None:
        self._maps.start()

    def _show_maps(self) -> None:
        for slot in self._slots:
            slot.show_map()
        self._fit_words()
        self._cursor.read()

    def _show_titles(self) -> None:
        for slot in self._slots:
            if slot.content.reader:
                slot.show_title()

    def _show_overlay(self) -> None:
        overlay = self._state.overlay
        drawn = replace(overlay, opacity=0.0)
        for slot in self._slots:
            slot.show_overlay(self._hidden)
            if drawn != self._drawn:
                slot.show_metrics()
        named = (drawn.classes, drawn.style, drawn.visible)
        if named != (self._drawn.classes, self._drawn.style, self._drawn.visible):
            self._show_maps_soon()  # Headers name what is drawn.
        self._drawn = drawn

    def _show_metrics(self) -> None:
        for slot in self._slots:
            slot.show_metrics()

    def _answer(self, wish: str, asked: PaneContent) -> None:
        repeating = [slot.number for slot in self._slots if slot.same_picture]
        answer(self._state, wish, asked, repeating, self)
