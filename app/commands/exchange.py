"""Bringing marks out of the study and into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.commands.part import Part

if TYPE_CHECKING:
    from softcam_core.annotations.formats.plan import ImportPlan


class ExchangeCommands(Part):
    """The menu File's import and export."""

    def import_annotations(self) -> None:
        """Ask for files, show what they bring, and take it in as one undo step."""
        study = self._ready_study()
        if study is None:
            return
        window = self._window
        if study.read_only:
            window.tell(
                self.tr("The study is open in another window; import there, or close it first.")
            )
            return
        from app.exchange.import_dialog import ImportDialog
        from app.exchange.preview import show_imported

        state = window.state
        dialog = ImportDialog(
            study,
            state.reader,
            study.readers(),
            window.settings,
            window,
            others_hidden=any(state.sight.hides_others(case.id) for case in state.cases),
        )
        dialog.taken.connect(lambda plan: show_imported(state, window.annotator, plan))

        dialog.show_wanted.connect(lambda reader: self._show_layer(dialog.plan, reader))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _show_layer(self, plan: ImportPlan | None, reader: str) -> None:
        """Change to the layer of imported marks, and to an image that has some.

        That is a change of the reader as any other: asked for where it ends a blinding, and logged.
        """
        from app.exchange.preview import case_with_marks

        state = self._window.state
        self._window.readers.bar.picker.choose(reader)
        if state.reader != reader:
            return
        case = case_with_marks(state, plan, reader) if plan is not None else None
        if case is not None:
            self._window.controller.select_case(case)

    def export_annotations(self) -> None:
        """Ask for a format and a folder, and write the study's marks."""
        study = self._ready_study()
        if study is None:
            return
        from app.exchange.export_dialog import ExportDialog, report_dialog

        window, state = self._window, self._window.state
        hidden = any(state.sight.hides_others(case.id) for case in state.cases)
        if hidden and state.reader not in study.readers():
            window.tell(self.tr("There is nothing of yours to export yet."))
            return
        dialog = ExportDialog(
            study,
            study.readers(),
            window.settings,
            window,
            only=state.reader if hidden else None,
        )

        def finish() -> None:
            if dialog.report is not None:
                told = report_dialog(dialog.report, window)
                told.finished.connect(told.deleteLater)
                told.open()
            dialog.deleteLater()

        dialog.finished.connect(finish)
        dialog.open()
