"""Rows and columns of the paper's figures, their limits and numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from softcam_core import metrics
from softcam_core.annotations.rasterize import rasterize
from softcam_core.errors import CancelledError
from softcam_core.imaging.geometry import Region
from softcam_core.plates.compose import composed
from softcam_core.plates.errors import PlateError
from softcam_core.plates.explaining import STEPS, Explainer
from softcam_core.plates.layout import laid_out
from softcam_core.plates.make import plate_of
from softcam_core.plates.paint import painted
from softcam_core.plates.values import Asked, Look, MapShown, Page, Pane, Scale, Together

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
    plate, account = composed(Asked("methods", cases[:1], refusing, ("gradcam",)), explainer)
    assert plate.rows[0].cells[1].missing == "not for this model"
    assert account.problems == ["It cannot."]
    asked = Asked("methods", cases[:1], models, ("evidence",), class_name="glaucoma")
    plate, _ = composed(asked, explainer)
    assert plate.rows[0].cells[1].missing == "no class 'glaucoma'"


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
