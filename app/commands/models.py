"""Models, and help."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QFileDialog

from app.commands.part import Part

if TYPE_CHECKING:
    from app.help.window import HelpWindow

PAGES = {
    "dock_worklist": "review",
    "dock_classes": "review",
    "dock_ledger": "ledger",
    "dock_annotations": "annotate",
    "dock_metrics": "annotate",
    "dock_history": "annotate",
    "dock_card": "open",
    "dock_info": "open",
    "compareGrid": "compare",
    "readBar": "blinded",
}
"""The page of the help that belongs to a panel, by the panel's object name."""


class ModelsCommands(Part):
    """The menus Models and Help."""

    _help: HelpWindow | None = None

    def open_model(self) -> None:
        """Ask for models and open them."""
        start = self._window.settings.text("last/model_folder") or self._last_folder()
        chosen, _ = QFileDialog.getOpenFileNames(
            self._window,
            self.tr("Open model"),
            start,
            self.tr("Models (*.safetensors);;All files (*)"),
        )
        for name in chosen:
            self._window.open_model(Path(name))

    def close_models(self) -> None:
        """Close every model."""
        self._window.controller.close_models()

    def model_card(self) -> None:
        """Show the card of the predicting model."""
        self._window.show_model_card()

    def stored_maps(self) -> None:
        """Show what maps take that are kept for the next time."""
        from app.dialogs.stored_maps import StoredMapsDialog

        self._run(StoredMapsDialog(self._window))

    def shortcuts(self) -> None:
        """Show the shortcut sheet."""
        from app.dialogs.shortcut_sheet import ShortcutSheet

        self._run(ShortcutSheet(self._window.actions_table, self._window))

    def guide(self) -> None:
        """Show the help, at the page of the panel that one works in."""
        from app.help.window import HelpWindow

        if self._help is None:
            self._help = HelpWindow(self._window)
            state = self._window.state
            self._help.browser.pictures_hidden = lambda: any(
                state.sight.hides_model(case.id) for case in state.cases
            )
        self._help.open_page(self._page_of_panel())

    def _page_of_panel(self) -> str:
        widget = QApplication.focusWidget()
        while widget is not None:
            if widget.objectName() in PAGES:
                return PAGES[widget.objectName()]
            widget = widget.parentWidget()
        return "index"

    def about(self) -> None:
        """Say what this program is."""
        import softcam_core
        from app.dialogs.about import AboutDialog

        self._run(AboutDialog(softcam_core.__version__, self._window))
