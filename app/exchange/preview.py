"""What an import would do, in words, and how the window shows what it did."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.annotate.annotator import Annotator
from app.exchange.report import Section, counted, loss_sections
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
    parts = [_tr("{0} to add").format(counted(plan.added, "mark"))]
    if plan.present:
        are = _tr("{0} is there already") if plan.present == 1 else _tr("{0} are there already")
        parts.append(are.format(f"{plan.present:,}"))
    if grades:
        parts.append(_tr("{0} to set").format(counted(grades, "grade")))
    return f"{first} {', '.join(parts)}."


def plan_sections(plan: ImportPlan) -> list[Section]:
    """Return what of the files will not come in, and why."""
    ambiguous = ((name, " / ".join(images)) for name, images in plan.ambiguous.items())
    return [
        Section(_tr("Failed"), tuple(plan.problems)),
        Section(_tr("No such image in the study"), tuple((name, "") for name in plan.unmatched)),
        Section(_tr("May be several images, so nothing is taken"), tuple(ambiguous)),
        Section(_tr("Image of another size, so nothing is taken"), tuple(plan.sizes.items())),
        *loss_sections(plan.losses, _tr("Not taken")),
    ]


def show_imported(state: ViewerState, annotator: Annotator, plan: ImportPlan) -> None:
    """Let the whole window see what an import has changed, and say how to take it back."""
    annotator.steps.fill()
    state.annotations_changed.emit(-1)
    touched = {case.case for case in plan.cases if case.marks or case.grades}
    if state.case is not None and state.case.id in touched:
        state.annotations_changed.emit(state.case.id)
    state.look_again()
    state.succeeded.emit(imported_line(plan))


def case_with_marks(state: ViewerState, plan: ImportPlan, reader: str) -> int | None:
    """Return a case with imported marks of a reader, None where the one in view has some."""
    marked = [c.case for c in plan.cases if any(mark.reader == reader for mark in c.marks)]
    if not marked or (state.case is not None and state.case.id in marked):
        return None
    return marked[0]


def whose_line(plan: ImportPlan) -> str:
    """Return whose marks those of a plan are."""
    if not plan.readers:
        return ""
    return _tr("Marks of: {0}.").format(", ".join(plan.readers))


def imported_line(plan: ImportPlan) -> str:
    """Return what an import has done, and how to take it back, in one sentence."""
    touched = [case for case in plan.cases if case.marks or case.grades]
    grades = sum(len(case.grades) for case in touched)
    what = [counted(plan.added, "mark")] if plan.added or not grades else []
    what += [counted(grades, "grade")] if grades else []
    return _tr("{0} imported into {1}; Edit > Undo takes all of it back.").format(
        _tr(" and ").join(what), counted(len(touched), "image")
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Import", text)
