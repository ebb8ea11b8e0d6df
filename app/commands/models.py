"""Models, and help."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from app.commands.part import Part


class ModelsCommands(Part):
    """The menus Models and Help."""

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
