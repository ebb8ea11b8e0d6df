"""One pane: a title that says what is shown, the canvas, and a footer with numbers and legend."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from math import ceil, exp

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QRunnable, QSize, QThreadPool, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.canvas.canvas import Canvas
from app.canvas.footer import PaneFooter
from app.canvas.header import PaneHeader
from app.canvas.look import ClassMaps, Look
from app.canvas.marks import ShapeRecord, Sketch, marks_of
from app.canvas.pointer import PointerTool
from app.canvas.pyramid import Pyramid
from app.canvas.viewport import Viewport
from app.state import Overlay
from softcam_core.imaging.colormap import pair_for
from softcam_core.imaging.geometry import Region
from softcam_core.imaging.read import StoredImage
from softcam_core.imaging.window import Window, default_window, to_display

WINDOW_SPEED = 0.005
"""Part of the window's width that one screen pixel of a right-drag changes it by."""

BORDER = 2
"""Screen pixels of the frame of the pane that has the focus."""

LEAST = QSize(120, 140)
"""The smallest pane, in screen pixels, unless its words need more height."""

QUICK_SIDE = 1024
"""Longer side of the sampled picture that is shown while a large image is being halved."""


class _Built(QObject):
    """Carries a finished pyramid into the GUI thread."""

    done = Signal(object)


class _Build(QRunnable):
    """Halves a large image in the thread pool."""

    def __init__(self, image: StoredImage) -> None:
        super().__init__()
        self.image = image
        self.signals = _Built()

    def run(self) -> None:
        """Build, and hand over."""
        self.signals.done.emit(Pyramid.of(self.image))


class ImagePane(QWidget):
    """An image with evidence and marks over it.

    Panes that are given the same `Viewport` move together.
    """

    cursor_moved = Signal(float, float)
    cursor_left = Signal()
    window_changed = Signal(object)  # Window
    painted = Signal()  # the image, not only its preview, is on screen for the first time

    def __init__(
        self, viewport: Viewport | None = None, name: str = "pane", parent: QWidget | None = None
    ) -> None:
        """Make an empty pane; ``name`` becomes its object name."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(self.tr("Image pane"))
        self.image: StoredImage | None = None
        self._previewed = False
        self._current = False
        self._bare = False
        self._window: Window | None = None
        self._pair = "grey"
        self._limit: float | None = None
        self._units = ""
        self._rectified = False
        self._overlay = Overlay()
        self._build: _Build | None = None
        self.canvas = Canvas(viewport or Viewport(self), self)
        self.canvas.setAccessibleName(self.tr("Image"))
        self.canvas.cursor_moved.connect(self.cursor_moved)
        self.canvas.cursor_left.connect(self.cursor_left)
        self.canvas.painted.connect(self.painted)
        self.canvas.focus_changed.connect(self.update)
        self.canvas.window_dragged.connect(self._drag_window)
        self.header = PaneHeader(self.canvas, self)
        self.title, self.badge = self.header.title, self.header.badge
        self.readout = self.header.readout
        self.footer = PaneFooter(self)
        self.metrics, self.legend = self.footer.metrics, self.footer.legend
        self._lay_out()

    def _lay_out(self) -> None:
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(BORDER, BORDER, BORDER, BORDER)
        column.setSpacing(0)
        for part in (self.header, self.canvas, self.footer):
            column.addWidget(part, int(part is self.canvas))
        self.set_two_lines(header=False, footer=False)

    def minimumSizeHint(self) -> QSize:
        """The same for all panes of a grid, with header, picture and footer below each other."""
        return LEAST.expandedTo(QSize(0, self._column.minimumSize().height()))

    def sizeHint(self) -> QSize:
        """Panes take what room there is, whatever they say."""
        return self.minimumSizeHint()

    def set_two_lines(self, *, header: bool, footer: bool, value_outside: bool = False) -> None:
        """Give header or footer two lines, in a pane that is too narrow for one.

        With ``value_outside`` the value under the cursor lies in the picture.
        """
        self.header.set_two_lines(header)
        self.header.set_value_outside(header or value_outside)
        self.footer.set_two_lines(footer)

    def add_to_header(self, widget: QWidget) -> None:
        """Put a control at the right end of the header."""
        self.header.add(widget)

    def add_to_footer(self, widget: QWidget) -> None:
        """Put a control before the numbers below the image."""
        self.footer.add(widget)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the pane's rounded panel, in the theme's colours."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        roles = QPalette.ColorRole
        focus = self.canvas.hasFocus() and not self._bare
        current = self._current and not self._bare
        line = roles.Highlight if focus or current else roles.Mid
        width = BORDER if focus else 1
        painter.setPen(QPen(palette.color(line), width))
        painter.setBrush(palette.color(QPalette.ColorRole.Base))
        edge = width / 2
        painter.drawRoundedRect(self.rect().toRectF().adjusted(edge, edge, -edge, -edge), 6, 6)
        painter.end()

    def set_current(self, current: bool) -> None:
        """Mark the pane as the one that keys act on, wherever the focus is."""
        if current != self._current:
            self._current = current
            self.update()

    def set_bare(self, bare: bool) -> None:
        """Leave out the frame of the pane in use, for a picture of it or before a room."""
        self._bare = bare
        self.update()

    @property
    def bare(self) -> bool:
        """Whether the frame of the pane in use is left out."""
        return self._bare

    # What is shown

    @property
    def viewport(self) -> Viewport:
        """What part of the image is seen."""
        return self.canvas.viewport

    def set_viewport(self, viewport: Viewport) -> None:
        """Move with the panes of another viewport from now on."""
        self.canvas.set_viewport(viewport)

    def set_preview(self, pixels: NDArray[np.uint8], size: tuple[int, int]) -> None:
        """Show reduced pixels of an image of ``size`` = (width, height) until it is read."""
        self.image = None
        self._build = None
        self._previewed = True
        self.canvas.image.set_preview(pixels, size)
        self.viewport.show_image(("preview", id(pixels)), size)
        self.canvas.image_changed()

    def set_image(self, image: StoredImage | None) -> None:
        """Show an image with its default window, or nothing.

        A large image whose halves are not made yet (see `Pyramid.of`) appears when they are.
        """
        if image is self.image and image is not None:
            return
        keep = self._previewed or (
            image is not None and self.image is not None and image.frames > 1
        )
        self.image = image
        self._build = None
        if image is None:
            self._previewed = False
            self._window = None
            self.canvas.image.set_pyramid(None, None)
            self.canvas.update()
            return
        height, width = image.pixels.shape[:2]
        self.viewport.show_image(id(image), (width, height), keep)
        self._window = default_window(image)
        if Pyramid.quick(image):
            self._show(Pyramid.of(image))
        else:
            if not self._previewed:
                # Something of this image at once, not the last one for a moment longer.
                step = ceil(max(height, width) / QUICK_SIDE)
                quick = to_display(image.pixels[::step, ::step], self._window)
                self.canvas.image.set_preview(quick, (width, height))
                self.canvas.update()
            self._build = _Build(image)
            self._build.signals.done.connect(self._show)
            QThreadPool.globalInstance().start(self._build)

    def _show(self, pyramid: Pyramid) -> None:
        if pyramid.image is not self.image:
            return
        self._build = None
        self._previewed = False
        self._set_pair(pair_for(pyramid.coloured))
        self.canvas.image.set_pyramid(pyramid, self._window)
        self.canvas.image_changed()

    def set_window(self, window: Window) -> None:
        """Show the image through another display window."""
        if window != self._window:
            self._window = window
            self.canvas.image.set_window(window)
            self.canvas.update()

    @property
    def window_level(self) -> Window | None:
        """The display window; None without an image."""
        return self._window

    def set_overlay(
        self,
        values: NDArray[np.float32] | None,
        region: Region,
        limit: float,
        units: str,
        rectified: bool = False,
    ) -> None:
        """Show a map over the image.

        Args:
            values: (h, w) raw values of equal cells over ``region``; None shows no map.
            region: the part of the image that the model saw, in image pixels.
            limit: the value of the full colour, the same for every image.
            units: ``logit`` or ``a.u.``
            rectified: the map has no negative values by definition; the legend begins at 0.
        """
        self.canvas.evidence.set_map(values, region, limit)
        self._limit = None if values is None else limit
        self.legend.set_range(*_range(values))
        self._units = units
        self._rectified = rectified
        self._set_style()

    def set_ends(self, low: str, high: str) -> None:
        """Say what the two ends of the colours mean."""
        self.legend.set_ends(low, high)
        self.footer.fit()

    def set_class_maps(self, classes: ClassMaps | None) -> None:
        """Draw several classes over the region and up to the limit of the map; None draws it."""
        self.canvas.evidence.set_classes(classes)
        shown = () if classes is None else zip(classes.names, classes.colours, strict=True)
        self.legend.set_classes(tuple(shown))
        self.canvas.update()

    def set_overlay_settings(self, overlay: Overlay) -> None:
        """Choose how the map is drawn; its opacity is the one of this pane."""
        self._overlay = overlay
        self.canvas.opacity = overlay.opacity if overlay.visible else 0.0
        self.canvas.outlines.set_grid(overlay.grid and overlay.visible)
        self._set_style()

    def _set_pair(self, pair: str) -> None:
        self._pair = pair
        self._set_style()

    def _set_style(self) -> None:
        look = self._look()
        self.canvas.evidence.set_look(look)
        self.legend.set_scale(self._limit, self._units, look, self._rectified)
        self.footer.fit()
        self.canvas.update()

    def _look(self) -> Look:
        overlay = self._overlay
        pair = self._pair if overlay.colours == "auto" else overlay.colours
        return Look(
            pair,
            overlay.smooth,
            overlay.style,
            overlay.threshold,
            overlay.top_k,
            overlay.positive,
        )

    # Texts

    def set_title(self, text: str) -> None:
        """Write what the pane shows; "" leaves the header to the badge."""
        self.title.setText(text)
        self.title.setToolTip(text)
        self.title.setVisible(bool(text))
        self.setAccessibleName(
            self.tr("Image pane: {0}").format(text) if text else self.tr("Image pane")
        )

    def set_badge(self, text: str, tooltip: str = "") -> None:
        """Write how the map relates to the prediction; the tooltip may say more."""
        self.badge.setText(text)
        self.badge.setToolTip(tooltip or text)

    def set_metrics_text(self, text: str) -> None:
        """Write the numbers of the map against the marks."""
        self.footer.set_metrics(text)

    def set_readout(self, text: str) -> None:
        """Write the value under the linked cursor."""
        self.header.set_readout(text)

    def set_notice(self, text: str) -> None:
        """Write a sentence into the middle of the canvas; empty removes it."""
        if text != self.canvas.notice:
            self.canvas.notice = text
            self.canvas.setAccessibleDescription(text)
            self.canvas.update()

    # Marks and cursor

    def set_shapes(
        self,
        records: Iterable[ShapeRecord],
        colours: dict[str, str],
        selection: Iterable[int | str] = (),
        strong: Collection[int | str] = (),
    ) -> None:
        """Show annotations in the colours of their labels, some selected, some standing out."""
        self.canvas.marks.set_marks(marks_of(records, colours, strong), selection)
        self.canvas.update()

    def set_tags(self, tags: dict[int | str, str]) -> None:
        """Write other tags than their labels to some annotations, by their ids."""
        self.canvas.marks.set_tags(tags)

    def set_sketch(self, sketch: Sketch | None) -> None:
        """Show the shape in work."""
        self.canvas.marks.set_sketch(sketch)
        self.canvas.update()

    def set_crosshair(self, x: float | None, y: float | None = None) -> None:
        """Show the cursor of another pane at an image point; None hides it."""
        self.canvas.set_crosshair(None if x is None or y is None else (x, y))

    def set_tool(self, tool: PointerTool | None) -> None:
        """Give the left button to a tool; None pans."""
        self.canvas.set_tool(tool)

    def value_at(self, x: float, y: float) -> tuple[NDArray[np.generic] | None, float | None]:
        """Return the stored pixel (scalar, or 3 channels) and the map's value at an image point.

        Either is None where there is none.
        """
        pixel = None
        if self.image is not None:
            height, width = self.image.pixels.shape[:2]
            if 0 <= x < width and 0 <= y < height:
                pixel = self.image.pixels[int(y), int(x)]
        return pixel, self.canvas.evidence.value_at(x, y)

    def _drag_window(self, dx: float, dy: float) -> None:
        """Widen to the right, brighten upwards."""
        if self._window is None:
            return
        low, high = self._window.low, self._window.high
        width = (high - low) * exp(dx * WINDOW_SPEED)
        centre = (low + high) / 2 + dy * WINDOW_SPEED * (high - low)
        self.set_window(Window(centre - width / 2, centre + width / 2))
        self.window_changed.emit(self._window)


def _range(values: NDArray[np.float32] | None) -> tuple[float, float]:
    """Return the least and the greatest value of a map, 0 where that has another sign."""
    if values is None:
        return 0.0, 0.0
    return float(np.nanmin(values, initial=0.0)), float(np.nanmax(values, initial=0.0))
