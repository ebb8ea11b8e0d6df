"""``--self-test``: the whole line once, as a user would walk it, one printed line per step."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.main_window import MainWindow
from app.screenshot import wait_until_complete
from app.settings import Settings
from app.state import PaneContent
from softcam_core.annotations.study import Study

PATIENCE_MS = 60_000


class StepError(Exception):
    """A step that did not do what it should; the message says what was seen."""


@dataclass
class Walk:
    """What the steps hand on to each other."""

    window: MainWindow
    study_path: Path
    facts: dict[str, object] = field(default_factory=dict)


def self_test(keep: Path | None, device: str) -> int:
    """Walk the steps; returns 0, or 1 after naming the step that failed."""
    with tempfile.TemporaryDirectory() as folder:
        place = keep or Path(folder)
        try:
            place.mkdir(parents=True, exist_ok=True)
            (place / "study.softcam").unlink(missing_ok=True)
        except OSError as error:
            print(
                f"{place} cannot be written ({error.strerror}); choose another folder.",
                file=sys.stderr,
            )
            return 1
        window = MainWindow(Settings(Path(folder)))
        window.resize(1440, 900)
        window.state.set_panes([PaneContent("evidence"), PaneContent("gradcam")])
        window.controller.set_device(device)
        walk = Walk(window, place / "study.softcam")
        try:
            return _walk(walk, place)
        finally:
            window.close()
            QApplication.processEvents()


def _walk(walk: Walk, place: Path) -> int:
    steps: list[tuple[str, Callable[[Walk], str]]] = [
        ("open the demo", _open_demo),
        ("predict", _predict),
        ("draw a box", _draw_box),
        ("close and reopen the study", _reopen),
        ("activation precision", _precision),
    ]
    for name, step in steps:
        try:
            print(f"ok  {name}: {step(walk)}", flush=True)
        except StepError as error:
            print(f"FAILED  {name}: {error}", flush=True)
            return 1
    facts = {key: walk.facts[key] for key in ("image", "class", "box", "activation_precision")}
    (place / "result.json").write_text(json.dumps(facts, indent=1), "utf-8")
    if not walk.window.grab().save(str(place / "screenshot.png")):
        print(f"FAILED  screenshot: {place} cannot be written")
        return 1
    return 0


def _open_demo(walk: Walk) -> str:
    window = walk.window
    window.open_demo(walk.study_path)
    window.show()
    if not wait_until_complete(window, PATIENCE_MS):
        raise StepError(window.messages.text() or "the window was not complete in time")
    cases = window.state.cases
    diseased = next((c for c in cases if _lesions(c.path) is not None), None)
    if diseased is None:
        raise StepError("no case of the demo has a lesion")
    window.controller.select_case(diseased.id)
    if not wait_until_complete(window, PATIENCE_MS) or window.state.image is None:
        raise StepError(f"{diseased.name} was not shown in time")
    walk.facts["image"] = str(diseased.path)
    return f"{len(cases)} cases, {len(window.state.models)} models"


def _lesions(image: Path) -> tuple[int, int, int, int] | None:
    """Return the rectangle around the known lesions of a demo case."""
    from softcam_core.demo import demo_cases

    mask = next((case.mask for case in demo_cases() if case.path == image), None)
    if mask is None:
        return None
    import numpy as np

    from softcam_core.imaging.read import read_image

    rows, columns = np.nonzero(read_image(mask).pixels)
    if not rows.size:
        return None
    return (int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1)


def _predict(walk: Walk) -> str:
    state = walk.window.state
    model = state.predicting_model()
    analysis = state.analysis(model)
    if model is None or analysis is None:
        raise StepError(walk.window.messages.text() or "no prediction arrived")
    if abs(float(analysis.probabilities.sum()) - 1) > 1e-6:
        raise StepError("the probabilities do not sum to 1")
    name = model.spec.classes[analysis.predicted]
    walk.facts["class"] = name
    state.set_class(name)
    return f"{name} {analysis.probabilities[analysis.predicted]:.3f} on {model.device}"


def _draw_box(walk: Walk) -> str:
    window = walk.window
    lesions = _lesions(Path(str(walk.facts["image"])))
    assert lesions is not None
    window.state.set_tool("box")
    canvas = window.grid.canvas(0)
    start, end = canvas.to_screen(lesions[0], lesions[1]), canvas.to_screen(lesions[2], lesions[3])
    _drag(canvas, start, end)
    case, study = window.state.case, window.state.study
    assert case is not None
    assert study is not None
    drawn = study.annotations(case.id)
    if len(drawn) != 1 or drawn[0].kind != "box":
        raise StepError(f"expected one box in the study, found {len(drawn)} shapes")
    walk.facts["annotation"] = drawn[0].id
    (x0, y0), (x1, y1) = drawn[0].points
    walk.facts["box"] = [x0, y0, x1, y1]
    return f"({x0:.1f}, {y0:.1f}) to ({x1:.1f}, {y1:.1f}) px, saved as {drawn[0].id}"


def _drag(widget: QWidget, start: QPointF, end: QPointF) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    middle = (start + end) / 2
    kinds = QEvent.Type
    for kind, at, button, held in (
        (kinds.MouseButtonPress, start, left, left),
        (kinds.MouseMove, middle, none, left),
        (kinds.MouseMove, end, none, left),
        (kinds.MouseButtonRelease, end, left, none),
    ):
        there = QPointF(widget.mapToGlobal(at))
        event = QMouseEvent(kind, at, there, button, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(widget, event)
        QApplication.processEvents()


def _reopen(walk: Walk) -> str:
    window = walk.window
    image = Path(str(walk.facts["image"]))
    window.controller.close_study()
    if not walk.study_path.is_file():
        raise StepError("the study file is missing")
    with_box = Study.open(walk.study_path)
    kept = [a for c in with_box.cases() for a in with_box.annotations(c.id)]
    with_box.close()
    if [a.id for a in kept] != [walk.facts["annotation"]]:
        raise StepError(f"the box is gone: the file holds {len(kept)} shapes")
    window.controller.open_study(walk.study_path, case=image)
    if not wait_until_complete(window, PATIENCE_MS):
        raise StepError("the study was not shown again in time")
    case = window.state.case
    if case is None or case.path != image:
        raise StepError("the case did not come back")
    return f"{len(kept)} box still there"


def _precision(walk: Walk) -> str:
    metrics = walk.window.state.metrics
    if not metrics or metrics[0] is None:
        raise StepError("no metric arrived")
    precision = metrics[0].precision
    if not 0 <= precision <= 1:
        raise StepError(f"{precision} is not a share")
    walk.facts["activation_precision"] = precision
    return f"{precision:.6f}"
