"""Rows and columns of the paper's figures, their limits and numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from PIL import Image

from softcam_core import metrics
from softcam_core.annotations.rasterize import rasterize
from softcam_core.annotations.shapes import Shape
from softcam_core.errors import CancelledError
from softcam_core.imaging.geometry import Region
from softcam_core.plates.compose import composed, true_spacing
from softcam_core.plates.errors import PlateError
from softcam_core.plates.explaining import STEPS, Explainer
from softcam_core.plates.layout import laid_out
from softcam_core.plates.make import plate_of
from softcam_core.plates.paint import painted
from softcam_core.plates.values import (
    LABEL,
    SHARES,
    Asked,
    Case,
    Look,
    MapShown,
    Mark,
    Page,
    Pane,
    Scale,
    Together,
)
from softcam_core.resources import resource_path

METHODS = ("evidence", "gradcam", "layercam")


def maps_of(plate):
    return [(cell.map, cell) for row in plate.rows for cell in row.cells if cell and cell.map]


def test_methods_has_a_row_per_case_and_the_papers_columns(cases, models, explainer) -> None:
    plate, account = composed(Asked("methods", cases, models, METHODS), explainer)
    assert [column.title for column in plate.columns] == [
        "Image",
        "Grad-CAM",
        "Layer-CAM",
        "Dense evidence",
        "Sparse evidence",
    ]
    assert [row.letter for row in plate.rows] == ["a", "b"]
    assert all(len(row.cells) == 5 for row in plate.rows)
    assert all(row.cells[0].map is None and row.cells[0].marks for row in plate.rows)
    assert not account.problems


def test_one_column_has_one_scale_whatever_the_image(cases, models, explainer) -> None:
    plate, _ = composed(Asked("methods", cases, models, METHODS), explainer)
    for column in range(1, 5):
        first, second = (row.cells[column].map.scale for row in plate.rows)
        assert first == second
    dense = plate.rows[0].cells[3].map.scale
    assert dense.limit == models[1].spec.map_limits["evidence"]
    assert (dense.units, dense.rectified) == ("logit", False)
    assert plate.rows[0].cells[1].map.scale.rectified


def test_the_limit_of_the_window_goes_before_the_models(cases, models, explainer) -> None:
    mine = (replace(models[1], limits={"evidence": 7.0}),)
    plate, _ = composed(Asked("methods", cases[:1], mine, ("evidence",)), explainer)
    assert plate.rows[0].cells[1].map.scale.limit == 7.0


def test_a_limit_that_nobody_knows_is_measured_over_the_whole_figure(
    cases, models, explainer
) -> None:
    plate, account = composed(Asked("methods", cases, models[:1], ("layercam",)), explainer)
    values = [row.cells[1].map.values for row in plate.rows]
    expected = np.percentile(np.abs(np.concatenate([v.ravel() for v in values])), 99.5)
    assert [row.cells[1].map.scale.limit for row in plate.rows] == [pytest.approx(expected)] * 2
    assert account.measured == {(models[0].id, "layercam")}


def test_localization_writes_the_core_metrics_into_the_corners(cases, models, explainer) -> None:
    asked = Asked("localization", cases, models, ("gradcam", "evidence"))
    plate, _ = composed(asked, explainer)
    assert [row.label for row in plate.rows] == ["ShuffleNet v2 x0.5"] * 2
    mask = rasterize(cases[0].marks[0].shape, (120, 120))
    for cell in plate.rows[0].cells[1:]:
        found = torch.from_numpy(cell.map.values)[None]
        precision = float(metrics.activation_precision(found, mask[None])[0])
        sensitivity = float(metrics.activation_sensitivity(found, mask[None])[0])
        assert cell.right == f"AP {precision:.2f}"
        assert cell.left == f"AS {sensitivity:.2f}"
        assert cell.marks


def test_without_marks_there_are_no_numbers(cases, models, explainer) -> None:
    plain = (replace(cases[0], marks=()),)
    plate, _ = composed(Asked("localization", plain, models, ("evidence",)), explainer)
    assert all(cell.left == cell.right == "" for cell in plate.rows[0].cells[1:])


def test_classes_has_a_column_per_class_and_the_papers_rows(cases, models, explainer) -> None:
    asked = Asked("classes", cases[:1], models, ("gradcam", "evidence"))
    plate, account = composed(asked, explainer)
    names = list(models[0].spec.classes)
    assert [column.title for column in plate.columns] == ["Image", *names]
    assert [row.label for row in plate.rows] == ["Sparse evidence", "Dense evidence", "Grad-CAM"]
    out = explainer.output(cases[0], models[2])
    above = [cell.above for cell in plate.rows[0].cells[1:]]
    assert [text.split()[1] for text in above] == [f"{p:.2f}" for p in out.probabilities]
    assert [text.endswith("(label)") for text in above] == [n == "mild NPDR" for n in names]
    assert plate.rows[0].cells[0] is not None
    assert plate.rows[1].cells[0] is None
    assert not account.problems


def test_the_panes_of_the_window_keep_their_settings(cases, models, explainer) -> None:
    panes = (
        Pane("Image"),
        Pane("Grad-CAM", models[0].id, "gradcam", "no DR", opacity=0.25),
        Pane("Image alone", method="image"),
    )
    asked = Asked("screen", cases[:1], models, panes=panes, look=Look(opacity=0.9))
    plate, _ = composed(asked, explainer)
    marked, drawn, alone = plate.rows[0].cells
    above = [cell.above for cell in plate.rows[0].cells]
    assert above == ["Image", "Grad-CAM, black box", "Image alone"]
    assert marked.marks
    assert not alone.marks
    assert drawn.look.opacity == 0.25
    assert drawn.map.values.shape == (14, 14)


def test_panes_of_several_classes_name_theirs(cases, models, explainer) -> None:
    panes = [Pane("", models[1].id, "evidence", name) for name in ("no DR", "mild NPDR")]
    plate, _ = composed(Asked("screen", cases[:1], models, panes=tuple(panes)), explainer)
    above = [cell.above for cell in plate.rows[0].cells]
    assert above == ["Dense evidence: no DR", "Dense evidence: mild NPDR"]


def test_a_difference_is_drawn_as_the_window_has_it(cases, models, explainer) -> None:
    drawn = MapShown(np.eye(3, dtype=np.float32), Region(0, 0, 120, 120), Scale(2.0, "logit", ""))
    panes = (Pane("A minus B", method="difference", drawn=drawn),)
    asked = Asked("screen", cases[:1], models, panes=panes)
    plate, _ = composed(asked, explainer)
    assert plate.rows[0].cells[0].map.values is drawn.values
    assert plate.rows[0].cells[0].map.scale == Scale(2.0, "logit", "fundus")


def test_classes_together_have_their_hues_in_the_key_and_no_bar(cases, models, explainer) -> None:
    maps = np.stack([explainer.output(cases[0], models[1]).evidence[n] for n in (0, 1)])
    red, blue = (255, 0, 0), (0, 0, 255)
    both = Together(maps, ("no DR", "mild NPDR"), (red, blue), (1.0, 1.0))
    panes = (Pane("Evidence", models[1].id, "evidence", "no DR", together=both),)
    asked = Asked("screen", (replace(cases[0], marks=()),), models, panes=panes)
    plate, _ = composed(asked, explainer)
    assert plate.key == (("no DR", "#ff0000"), ("mild NPDR", "#0000ff"))
    assert laid_out(plate, Page()).bar_below == ((False,),)
    cell = replace(plate.rows[0].cells[0], look=Look(opacity=1.0, smooth=False))
    loud = np.zeros_like(maps)
    loud[1] = 1e9
    found = painted(replace(cell, together=replace(both, maps=loud)), (20, 20))
    assert (found == blue).all()


def test_what_a_model_cannot_say_is_told_in_its_place(cases, models, explainer) -> None:
    refusing = (replace(models[0], refused={"gradcam": "It cannot."}),)
    asked = Asked("methods", cases[:1], (*refusing, models[1]), ("gradcam", "evidence"))
    plate, account = composed(asked, explainer)
    assert plate.rows[0].cells[1].missing == "not for this model"
    assert account.problems == ["It cannot."]
    few = replace(models[2], spec=replace(models[2].spec, classes=("no DR", *"abcd")))
    asked = Asked("methods", cases[:1], (models[1], few), ("evidence",), class_name="mild NPDR")
    plate, account = composed(asked, explainer)
    assert plate.rows[0].cells[2].missing == "no class 'mild NPDR'"
    assert "it has no DR, a" in account.problems[0]


def test_a_figure_without_any_map_is_refused(cases, models, explainer) -> None:
    asked = Asked("methods", cases[:1], models, ("evidence",))
    for wrong, words in (
        (replace(asked, class_name="glaucoma"), "no DR, mild NPDR"),
        (replace(asked, models=models[:1]), "nothing to show"),
        (replace(asked, methods=()), "nothing to show"),
        (replace(asked, models=(replace(models[1], refused={"evidence": "No."}),)), "nothing"),
    ):
        with pytest.raises(PlateError, match=words):
            composed(wrong, explainer)


def test_a_figure_that_fits_onto_no_page_is_refused_before_any_map(cases, models, networks):
    told: list[int] = []
    explainer = Explainer(networks.__getitem__, progress=lambda done, _: told.append(done))
    with pytest.raises(PlateError, match="500 mm is the most"):
        composed(Asked("methods", cases * 30, models, ("evidence",)), explainer)
    assert not told


def test_a_case_without_a_label_says_so_where_labels_choose(cases, models, explainer) -> None:
    mixed = (cases[0], replace(cases[1], label=""))
    asked = Asked("methods", mixed, models, ("evidence",), class_name=LABEL)
    _, account = composed(asked, explainer)
    assert account.problems == ["Image b has no label: the predicted class is shown."]


def test_two_cases_of_one_name_keep_their_probabilities(cases, models, explainer) -> None:
    same = tuple(replace(case, name="img") for case in cases)
    asked = Asked("methods", same, models[1:2], ("evidence",), class_name="no DR")
    _, account = composed(asked, explainer)
    outputs = [explainer.output(case, models[1]) for case in cases]
    assert outputs[0].probabilities[0] != outputs[1].probabilities[0]
    assert account.probabilities == {
        (number, "no DR", models[1].id): pytest.approx(float(out.probabilities[0]))
        for number, out in enumerate(outputs)
    }
    told = plate_of(asked, explainer).caption
    for out in outputs:
        name = models[1].spec.classes[out.logits.argmax()]
        assert f"img: maps of no DR; the dense SoftCAM {models[1].arch} (fundus) predicts" in told
        assert f"predicts {name} ({out.probabilities.max():.2f}" in told


def test_a_readers_pane_has_that_readers_marks_and_numbers(cases, models, explainer) -> None:
    other = Mark(Shape("box", [[0, 0], [12, 12]]), "HE")
    best = models[1].spec.classes[explainer.output(cases[0], models[1]).logits.argmax()]
    one = Pane("", models[1].id, "evidence", best, marks=cases[0].marks)
    panes = (one, replace(one, marks=(other,)), replace(one, marks=()))
    plate, _ = composed(Asked("screen", cases[:1], models, panes=panes), explainer)
    first, second, none = plate.rows[0].cells
    assert [mark.label for mark in second.marks] == ["HE"]
    assert first.right != second.right
    assert (none.marks, none.left, none.right) == ((), "", "")


def test_a_measured_limit_leaves_each_image_its_colours(cases, models, explainer, tmp_path):
    grey = tmp_path / "grey.png"
    Image.new("L", (120, 120), 90).save(grey)
    both = (cases[0], replace(cases[1], path=str(grey)))
    plate, _ = composed(Asked("methods", both, models[:1], ("layercam",)), explainer)
    assert [row.cells[1].map.scale.pair for row in plate.rows] == ["fundus", "grey"]
    assert len({row.cells[1].map.scale.limit for row in plate.rows}) == 1


def test_a_difference_tells_how_far_its_maps_agree_and_in_which_units(cases, models, explainer):
    drawn = MapShown(np.eye(3, dtype=np.float32), Region(0, 0, 120, 120), Scale(1.0, SHARES, ""))
    panes = (Pane("A minus B", method="difference", drawn=drawn, agreement=(0.27, 0.25)),)
    plate = plate_of(Asked("screen", cases[:1], models, panes=panes), explainer)
    cell = plate.rows[0].cells[0]
    assert (cell.left, cell.right) == ("rank 0.27", "IoU 0.25")
    for words in (
        "shares of their limits",
        "1 limits; rank correlation 0.27, IoU of the highest 10 % of cells 0.25",
    ):
        assert words in plate.caption


def test_every_model_tells_its_own_prediction(cases, models, explainer) -> None:
    panes = tuple(
        Pane("", model.id, method, "no DR")
        for model, method in zip(models[:2], ("gradcam", "evidence"), strict=True)
    )
    plate = plate_of(Asked("screen", cases[:1], models, panes=panes), explainer)
    for model, kind in zip(models[:2], ("black box", "dense SoftCAM"), strict=True):
        out = explainer.output(cases[0], model)
        name = model.spec.classes[out.logits.argmax()]
        words = f"the {kind} {model.arch} (fundus) predicts {name} ({out.probabilities.max():.2f}"
        assert words in plate.caption


def test_the_caption_says_what_a_map_is_made_of(cases, models, explainer) -> None:
    asked = Asked("methods", cases[:1], models[:1], ("occlusion",))
    caption = plate_of(asked, explainer).caption
    rows, columns = models[0].spec.input.size
    side = round(min(rows, columns) / 8)
    assert f"squares of the input painted in the mean colour, {side} × {side} px" in caption
    assert "Bars show the colours at their opacity" in caption


def test_drawn_phantoms_are_called_so(models, explainer) -> None:
    path = next(resource_path("demo").rglob("fundus-01.jpg"))
    asked = Asked("methods", (Case(str(path)),), models[1:2], ("evidence",))
    caption = plate_of(asked, explainer).caption
    assert "phantoms drawn by this program" in caption
    assert "do not say what kind of image" in caption


def test_true_spacing() -> None:
    assert true_spacing((0.4, 0.1)) == (0.1, pytest.approx(4))
    for odd in (None, (0.0, 0.1), (0.1, float("nan")), (-1.0, 0.1), (0.1, float("inf"))):
        assert true_spacing(odd) == (None, 1.0)


def test_a_file_that_cannot_be_read_is_a_problem_and_the_others_go_on(
    cases, models, explainer, tmp_path
) -> None:
    gone = replace(cases[0], path=str(tmp_path / "gone.png"))
    asked = Asked("methods", (gone, cases[1]), models, ("evidence",))
    plate, account = composed(asked, explainer)
    assert len(plate.rows) == 1
    assert len(account.problems) == 1
    with pytest.raises(PlateError):
        composed(replace(asked, cases=(gone,)), explainer)


def test_a_quick_figure_leaves_slow_maps_out(cases, models, networks) -> None:
    quick = Explainer(networks.__getitem__, quick=True)
    asked = Asked("methods", cases[:1], models, ("scorecam", "evidence"))
    plate, _ = composed(asked, quick)
    assert plate.rows[0].cells[1].missing == "computed when exported"
    assert quick.waiting == 1
    assert len(maps_of(plate)) == 2


def test_progress_ends_at_all_and_cancel_stops(cases, models, networks) -> None:
    told: list[int] = []
    asked = Asked("methods", cases, models, METHODS)
    composed(asked, Explainer(networks.__getitem__, progress=lambda done, _: told.append(done)))
    assert told == sorted(told)
    assert told[-1] == STEPS
    # Between the maps too, not only within the methods that ask.
    evidence = replace(asked, methods=("evidence",))
    with pytest.raises(CancelledError):
        composed(evidence, Explainer(networks.__getitem__, cancelled=lambda: True))


def test_the_caption_states_what_is_shown(cases, models, explainer) -> None:
    asked = Asked("localization", cases, models, ("layercam", "evidence"))
    plate = plate_of(asked, explainer)
    for words in (
        "n = 2.",
        models[0].hash,
        "99.5th percentile",
        "logits",
        "arbitrary units",
        "14 × 14",
        "AP, activation precision",
        "opacity 60 %",
    ):
        assert words in plate.caption
    assert any("record no pixel spacing" in line for line in plate.footer)
    assert "MEIER" not in plate.caption


@pytest.mark.parametrize(
    ("label_of", "words"),
    [
        ("given", "given label: mild NPDR."),
        ("reader-1", "graded mild NPDR by reader-1."),
        ("", "label: mild NPDR."),
    ],
)
def test_a_label_is_told_with_whose_word_it_is(
    cases, models, explainer, label_of: str, words: str
) -> None:
    case = replace(cases[0], label_of=label_of)
    told = plate_of(Asked("methods", (case,), models, ("evidence",)), explainer).caption
    assert f"; {words}" in told


def test_panes_as_on_screen_say_class_and_number_of_the_case_and_not_its_file(
    cases, models, explainer
) -> None:
    panes = (Pane("Evidence", models[1].id, "evidence", "no DR"),)
    case = replace(cases[0], number=7)
    plate = plate_of(Asked("screen", (case,), models, panes=panes), explainer)
    assert plate.footer[0] == "Case 7: maps of no DR."
    assert "Case 7: the dense SoftCAM" in plate.caption
    assert "MEIER" not in " ".join((*plate.footer, plate.caption))
    nameless = plate_of(Asked("screen", cases[:1], models, panes=panes), explainer)
    assert nameless.footer[0] == "Image: maps of no DR."
    bare = plate_of(Asked("screen", (case,), panes=(Pane("Image", method="image"),)), explainer)
    assert bare.footer[0] == "Case 7."
