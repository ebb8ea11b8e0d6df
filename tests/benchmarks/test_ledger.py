"""How long the ledger takes under the mouse: by hand, `pytest -m benchmark -s`.

The window promises 10 ms for the cell under the cursor and 5 ms for what is left without a
region of an image of 3000 x 3000 pixels.
"""

import os
import statistics
import sys
import time
from pathlib import Path

import numpy as np
import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from app.annotate.annotator import Annotator
from app.evidence.ledger.panel import LedgerPanel
from app.state import Case, Cell, ViewerState
from softcam_core.annotations.shapes import Shape
from softcam_core.annotations.study import Study
from softcam_core.explain.ledger_cover import coverage
from softcam_core.explain.ledger_facts import ledger_facts, region_facts
from softcam_core.imaging.geometry import Region
from softcam_core.imaging.read import StoredImage

sys.path.insert(0, str(Path(__file__).parents[1] / "app"))
import synthetic

SIZE = (3000, 3000)
WHOLE = Region(0, 0, 3000, 3000)
REPEATS = 51


def median_ms(act):
    """Return the median time in ms of ``act(number)``, number by number."""
    times = []
    for number in range(REPEATS):
        start = time.perf_counter()
        act(number)
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def freehand(shift: float = 0.0) -> Shape:
    """An outline of 2,500 jagged points around most of the image."""
    turn = np.linspace(0, 2 * np.pi, 2501)[:-1]
    noise = np.random.default_rng(0).normal(size=turn.size) * 3
    radius = 1300 + 60 * np.sin(40 * turn) + noise
    return Shape(
        "freehand",
        np.stack([1500 + radius * np.cos(turn) + shift, 1500 + radius * np.sin(turn)], axis=1),
    )


@pytest.mark.benchmark
@pytest.mark.parametrize(("classes", "side"), [(5, 16), (5, 32), (1000, 16)])
def test_what_is_left_without_a_region(classes, side):
    evidence = np.random.default_rng(1).normal(size=(classes, side, side))
    logits = evidence.mean(axis=(1, 2))
    shapes = [freehand(number / 7) for number in range(REPEATS)]
    names = [str(number) for number in range(classes)]
    grid = side, side
    region = median_ms(
        lambda n: region_facts(evidence, logits, coverage([shapes[n]], WHOLE, grid, SIZE))
    )
    whole = median_ms(
        lambda n: ledger_facts(evidence, logits, names, region=WHOLE, size=SIZE, shapes=[shapes[n]])
    )
    print(
        f"\n{classes} classes, {side} x {side}: what-if {region:.2f} ms, all facts {whole:.2f} ms"
    )
    assert region <= 5


@pytest.mark.benchmark
def test_the_dock_under_the_mouse(qtbot, tmp_path):
    state = ViewerState()
    with Study.open(tmp_path / "marks.softcam") as study:
        state.study = study
        state.case = Case(1, tmp_path / "one.png", "one.png")
        pixels = np.zeros((*SIZE, 3), np.uint8)
        state.image = StoredImage(pixels, (0, 255), None, None, "PNG")
        panel = LedgerPanel(state, Annotator(state), None)
        qtbot.addWidget(panel)
        panel.resize(320, 700)
        panel.show()
        model = synthetic.model("soft")
        synthetic.load(state, model)
        maps = np.random.default_rng(1).normal(size=(3, 32, 32)).astype(np.float32)
        found = synthetic.analysis(1, model, evidence=maps)
        synthetic.tell(state, type(found)(1, "soft", *_said(maps), WHOLE, {"evidence": maps}))
        shapes = [freehand(number / 7) for number in range(REPEATS)]

        def hover(number: int) -> None:
            state.set_cell(Cell("soft", number % 32, number // 32))
            panel.table.grab()

        def drag(number: int) -> None:
            state.set_lasso(shapes[number])
            panel.grab()

        hovering, dragging = median_ms(hover), median_ms(drag)
        print(f"\nhover {hovering:.2f} ms, lasso {dragging:.2f} ms, both with all painted")
        assert hovering <= 10
        assert dragging <= 16


def _said(maps):
    logits = maps.mean(axis=(1, 2), dtype=np.float64)
    return logits, np.exp(logits) / np.exp(logits).sum()
