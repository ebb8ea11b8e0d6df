"""One place of the grid: a pane, its menu and its strip, and what they show of one content."""

from __future__ import annotations

from dataclasses import replace
from math import isnan

import numpy as np
from PySide6.QtCore import QEvent, QObject, Signal

from app import texts
from app.canvas.pane import ImagePane
from app.compare.comparisons import Comparisons
from app.compare.description import Description
from app.compare.difference import agreements, describe_any, own_limit
from app.compare.header import PaneMenu
from app.compare.link_mark import LinkMark
from app.compare.offer import Offer
from app.compare.overlaid import Overlaid
from app.compare.titles import agreement_tip, pane_title
from app.state import DIFFERENCE, PaneContent, PaneMetrics, ViewerState
from app.style_sheet import TEXT
from app.texts import tr
from softcam_core.imaging.colormap import FAINT

TINY, WIDE = 320, 560
"""Screen pixels of a pane's width at the usual size of text: from the first on its footer has one
line and a strip says whole sentences, from the second on the footer says everything in full."""

CLOSABLE = ("partner", "compute")
"""Answers of notices that may be hidden: nothing is wrong without them."""

REST = 76
"""Screen pixels of a header of one line for its menu, gaps and edges."""


class Slot(QObject):
    """Shows the content of one pane; each method brings one part of it up to date.

    Signals:
        answered: the button of the strip: an answer as in `Description`, and the content.
    """

    answered = Signal(str, object)

    def __init__(
        self,
        state: ViewerState,
        known: Comparisons,
        pane: ImagePane,
        content: PaneContent,
        closed: set[tuple[str, str, str]],
    ) -> None:
        """Fill ``pane``, which is new; ``closed`` holds the notices that the user hid."""
        super().__init__(pane)
        self._state = state
        self._known = known
        self._room = False, False, False, False, TEXT
        self.content = content
        self.number = 0
        self.pane = pane
        self.told = Description()
        self.menu = PaneMenu(state, 0, pane)
        # What is chosen in its menu is about this pane, and so are the keys afterwards.
        self.menu.menu().aboutToShow.connect(pane.canvas.setFocus)
        self.mark = LinkMark(state, pane)
        pane.add_to_header(self.mark)
        pane.add_to_header(self.menu)
        self.overlaid = Overlaid(state, pane)
        self._closed = closed
        self.offer = Offer(pane)
        self.offer.dismissed.connect(self._close_offer)
        pane.add_to_footer(self.offer)
        pane.metrics.installEventFilter(self)
        self.offer.accepted.connect(lambda: self.answered.emit(self.told.answer, self.told.asked))

    def set_number(self, number: int) -> None:
        """Take a place in the grid, counted from 0."""
        self.number = number
        self.pane.setObjectName(f"pane{number + 1}")
        self.menu.set_number(number)
        self.mark.set_number(number)

    def header_width(self) -> int:
        """Return how wide a header of one line is at least: title and relation."""
        return self._beside() + self._wide(tr("post-hoc approximation"))

    def has_room_for_value(self, width: float) -> bool:
        """Return whether a header of so many screen pixels has room for the value.

        Its words must be the same with a value as without.
        """
        room = round(width) - self._beside()
        value = tr("cell {0} {1}").format("+888.88", self.told.units)
        return self._wide(self.pane.badge.shown_in(room)) + self._wide(value) <= room

    def _beside(self) -> int:
        title = self.pane.title
        return REST + (title.sizeHint().width() if title.text() else 0)

    def _wide(self, words: str) -> int:
        return self.pane.badge.fontMetrics().horizontalAdvance(words)

    def set_width(self, width: float, *, two_lines: bool, value_outside: bool) -> None:
        """Use as many words and lines as suit a pane of so many screen pixels.

        Args:
            width: of the pane, in screen pixels.
            two_lines: the header has two, in this pane or another one of the grid.
            value_outside: the value under the cursor has no room in the header.
        """
        font = max(self.pane.fontInfo().pixelSize(), TEXT)
        ratio = font / TEXT
        narrow = width < TINY * ratio
        room = two_lines, value_outside, narrow, width < WIDE * ratio, font
        if room != self._room:
            self._room = room
            self.pane.set_two_lines(header=two_lines, footer=narrow, value_outside=value_outside)
            self.offer.set_compact(narrow)
            self._show_offer()
            self.show_metrics()

    def show_map(self) -> None:
        """Show map, words and strip as they are now."""
        found = self.told = describe_any(self._state, self.content, self._known)
        pane = self.pane
        # Before a room, where no names are shown, nothing is chosen in panes either.
        self.menu.setVisible(not self._state.names_hidden)
        pane.set_bare(self._state.names_hidden)
        self.show_title()
        pane.set_badge(found.hidden or found.badge, found.tip)
        pane.badge.set_shorter(() if found.hidden else found.shorter, found.squeezed)
        pane.set_overlay(found.values, found.region, found.limit, found.units, found.rectified)
        self.overlaid.show(self.content, own=own_limit(self._state, self.content))
        pane.set_ends(*found.ends)
        pane.legend.set_provisional(found.provisional)
        pane.set_notice(found.notice)
        pane.canvas.setAccessibleDescription(found.hidden or found.notice)
        self._show_offer()
        self.show_metrics()

    def _show_offer(self) -> None:
        found = self.told
        if self._state.names_hidden or self._offered() in self._closed:
            found = Description()
        self.offer.say(
            found.offer,
            found.button,
            found.progress,
            short=found.short,
            alone=self.told.values is None,
            closable=found.answer in CLOSABLE,
        )

    def _offered(self) -> tuple[str, str, str]:
        return self.content.method, self.content.model, self.told.answer

    def _close_offer(self) -> None:
        self._closed.add(self._offered())
        self._show_offer()

    def show_title(self) -> None:
        """Show whose pane it is, or of which map."""
        reader = self.content.reader
        if reader and not self.told.hidden:
            count = len(self.pane.canvas.marks.marks)
            self.pane.set_title(tr("{0} · {1}").format(reader, texts.marks_text(count)))
        elif reader or self.told.hidden:
            # The sentence in the header needs the room; whose pane it is stays there.
            self.pane.set_title(reader)
        else:
            title, own = pane_title(self._state, self.content), self.content.opacity
            self.pane.set_title(title if own is None else f"{title} ({own:.0%})")
            if own is not None:
                told = tr("{0}: drawn with an opacity of its own, {1}").format(title, f"{own:.0%}")
                self.pane.title.setToolTip(told)

    def show_overlay(self, hidden: bool) -> None:
        """Draw the map as strong as the pane, or all panes, want it; not at all if ``hidden``."""
        overlay = self._state.overlay
        own = self.content.opacity
        self.pane.set_overlay_settings(
            replace(
                overlay,
                visible=overlay.visible and not hidden,
                # A difference has two maps to speak for, not a class.
                positive=overlay.positive and self.content.method != DIFFERENCE,
                opacity=overlay.opacity if own is None else own,
            )
        )

    def show_link(self) -> None:
        """Say where the pane moves alone."""
        self.mark.say(linked=self.content.linked, others=self._state.linked)

    @property
    def same_picture(self) -> bool:
        """Whether the pane offers a black box, since it shows the evidence again."""
        return bool(self.told.offer) and self.told.answer == "partner"

    def show_metrics(self) -> None:
        """Show how the map agrees with the marks, or the two maps of a difference with another."""
        found, metrics = self.told, self._state.metrics
        known = metrics[self.number] if self.number < len(metrics) else None
        faint, brief = self._faint()
        if faint:
            self.pane.set_metrics_text(brief if self._room[3] else faint)
            self.pane.metrics.setToolTip(f"{faint}\n{self._metrics_words(known)}")
        elif found.footer:
            self.pane.set_metrics_text(found.brief if self._room[3] else found.footer)
            self.pane.metrics.setToolTip(f"{found.footer}\n{found.footer_tip}")
        elif self._measured:
            whose = self._state.whose_marks
            nothing = known is None or (self._state.names_hidden and isnan(known.precision))
            self.pane.set_metrics_text("" if nothing else texts.metrics_text(known, whose))
            self.pane.metrics.setToolTip(self._metrics_tip())
        else:
            self.pane.set_metrics_text("")
            self.pane.metrics.setToolTip("")

    def _faint(self) -> tuple[str, str]:
        """Say that nothing of the map can be seen as it is drawn, and in a few words.

        Both are "" where something can.
        """
        overlay, values, limit = self._state.overlay, self.told.values, self.told.limit
        if values is None or overlay.classes != "one" or not overlay.visible:
            return "", ""
        one_sided = overlay.positive and self.content.method != DIFFERENCE
        highest = float(np.nanmax(values if one_sided else np.abs(values), initial=0.0))
        share = highest / limit
        if overlay.style in ("threshold", "contour") and share < overlay.threshold:
            nothing = tr("nothing above {0} of the limit").format(f"{overlay.threshold:.0%}")
            return nothing, nothing
        if overlay.style == "blend" and share < FAINT:
            told, brief = (
                tr("hardly to be seen: at most {0} of the limit"),
                tr("hardly to be seen ({0})"),
            )
            return told.format(f"{share:.0%}"), brief.format(f"{share:.0%}")
        return "", ""

    @property
    def _measured(self) -> bool:
        """Whether there are numbers of a map: none is told of one that is switched off."""
        return self.content.has_map and self._state.overlay.visible

    def _metrics_words(self, known: PaneMetrics | None) -> str:
        whose = self._state.whose_marks
        return texts.metrics_text(known, whose) if known else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say in the tip of the numbers how the map agrees with others, once somebody asks."""
        if event.type() == QEvent.Type.ToolTip and self._measured:
            agreeing = agreements(self._state, self.number, self._known)
            parts = [self._metrics_tip(), *agreeing, *([agreement_tip()] if agreeing else [])]
            self.pane.metrics.setToolTip("\n".join(parts))
        return super().eventFilter(watched, event)

    def _metrics_tip(self) -> str:
        numbers = self.pane.metrics.text() or tr("Draw marks to see how the map agrees with them.")
        return f"{numbers}\n{_metrics_words()}"


def _metrics_words() -> str:
    return tr(
        "AP, activation precision: the share of the map's positive part that lies inside "
        "the marks.\nAS, activation sensitivity: how strongly the map covers the marks, "
        "from 0 to 1; a map that is bright everywhere scores high.\nWhose marks: chosen "
        "in the dock; yours where nothing else is said."
    )
