"""What each action of the table does: one method per action id, in a file per menu."""

from __future__ import annotations

from collections.abc import Callable

from app.actions import ActionSpec
from app.commands.annotate import AnnotateCommands
from app.commands.case import CaseCommands
from app.commands.comfort import ComfortCommands
from app.commands.compare import CompareCommands
from app.commands.evidence import EvidenceCommands
from app.commands.exchange import ExchangeCommands
from app.commands.file import FileCommands
from app.commands.language import LanguageCommands
from app.commands.models import ModelsCommands
from app.commands.output import OutputCommands
from app.commands.overlay import OverlayCommands
from app.commands.readers import ReadersCommands
from app.commands.report import ReportCommands
from app.commands.shapes import ShapeCommands
from app.commands.view import ViewCommands


class Commands(
    FileCommands,
    ExchangeCommands,
    OutputCommands,
    ReportCommands,
    ViewCommands,
    ComfortCommands,
    CompareCommands,
    LanguageCommands,
    OverlayCommands,
    EvidenceCommands,
    CaseCommands,
    AnnotateCommands,
    ShapeCommands,
    ReadersCommands,
    ModelsCommands,
):
    """The slots of the actions, over the window's parts."""

    def slot(self, spec: ActionSpec) -> Callable[..., object]:
        """Return what an action does; actions of a group share one method and pass their data."""
        if spec.data:
            shared: Callable[[str], object] = getattr(self, spec.group or "status")
            return lambda: shared(spec.data)
        own: Callable[..., object] = getattr(self, spec.id)
        return own if spec.checkable else lambda: own()
