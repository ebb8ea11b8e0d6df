"""Copying what is on screen, and making figures for print."""

from __future__ import annotations

from pathlib import Path

from app.commands.part import Part
from app.language import in_language
from app.worklist.model import Role
from softcam_core.paths import is_folder


class OutputCommands(Part):
    """The menu File's pictures and figures."""

    def copy_view(self) -> None:
        """Copy a picture of all panes; a field that has the keyboard copies its text."""
        from app.output.copying import caption_of, copy_panes, copy_text_in_focus

        if copy_text_in_focus():
            return
        if self._window.state.case is None:
            self._window.tell(self.tr("There is nothing to copy; open a folder first."))
            return
        state = self._window.state
        copy_panes(self._window.grid.panes, caption_of(state, state.panes))
        self._window.tell(self.tr("Copied the view."), "good")

    def copy_pane(self) -> None:
        """Copy a picture of the current pane."""
        from app.output.copying import caption_of, copy_panes

        window = self._window
        if window.state.case is None:
            window.tell(self.tr("There is nothing to copy; open a folder first."))
            return
        number = min(window.state.current, len(window.grid.panes) - 1)
        one = slice(number, number + 1)
        contents = window.state.panes[one]
        copy_panes(window.grid.panes[one], caption_of(window.state, contents))
        window.tell(self.tr("Copied the pane."), "good")

    def export_figure(self) -> None:
        """Ask what a figure shows, and make it."""
        window, state = self._window, self._window.state
        if state.case is None:
            window.tell(self.tr("No case is in view; choose one first."))
            return
        from app.output.figure_dialog import FigureDialog
        from app.places import remember

        study = state.study

        def written(path: Path, problems: list[str]) -> None:
            if study is not None and is_folder(path.parent):
                remember(window.settings, study.path, path.parent.absolute())
            window.tell(self.tr("The figure is in {0}.").format(path), "good")
            if problems:
                window.tell(" ".join(map(in_language, problems)))

        dialog = FigureDialog(
            state,
            window.jobs,
            window.settings,
            window.grid.panes,
            self._place,
            self._listed,
            window,
        )
        dialog.written.connect(written)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _listed(self) -> list[int]:
        """Return the cases that the worklist shows, in its order."""
        shown = self._window.worklist.filter
        found = [shown.index(row, 0).data(Role.CASE) for row in range(shown.rowCount())]
        return [case.id for case in found if case is not None]
