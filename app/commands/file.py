"""Opening, saving, and edits in general."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from app.commands.part import Part

IMAGE_FILTER = "Images (*.png *.jpg *.jpeg *.tif *.tiff *.bmp *.dcm *.dicom);;All files (*)"


class FileCommands(Part):
    """The menus File and Edit."""

    def open_folder(self) -> None:
        """Ask for a folder and open it."""
        start = self._last_folder()
        chosen = QFileDialog.getExistingDirectory(self._window, self.tr("Open folder"), start)
        if chosen:
            self._window.open_paths([Path(chosen)])

    def open_files(self) -> None:
        """Ask for images and open them."""
        chosen, _ = QFileDialog.getOpenFileNames(
            self._window, self.tr("Open images"), self._last_folder(), self.tr(IMAGE_FILTER)
        )
        if chosen:
            self._window.open_paths([Path(name) for name in chosen])

    def open_study(self) -> None:
        """Ask for a study file and open it."""
        chosen, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Open study"),
            self._last_folder(),
            self.tr("SoftCAM study (*.softcam)"),
        )
        if chosen:
            self._window.open_study(Path(chosen))

    def save_study_as(self) -> None:
        """Copy the study to a place of the user's choice and go on in the copy."""
        study = self._window.state.study
        if study is None:
            self._window.tell(self.tr("No study is open; open a folder first."))
            return
        kind = self.tr("SoftCAM study (*.softcam)")
        chosen = self._place(self.tr("Save study as"), kind, study.path.stem, ".softcam")
        if chosen is not None:
            self._window.controller.save_study_as(chosen)

    def open_demo(self) -> None:
        """Open the bundled demo study."""
        self._window.open_demo()

    def screenshot(self) -> None:
        """Save a picture of the window."""
        case = self._window.state.case
        name = Path(case.name).stem if case else "viewer"
        chosen = self._place(self.tr("Save picture"), "PNG (*.png)", name, ".png")
        if chosen is not None and not self._window.grab().save(str(chosen)):
            self._window.tell(
                self.tr("{0} cannot be written; choose another folder.").format(chosen)
            )

    def quit(self) -> None:
        """Close the window."""
        self._window.close()

    def undo(self) -> None:
        """Take back this reader's last edit."""
        if not self._window.grid.tools.take_back():
            self._window.annotator.steps.undo()

    def redo(self) -> None:
        """Do again what was taken back."""
        self._window.annotator.steps.redo()

    def delete(self) -> None:
        """Delete the selected shapes."""
        self._window.annotator.delete(self._window.state.selection)

    def select_none(self) -> None:
        """Select nothing."""
        self._window.state.set_selected(None)
