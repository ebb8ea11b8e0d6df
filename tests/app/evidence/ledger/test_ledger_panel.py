"""What the ledger dock says: numbers that add up, in words and columns, and nothing hidden."""

import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from app.canvas.pyramid import Pyramid
from app.state import Cell
from app.texts import MINUS, probability, probability_change
from softcam_core.annotations.shapes import Shape
from softcam_core.explain.ledger_facts import ledger_facts
from softcam_core.imaging.colormap import colour_table, pair_for
from softcam_core.imaging.stored import StoredImage

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parent))
import synthetic
from conftest import SOFT, move_on, rows

LEFT = Shape("box", [[0, 0], [32, 48]])
QUARTER = Shape("box", [[0, 0], [16, 48]])
RIGHT = Shape("box", [[32, 0], [64, 48]])
BLACK_BOX = synthetic.model("box", "blackbox")


def everything(panel):
    labels = [label.text() for label in panel.findChildren(type(panel.sentence))]
    bars = [step.said for step in panel.waterfall.steps.steps]
    return " ".join([*labels, *bars, *(" ".join([n, *r]) for n, r in rows(panel).items())])


def test_every_class_has_its_probability_logit_and_sums(told):
    assert rows(told) == {
        "severe": ["0.88", "+3.00", "+4.00", "−1.00", "–", "–", "–"],
        "normal": ["0.12", "+1.00", "+1.00", "0.00", "–", "–", "–"],
        "mild": ["0.01", "−2.00", "0.00", "−2.00", "–", "–", "–"],
    }


def test_the_cell_under_the_cursor_has_its_share_of_every_class(told, state):
    state.set_cell(Cell("soft", 0, 1))
    assert {name: row[6] for name, row in rows(told).items()} == {
        "severe": "+1.00",
        "normal": f"{0.125:+.2f}",
        "mild": "−0.25",
    }
    state.set_cell(Cell("another", 0, 1))
    assert rows(told)["severe"][6] == "–"
    state.set_cell(Cell("soft", 7, 7))
    assert rows(told)["severe"][6] == "–"
    state.set_cell(None)
    assert rows(told)["severe"][6] == "–"


def test_a_region_has_its_share_and_the_probabilities_without_it(told, annotator):
    annotator.add(QUARTER)
    assert rows(told)["severe"][4:6] == ["+2.00", "50 %"]
    assert rows(told)["normal"][4:6] == ["+0.25", "25 %"]
    assert rows(told)["mild"][4:6] == ["−0.50", "–"]
    left = np.exp([0.75, -1.5, 1.0])
    left /= left.sum()
    before = told.account.entry.analysis.probabilities
    lines = told.compared.values()
    assert lines[0] == ("as predicted", "0.88", "", "0.12", "")
    assert lines[1] == (
        "without that evidence",
        f"{left[2]:.2f}",
        f"{left[2] - before[2]:+.2f}".replace("-", MINUS),
        f"{left[0]:.2f}",
        f"{left[0] - before[0]:+.2f}",
    )
    assert lines[2] == ("without those pixels", "–", "", "–", "")


def test_the_window_says_what_the_core_says(told, annotator, state):
    annotator.add(Shape("ellipse", [[22, 17], [13, 8]], 20))
    entry = told.account.entry
    facts = ledger_facts(
        entry.analysis.maps["evidence"],
        entry.analysis.logits,
        entry.names,
        region=entry.analysis.region,
        size=(48, 64),
        shapes=told.asked.region.shapes,
    )
    for one, number in zip(facts.classes, range(3), strict=True):
        assert one.share == told.account.region.share[number]
        assert one.probability_without == told.account.region.without.probabilities[number]
        assert one.evidence_for == entry.sums.evidence_for[number]
    assert [r.contribution for r in facts.regions] == [
        r.contribution for r in told.account.strongest
    ]


def test_removing_all_evidence_leaves_every_class_as_probable(told, annotator):
    annotator.add(Shape("box", [[0, 0], [64, 48]]))
    assert [line[1] for line in told.compared.values()][1] == "0.33"
    np.testing.assert_allclose(told.account.region.without.logits, 0, atol=1e-12)


# The sentence


def test_the_sentence_says_how_much_lies_inside(told, annotator, state):
    annotator.add(QUARTER)
    assert told.sentence.text() == "50 % of the evidence for “severe” lies inside the marked HE."
    annotator.add(Shape("box", [[16, 0], [32, 48]]))
    state.set_selected(None)
    assert "100 % of" in told.sentence.text()
    assert told.sentence.text().endswith("lies inside the two lesions marked HE.")
    state.set_label("MA")
    annotator.add(RIGHT)
    state.set_selected(None)
    assert told.sentence.text().endswith("lies inside the three marked lesions.")
    state.set_lasso(LEFT)
    assert told.sentence.text().endswith("lies inside the lassoed region.")


def test_the_sentence_owns_that_more_speaks_against_a_class(told, annotator, state):
    state.set_class("normal")
    annotator.add(QUARTER)
    assert "against" not in told.sentence.text()
    found = told.account.entry.analysis
    maps = synthetic.evidence()
    maps[0, :, 2:] = -9
    found.maps["evidence"] = maps
    logits = maps.mean(axis=(1, 2)).astype(np.float64)
    changed = type(found)(
        found.case, found.model, logits, found.probabilities, found.region, {"evidence": maps}
    )
    synthetic.tell(state, changed)
    assert told.sentence.text() == (
        "50 % of the evidence for “normal” lies inside the marked HE. "
        "More speaks against it: its logit is −4.00."
    )


def test_a_class_that_nothing_speaks_for(told, state):
    state.set_class("mild")
    assert told.sentence.text() == "Nothing in this image speaks for “mild” (logit −2.00)."


def test_nothing_marked_asks_for_a_region(told):
    assert told.sentence.text().startswith("Draw or select a region")


def test_a_region_that_the_model_does_not_see(told, state):
    state.set_lasso(Shape("box", [[100, 100], [120, 120]]))
    assert told.sentence.text() == "The model does not see the lassoed region."


def test_a_black_box_alone_has_no_ledger(ledger, state):
    synthetic.load(state, BLACK_BOX)
    synthetic.tell(state, synthetic.analysis(state.case.id, BLACK_BOX))
    assert "black box" in ledger.sentence.text()
    assert not ledger.table.isVisible()


def test_beside_a_black_box_the_ledger_is_of_the_softcam_and_says_so(ledger, state):
    synthetic.load(state, BLACK_BOX, SOFT)
    synthetic.tell(state, synthetic.analysis(state.case.id, BLACK_BOX))
    found = synthetic.analysis(state.case.id, SOFT, evidence=synthetic.evidence())
    synthetic.tell(state, found)
    assert rows(ledger)["severe"][1] == "+3.00"
    assert "soft" in ledger.about.text()
    assert ledger.about.isVisible()


def test_numbers_of_an_earlier_content_of_the_file_say_so(told, state):
    assert not told.about.isVisible()
    state.stale = {(state.case.id, "soft")}
    state.stale_changed.emit()
    assert "has changed since" in told.about.text()


def test_without_a_model_or_an_image_it_says_what_to_open(ledger, state):
    assert "Open a SoftCAM model" in ledger.sentence.text()
    state.case = None
    state.case_changed.emit()
    assert "Open an image" in ledger.sentence.text()


def test_what_the_protocol_hides_is_nowhere(told, annotator, state, monkeypatch):
    annotator.add(QUARTER)
    assert "severe" in everything(told)
    monkeypatch.setattr(state.sight, "hides_model", lambda case: True)
    state.sight_changed.emit()
    state.models_changed.emit()
    said = everything(told)
    for telltale in ("severe", "0.88", "+3.00", "50 %", "soft"):
        assert telltale not in said
    assert told.account.region is None
    told.copy()
    assert "severe" not in QGuiApplication.clipboard().text()


# Waterfall


def test_the_bars_add_up_to_the_logit(told):
    steps = told.waterfall.steps.steps
    assert [step.name for step in steps] == ["1", "2", "rest", "logit"]
    assert sum(step.value for step in steps[:-1]) == pytest.approx(3)
    for before, after in pairwise(steps[:3]):
        assert after.start == pytest.approx(before.start + before.value)
    assert steps[-1].value == pytest.approx(3)
    assert steps[0].said == "Region 1, upper left, cells: 4. It adds +4.00; together +4.00."


@pytest.mark.parametrize("tint", [0, 90])
def test_bars_have_the_colours_of_the_map_over_the_image(told, state, tint):
    """A film that is stored in three equal channels is grey, for the panes and for the bars."""
    pixels = np.full((40, 60, 3), 100, np.uint8)
    pixels[..., 0] += np.uint8(tint)
    state.image = StoredImage(pixels, (0.0, 255.0), None, None, "PNG")
    pyramid = Pyramid.of(state.image)  # As the panes hold it while the image is in view.
    strong = colour_table(pair_for(pyramid.coloured))[-1, :3].tolist()
    colour = told.waterfall.itemDelegate()._colour(1.0)
    assert [colour.red(), colour.green(), colour.blue()] == strong
    assert pyramid.coloured == (tint > 0)


def test_hovering_a_bar_lights_its_cells_and_leaving_darkens_them(told, state):
    view = told.waterfall
    spot = view.visualRect(view.steps.index(0)).center()
    QTest.mouseMove(view.viewport(), spot)
    np.testing.assert_array_equal(state.highlight, [[True, True, False, False]] * 2)
    QTest.mouseMove(view.viewport(), QPoint(5, view.height() - 1))
    assert state.highlight is None


def test_a_click_asks_about_the_bars_region_and_gives_its_number_back(told, state, annotator):
    annotator.add(RIGHT)
    view = told.waterfall
    spot = view.visualRect(view.steps.index(0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert state.selection == ()
    assert told.asked.region.lasso
    assert told.account.region.share[2] == pytest.approx(view.steps.steps[0].value)


def test_arrow_keys_walk_through_the_bars(told, state):
    view = told.waterfall
    view.setFocus()
    view.setCurrentIndex(view.steps.index(0))
    QTest.keyClick(view, Qt.Key.Key_Down)
    np.testing.assert_array_equal(state.highlight, [[False, False, True, True]] * 2)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert told.account.region.share[2] == pytest.approx(-1)


def test_another_class_has_bars_of_its_own_and_nothing_stays_lit(told, state):
    state.set_highlight(np.ones((2, 4), bool))
    state.set_class("normal")
    assert state.highlight is None
    assert [round(s.value, 2) for s in told.waterfall.steps.steps] == [1.0, 0.0, 1.0]


# Copying


def test_the_ledger_is_copied_with_tabs_and_without_the_name_of_the_case(told, annotator, state):
    annotator.add(QUARTER)
    told.table.setFocus()
    QTest.keyClick(told.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    text = QGuiApplication.clipboard().text()
    assert "severe\t0.88\t+3.00\t+4.00\t−1.00\t+2.00\t50 %\t–" in text
    assert "without that evidence\t" in text
    assert state.case.name not in text
    assert Path(state.case.path).stem not in text


def test_many_classes_show_the_most_probable_ones_and_the_one_in_view(ledger, state):
    names = tuple(f"class {n:03d}" for n in range(300))
    spec = type(SOFT.spec)("resnet18", "softcam", names, SOFT.spec.input, card={"title": "many"})
    many = type(SOFT)("many", Path("/models/many.safetensors"), spec, "CPU")
    maps = np.random.default_rng(0).normal(size=(300, 3, 5)).astype(np.float32)
    logits = maps.mean(axis=(1, 2), dtype=np.float64)
    share = np.exp(logits) / np.exp(logits).sum()
    synthetic.load(state, many)
    found = synthetic.analysis(state.case.id, many, evidence=maps)
    found = type(found)(found.case, "many", logits, share, found.region, {"evidence": maps})
    synthetic.tell(state, found)
    assert len(rows(ledger)) == 12
    last = names[int(np.argmin(logits))]
    state.set_class(last)
    assert len(rows(ledger)) == 13
    assert last in rows(ledger)


def test_nothing_jumps_when_numbers_change_and_once_when_a_region_comes(told, annotator, state):
    def places():
        told.layout().activate()
        return [w.geometry() for w in (told.compared, told.controls, told.waterfall, told.table)]

    before = places()
    assert told.controls.isHidden()
    assert [line[0].isHidden() for line in told.compared.lines] == [False, True, True]
    state.set_cell(Cell("soft", 0, 0))
    assert places() == before
    annotator.add(QUARTER)
    assert not told.controls.isHidden()
    assert not any(line[0].isHidden() for line in told.compared.lines)
    asked = places()
    assert asked != before
    state.set_cell(Cell("soft", 1, 1))
    annotator.add(QUARTER)
    assert places() == asked


@pytest.mark.parametrize("width", [224, 256, 336])
def test_titles_are_whole_in_a_narrow_dock(told, annotator, width):
    annotator.add(QUARTER)
    compared = told.compared
    compared.resize(width, 120)
    compared.layout().activate()
    for title, *numbers in compared.lines:
        assert title.width() >= title.sizeHint().width()
        shown = [title, *(label for label in numbers if not label.isHidden())]
        assert numbers[0] in shown
        assert numbers[2] in shown
        for left, right in pairwise(shown):
            assert left.geometry().right() < right.geometry().left()
    assert numbers[3].isHidden() == (width < 300)


@pytest.mark.parametrize("width", [300, 336, 400])
def test_a_change_keeps_its_distance_from_its_number(told, annotator, state, width):
    weak(state, synthetic.evidence(), [0.0024, 0.0006, 0.997])
    annotator.add(QUARTER)
    compared = told.compared
    compared.lines[1][2].setText("−0.002")
    told.resize(width + 24, 600)
    told.layout().activate()
    assert compared.width() == width
    assert not compared.lines[1][2].isHidden()
    for _, *numbers in compared.lines[1:2]:
        for value, change in (numbers[:2], numbers[2:]):
            if change.isHidden():
                continue
            # Numbers stand at the right of their labels.
            written = change.fontMetrics().horizontalAdvance(change.text())
            gap = change.geometry().right() - written - value.geometry().right()
            assert gap >= 5


def test_a_region_asked_about_is_told_and_one_of_the_bars_is_not(told, annotator, state, qtbot):
    with qtbot.waitSignal(told.told, timeout=500):
        annotator.add(QUARTER)
    with qtbot.assertNotEmitted(told.told):
        view = told.waterfall
        spot = view.visualRect(view.steps.index(0)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert told.asked.region.place


def test_a_case_without_its_analysis_says_that_it_is_computed(told, state):
    move_on(state)
    assert told.sentence.text() == "Computing the evidence…"
    state.image_error = "two.png does not exist."
    state.image_failed.emit(state.case.id, state.image_error)
    assert told.sentence.text() == "The image cannot be read, so there is no evidence of it."


def weak(state, maps, probabilities):
    """Let a model say something else of the case."""
    maps = np.asarray(maps, np.float32)
    found = synthetic.analysis(state.case.id, SOFT, evidence=maps)
    logits = maps.mean(axis=(1, 2), dtype=np.float64)
    share = np.array(probabilities)
    synthetic.tell(state, type(found)(1, SOFT.id, logits, share, found.region, found.maps))


def test_the_class_that_gains_most_stands_beside_the_one_in_view(told, annotator, state):
    maps = np.zeros((3, 2, 4), np.float32)
    maps[0] = 4  # normal, everywhere alike
    maps[1, :, :2], maps[1, :, 2:] = -12, 16  # mild, held down by the left half
    maps[2] = 3
    logits = maps.mean(axis=(1, 2), dtype=np.float64)
    share = np.exp(logits) / np.exp(logits).sum()
    weak(state, maps, share)
    assert told.compared.heads[1].toolTip() == ("severe: the most probable of the other classes")
    annotator.add(LEFT)
    assert told.compared.heads[1].toolTip() == (
        "mild: the class that gains most once the region is taken out"
    )
    before, after = (line[3] for line in told.compared.values()[:2])
    assert float(after) > float(before)


def test_shown_changes_are_those_of_the_shown_numbers():
    assert [probability(p) for p in (1.0, 0.99951, 0.9951, 0.9949, 0.5, 0.0049, 0.0, 1e-9)] == [
        *(">0.999", ">0.999", "0.995", "0.99", "0.50", "0.005", "<0.001", "<0.001")
    ]
    assert probability_change(0.9940, 0.7860) == "−0.20"  # 0.99 to 0.79
    assert probability_change(0.99999, 0.9851) == "−0.01"
    assert probability_change(0.9969, 0.9958) == "−0.001"


def test_bars_and_for_and_against_add_up_as_written(told, state):
    def number(text):
        return round(100 * float(text.replace(MINUS, "-")))

    rng = np.random.default_rng(3)
    for _ in range(20):
        weak(state, rng.normal(0, 3, (3, 2, 4)), [0.2, 0.3, 0.5])
        bars = told.waterfall.steps.steps
        written = [number(f"{step.shown:.2f}") for step in bars]
        assert sum(written[:-1]) == written[-1]
        for row in rows(told).values():
            assert number(row[2]) + number(row[3]) == number(row[1])


def test_a_prediction_that_no_cell_speaks_for_is_explained(told, state):
    weak(state, -np.ones((3, 2, 4)) * np.array([2, 3, 1])[:, None, None], [0.2, 0.1, 0.7])
    assert told.sentence.text() == (
        "No cell speaks for “severe” (logit −1.00); it is predicted because the logits of all "
        "other classes are lower."
    )


def test_a_map_too_faint_to_see_says_so(told, state):
    assert not told.about.isVisible()
    state.limits[SOFT.id, "evidence"] = 400.0
    state.limits_changed.emit()
    assert told.about.text() == (
        "The map looks empty: its strongest cell is 8.00, and its colours run to 400.0. Many weak "
        "cells make the logit."
    )


def test_names_that_begin_alike_stay_apart_in_the_table(told):
    assert told.table.textElideMode() == Qt.TextElideMode.ElideMiddle
    assert not told.table.wordWrap()
