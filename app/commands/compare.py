"""How many panes there are, what they show, and how they move."""

from __future__ import annotations

from app.commands.part import Part
from app.compare import panes
from app.compare.builtin import builtin


class CompareCommands(Part):
    """The menu Compare."""

    def panes(self, count: str) -> None:
        """Show so many panes."""
        panes.set_count(self._window.state, int(count))

    def next_pane(self) -> None:
        """Give the keyboard to the next pane."""
        self._window.grid.go_to(1)

    def previous_pane(self) -> None:
        """Give the keyboard to the pane before."""
        self._window.grid.go_to(-1)

    def move_pane_left(self) -> None:
        """Let the current pane change places with the one before."""
        panes.step(self._window.state, self._window.state.current, -1)

    def move_pane_right(self) -> None:
        """Let the current pane change places with the next one."""
        panes.step(self._window.state, self._window.state.current, 1)

    def close_pane(self) -> None:
        """Take the current pane away."""
        panes.close(self._window.state, self._window.state.current)

    def difference(self) -> None:
        """Show what the current pane's map has over the next one's."""
        panes.difference(self._window.state)

    def link_panes(self, linked: bool) -> None:
        """Let the panes share zoom, pan, cursor and brightness, or not."""
        self._window.state.set_linked(linked)

    def unlink_pane(self) -> None:
        """Let the current pane move alone, or with the others again."""
        panes.toggle_link(self._window.state)

    def layout(self, name: str) -> None:
        """Show a built-in layout."""
        found, why_not = builtin(self._window.state, name)
        if why_not:
            self._window.state.noted.emit(why_not)
        else:
            self._window.state.set_panes(found)

    def save_layout(self) -> None:
        """Give the layout of the panes a name."""
        from app.compare.layout_dialog import ask_name, may_replace

        keeper = self._window.grid.layouts
        if self._window.state.study is None:
            self._window.tell(self.tr("Open a study first: layouts are kept in it."))
            return
        name = ask_name(self._window, self.tr("Save layout"))
        if not name or (name in keeper.names() and not may_replace(self._window, name)):
            return
        if keeper.save(name):
            self._window.state.succeeded.emit(self.tr("Layout “{0}” saved.").format(name))

    def manage_layouts(self) -> None:
        """Show, rename and delete the study's own layouts."""
        from app.compare.layout_dialog import LayoutDialog

        self._run(LayoutDialog(self._window.grid.layouts, self._window))

    def compute_maps(self) -> None:
        """Compute the slow maps in view."""
        for model, method in self._window.state.slow_in_view():
            self._window.state.map_wanted.emit(model.id, method)

    def cancel_maps(self) -> None:
        """Stop computing slow maps, of this case and of others."""
        self._window.state.no_map_wanted.emit()

    def slow_at_once(self, at_once: bool) -> None:
        """Compute slow maps without being asked, or only on demand."""
        self._window.state.set_slow_at_once(at_once)

    def follow_prediction(self) -> None:
        """Show each case's predicted class."""
        self._window.state.set_class(None)
