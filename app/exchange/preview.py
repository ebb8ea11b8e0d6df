"""What an import would do, in words, and how the window shows what it did."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.annotate.annotator import Annotator
from app.exchange.report import Section, loss_rows
from app.state import ViewerState
from softcam_core.annotations.formats.importing import ImportPlan


def kind_name(kind: str) -> str:
    """Return what users call a kind of shape."""
    names = {
        "box": _tr("box"),
        "ellipse": _tr("ellipse"),
        "polygon": _tr("polygon"),
        "freehand": _tr("freehand"),
        "spline": _tr("spline"),
        "point": _tr("point"),
        "mask": _tr("mask"),
        "length": _tr("length"),
        "angle": _tr("angle"),
    }
    return names.get(kind, kind)


def headline(plan: ImportPlan) -> str:
    """Return how many images were found and what they would receive, in one or two sentences."""
    named = len(plan.cases) + len(plan.unmatched) + len(plan.ambiguous) + len(plan.sizes)
    first = _tr("{0} of {1} images found.").format(f"{len(plan.cases):,}", f"{named:,}")
    grades = sum(len(case.grades) for case in plan.cases)
    parts = [_tr("{0} marks to add").format(f"{plan.added:,}")]
    if plan.present:
        parts.append(_tr("{0} are there already").format(f"{plan.present:,}"))
    if grades:
        parts.append(_tr("{0} grades to set").format(f"{grades:,}"))
    return f"{first} {', '.join(parts)}."


def plan_sections(plan: ImportPlan) -> list[Section]:
    """Return what of the files will not come in, and why."""
    ambiguous = ((name, " / ".join(images)) for name, images in plan.ambiguous.items())
    return [
        Section(_tr("Failed"), tuple(plan.problems)),
        Section(_tr("No such image in the study"), tuple((name, "") for name in plan.unmatched)),
        Section(_tr("May be several images, so nothing is taken"), tuple(ambiguous)),
        Section(_tr("Image of another size, so nothing is taken"), tuple(plan.sizes.items())),
        Section(_tr("Not taken"), loss_rows(plan.losses)),
    ]


def show_imported(state: ViewerState, annotator: Annotator, plan: ImportPlan) -> None:
    """Let the whole window see what an import has changed, and say how to take it back."""
    annotator.steps.fill()
    state.annotations_changed.emit(-1)
    touched = {case.case for case in plan.cases if case.marks or case.grades}
    if state.case is not None and state.case.id in touched:
        state.annotations_changed.emit(state.case.id)
    state.look_again()
    done = _tr("{0} marks imported into {1} images; Edit > Undo takes all of them back.").format(
        f"{plan.added:,}", f"{len(touched):,}"
    )
    others = [reader for reader in plan.readers if reader != state.reader]
    if others:
        layer = _tr("They lie in the layer of {0}.").format(", ".join(others))
        done = f"{done} {layer}"
    state.succeeded.emit(done)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Import", text)
