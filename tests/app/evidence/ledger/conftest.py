"""A ledger over a study, with a model that no child computed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from app.annotate.annotator import Annotator
from app.evidence.ledger.panel import LedgerPanel
from app.state import Case, ViewerState
from softcam_core.annotations.study import Study

sys.path.insert(0, str(Path(__file__).parents[2]))
import synthetic

SOFT = synthetic.model("soft")


@dataclass(eq=False)
class Asked:
    """One job that a test answers itself."""

    kind: str
    payload: dict[str, Any]
    done: Callable[[Any], None]
    failed: Callable[[str], None]
    cancelled: bool = False

    def cancel(self) -> None:
        """Note it."""
        self.cancelled = True


@dataclass
class Jobs:
    """Stands in for the child process."""

    asked: list[Asked] = field(default_factory=list)

    def submit(
        self,
        kind: str,
        payload: dict[str, Any],
        *,
        priority: int = 0,
        on_done: Any = None,
        on_failed: Any = None,
    ) -> Asked:
        """Take a job."""
        self.asked.append(Asked(kind, payload, on_done, on_failed))
        return self.asked[-1]


@pytest.fixture
def jobs() -> Jobs:
    return Jobs()


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """A study of two cases of `synthetic.WIDTH` x `HEIGHT` pixels, open."""
    with Study.open(tmp_path / "marks.softcam") as study:
        for name in ("one.png", "two.png"):
            cv2.imwrite(str(tmp_path / name), synthetic.image().pixels)
            study.add_case(tmp_path / name)
        yield study


@pytest.fixture
def annotator(state: ViewerState, study: Study) -> Annotator:
    """Draws on the first case of the study."""
    state.study = study
    state.cases = [Case(c.id, c.path, c.name) for c in study.cases()]
    state.case, state.image = state.cases[0], synthetic.image()
    state.set_label("HE")
    return Annotator(state)


@pytest.fixture
def ledger(qtbot: Any, state: ViewerState, annotator: Annotator, jobs: Any) -> LedgerPanel:
    """The dock's content, 320 pixels wide."""
    panel = LedgerPanel(state, annotator, jobs)
    qtbot.addWidget(panel)
    panel.resize(320, 600)
    panel.show()
    return panel


@pytest.fixture
def told(ledger: LedgerPanel, state: ViewerState) -> LedgerPanel:
    """A ledger whose model has spoken: severe, with 8 in the left half and -2 in the right."""
    synthetic.load(state, SOFT)
    found = synthetic.analysis(state.case.id, SOFT, evidence=synthetic.evidence())
    synthetic.tell(state, found)
    return ledger


def move_on(state: ViewerState) -> None:
    """Put the second case in view."""
    state.case = state.cases[1]
    state.case_changed.emit()
    state.image_changed.emit()


def rows(panel: LedgerPanel) -> dict[str, list[str]]:
    """The table as it is written: class -> texts."""
    table = panel.table.model()
    texts = [[table.text(number, c) for c in range(table.columnCount())] for number in table.rows]
    return {name: rest for name, *rest in texts}


def answer(*probabilities: float) -> dict[str, Any]:
    """What the child says of a covered image."""
    found = np.array(probabilities)
    return {"logits": np.log(found), "probabilities": found}
