"""What each action of the table does: one method per action id."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox

from app.actions import ActionSpec
from app.state import PaneContent
from softcam_core.paths import exists

if TYPE_CHECKING:
    from app.main_window import MainWindow

OPACITY_STEP = 0.1
ZOOM_STEP = 1.25
IMAGE_FILTER = "Images (*.png *.jpg *.jpeg *.tif *.tiff *.bmp *.dcm *.dicom);;All files (*)"
DEFAULT_PANES = ("evidence", "gradcam", "", "layercam")


class Commands(QObject):
    """The slots of the actions, over the window's parts."""

    def __init__(self, window: MainWindow) -> None:
        """Act on ``window``."""
        super().__init__(window)
        self._window = window

    def slot(self, spec: ActionSpec) -> Callable[..., object]:
        """Return what an action does; actions of a group share one method and pass their data."""
        if spec.data:
            shared: Callable[[str], object] = getattr(self, spec.group or "status")
            return lambda: shared(spec.data)
        own: Callable[..., object] = getattr(self, spec.id)
        return own if spec.checkable else lambda: own()

    # File

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
            self._window, self.tr("Open study"), self._last_folder(), "SoftCAM study (*.softcam)"
        )
        if chosen:
            self._window.open_study(Path(chosen))

    def save_study_as(self) -> None:
        """Copy the study to a place of the user's choice and go on in the copy."""
        study = self._window.state.study
        if study is None:
            self._window.tell(self.tr("No study is open; open a folder first."))
            return
        kind = "SoftCAM study (*.softcam)"
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

    def _place(self, title: str, kind: str, name: str, suffix: str) -> Path | None:
        """Ask where to save; the dialog has asked before it names a file that is there."""
        proposed = str(Path(self._last_folder()) / f"{name}{suffix}")
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, proposed, kind)
        if not chosen or chosen.endswith(suffix):
            return Path(chosen) if chosen else None
        path = Path(chosen + suffix)
        # The dialog asked about the name without its suffix.
        buttons = QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No
        question = self.tr("{0} already exists. Replace it?").format(path.name)
        if exists(path) and (
            QMessageBox.question(self._window, title, question, buttons)
            != QMessageBox.StandardButton.Yes
        ):
            return None
        return path

    def quit(self) -> None:
        """Close the window."""
        self._window.close()

    def _last_folder(self) -> str:
        return self._window.settings.text("last/folder") or str(Path.home())

    # Edit

    def undo(self) -> None:
        """Take back this reader's last edit."""
        self._window.annotator.undo()

    def redo(self) -> None:
        """Do again what was taken back."""
        self._window.annotator.redo()

    def delete(self) -> None:
        """Delete the selected shape."""
        selected = self._window.state.selected
        if selected is not None:
            self._window.annotator.delete(selected)

    def select_none(self) -> None:
        """Select nothing."""
        self._window.state.set_selected(None)

    # View

    def zoom_in(self) -> None:
        """Zoom in at the middle of the panes."""
        self._window.grid.zoom(ZOOM_STEP)

    def zoom_out(self) -> None:
        """Zoom out."""
        self._window.grid.zoom(1 / ZOOM_STEP)

    def fit(self) -> None:
        """Fit the image to the panes."""
        self._window.grid.fit()

    def one_to_one(self) -> None:
        """Show one image pixel per screen pixel."""
        self._window.grid.one_to_one()

    def reset_window(self) -> None:
        """Return to the image's own brightness and contrast."""
        self._window.grid.reset_window()

    def toggle_overlay(self, shown: bool) -> None:
        """Show or hide the maps."""
        self._window.state.set_overlay(visible=shown)

    def smooth(self, smooth: bool) -> None:
        """Draw maps smoothly, or as the model's own cells."""
        self._window.state.set_overlay(smooth=smooth)

    def opacity_up(self) -> None:
        """Make the maps more opaque."""
        self._step_opacity(OPACITY_STEP)

    def opacity_down(self) -> None:
        """Make the maps less opaque."""
        self._step_opacity(-OPACITY_STEP)

    def _step_opacity(self, step: float) -> None:
        state = self._window.state
        state.set_overlay(opacity=round(min(max(state.overlay.opacity + step, 0.0), 1.0), 2))

    def theme(self, name: str) -> None:
        """Change the theme."""
        self._window.set_theme(name)

    def full_screen(self, on: bool) -> None:
        """Fill the screen, or not."""
        if on:
            self._window.showFullScreen()
        else:
            self._window.showNormal()

    # Case

    def previous_case(self) -> None:
        """Go to the case above."""
        self._step_case(-1)

    def next_case(self) -> None:
        """Go to the case below."""
        self._step_case(1)

    def next_unread(self) -> None:
        """Go to the next case that is unread."""
        self._step_case(1, "unread")

    def _step_case(self, step: int, status: str = "") -> None:
        case = self._window.worklist.neighbour(step, status)
        if case is not None:
            self._window.controller.select_case(case)
        elif status:
            self._window.tell(self.tr("No case is unread."))

    def find_case(self) -> None:
        """Put the cursor into the worklist's search line."""
        self._window.show_dock("worklist")
        self._window.worklist.search.setFocus()
        self._window.worklist.search.selectAll()

    def status(self, status: str) -> None:
        """Mark the case in view."""
        if self._window.state.case is not None:
            self._window.controller.set_status(status)

    # Compare

    def panes(self, count: str) -> None:
        """Show one, two or four panes."""
        current = list(self._window.state.panes)
        wanted = int(count)
        shown = {pane.method for pane in current}
        spare = [PaneContent(method) for method in DEFAULT_PANES if method not in shown]
        self._window.state.set_panes((current + spare)[:wanted])

    def link_panes(self, linked: bool) -> None:
        """Let the panes share zoom, pan and cursor, or not."""
        self._window.state.set_linked(linked)

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

    # Annotate

    def tool(self, name: str) -> None:
        """Take a tool in hand."""
        self._window.state.set_tool(name)

    # Models

    def open_model(self) -> None:
        """Ask for models and open them."""
        start = self._window.settings.text("last/model_folder") or self._last_folder()
        chosen, _ = QFileDialog.getOpenFileNames(
            self._window, self.tr("Open model"), start, "Models (*.safetensors);;All files (*)"
        )
        for name in chosen:
            self._window.open_model(Path(name))

    def close_models(self) -> None:
        """Close every model."""
        self._window.controller.close_models()

    def model_card(self) -> None:
        """Show the card of the predicting model."""
        self._window.show_model_card()

    # Help

    def shortcuts(self) -> None:
        """Show the shortcut sheet."""
        from app.dialogs import ShortcutSheet

        ShortcutSheet(self._window.actions_table, self._window).exec()

    def guide(self) -> None:
        """Open the user guide that comes with the program."""
        from softcam_core.resources import resource_path

        page = resource_path("help", "guide.html")
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(page))):
            self._window.tell(
                self.tr("No program shows web pages here; the guide is {0}.").format(page)
            )

    def about(self) -> None:
        """Say what this program is."""
        import softcam_core
        from app.dialogs import AboutDialog

        AboutDialog(softcam_core.__version__, self._window).exec()
