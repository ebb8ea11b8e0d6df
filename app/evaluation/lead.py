"""From a number to the image and the map that it was measured on."""

from __future__ import annotations

from app.evaluation.sight import may_be_seen
from app.evaluation.words import is_chance, tr
from app.jobs.evaluate import Finished
from app.state import PaneContent, ViewerState
from softcam_core.paths import shown


def why_not(state: ViewerState, found: Finished, row: int) -> str:
    """Return why the image of a row of ``found.cases`` cannot be shown, "" where it can."""
    number = int(found.cases.case[row])
    if not may_be_seen(state, number, found.asked.reader):
        return tr("The protocol hides this case until your first read of it is locked.")
    case = next((case for case in state.cases if case.id == number), None)
    name = found.cases.text("image", row)
    if case is None or not f"/{shown(case.path.as_posix())}".endswith(f"/{name}"):
        return tr("This run is of another study that was at this place, or the image has moved.")
    return ""


def show_map(state: ViewerState, found: Finished, row: int) -> None:
    """Show the map of a row of ``found.cases`` in the comparison grid, of the class measured.

    It takes the last pane, unless a pane shows it already; chance has no map. A model that is not
    open is named.
    """
    cases = found.cases
    method, name = cases.text("method", row), cases.text("model", row)
    if is_chance(method) or state.adjudicating is not None:
        return
    identity = next((str(m["id"]) for m in found.summary.run["models"] if m["name"] == name), "")
    model = state.model(identity)
    if model is None:
        sentence = tr("{0} is not open; open it in the Models menu to see its map.")
        state.noted.emit(sentence.format(name))
        return
    class_ = cases.text("class", row)
    if class_ in model.spec.classes:
        # The predicted class is followed from case to case.
        state.set_class(None if class_ == cases.text("predicted", row) else class_)
    panes = list(state.panes)
    shown = [(content.method, state.pane_model(content)) for content in panes]
    if (method, model) not in shown:
        panes[-1] = PaneContent(method, model.id)
        state.set_panes(panes)
