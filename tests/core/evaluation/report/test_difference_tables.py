"""Which differences the report shows, and which way round."""

import math
from dataclasses import replace

from softcam_core.evaluation.report.differences import MOST_ROWS, difference_views, signed
from softcam_core.evaluation.results import Difference, Result, Summary

AP, AUDC = "activation_precision", "audc"


def model(name):
    return {"name": name, "title": name.capitalize(), "methods": []}


def difference(first, second, metric, value, low, high, n=9):
    return Difference(*first, *second, metric, value, low, high, 0.01, n)


def shown(view):
    return [tuple(cell.text for cell in row.cells) for row in view.rows]


def views(differences, results=(), models=("a", "b")):
    run = {"models": [model(name) for name in models]}
    return difference_views(Summary(run, tuple(results), tuple(differences)))


def test_a_method_is_compared_with_the_best_chance_of_its_model_and_metric():
    chance = ("random", "centre_prior")
    values = {(AP, "random"): 0.1, (AP, "centre_prior"): 0.3}
    values |= {(AUDC, "random"): 0.7, (AUDC, "centre_prior"): 0.9}
    results = [
        Result("a", method, metric, value, 0, 1, 9, 0) for (metric, method), value in values.items()
    ]
    given = [
        difference(("a", "gradcam"), ("a", other), metric, value, value - 0.1, value + 0.1)
        for value, (metric, other) in enumerate((m, c) for m in (AP, AUDC) for c in chance)
    ]
    (view,) = views(given, results)
    assert view.title == "Methods less chance"
    # Of precision the higher is better and of AUDC the lower: centre prior and random map.
    assert shown(view) == [("A", "Grad-CAM", "+1.000", "+2.000")]
    assert [cell.interval for cell in view.rows[0].cells[2:]] == [
        "[0.900, 1.100]",
        "[1.900, 2.100]",
    ]
    assert [cell.best for cell in view.rows[0].cells[2:]] == [True, True]


def test_evidence_stands_first_whichever_way_the_difference_is_kept():
    (view,) = views(
        [
            difference(("a", "evidence"), ("a", "gradcam"), AP, 0.2, 0.1, 0.3),
            difference(("a", "layercam"), ("a", "evidence"), AP, 0.2, -0.1, 0.4),
            difference(("a", "evidence"), ("b", "gradcam"), AP, -0.5, -0.6, -0.4),
        ]
    )
    assert view.title == "Evidence less other methods"
    assert shown(view) == [
        ("A", "less Grad-CAM", "+0.200"),
        ("A", "less Layer-CAM", "−0.200"),
        ("A", "less Grad-CAM, B", "−0.500"),
    ]
    cells = [row.cells[-1] for row in view.rows]
    assert [cell.interval for cell in cells] == [
        "[0.100, 0.300]",
        "[−0.400, 0.100]",
        "[−0.600, −0.400]",
    ]
    assert [cell.best for cell in cells] == [True, False, True]
    assert [row.cells[0].again for row in view.rows] == [False, True, True]
    assert [cell.text for cell in view.foot] == ["n", "", "9"]


def test_models_are_compared_by_their_predictions_and_by_each_method():
    (view,) = views(
        [
            difference(("a", "-"), ("b", "-"), "accuracy", 0.1, -0.1, 0.3),
            difference(("a", "gradcam"), ("b", "gradcam"), AP, 0.2, 0.1, 0.3, n=4),
            difference(("a", "evidence"), ("b", "evidence"), AP, 0.2, 0.1, 0.3, n=5),
        ]
    )
    assert shown(view) == [
        ("A less B", "Predictions", "+0.100", "–"),
        ("A less B", "Grad-CAM", "–", "+0.200"),
        ("A less B", "Evidence", "–", "+0.200"),
    ]
    # Where the numbers of images differ, each says its own.
    assert [row.cells[-1].count for row in view.rows] == ["", "n = 4", "n = 5"]


def test_other_pairs_of_methods_are_left_to_the_file():
    assert views([difference(("a", "gradcam"), ("a", "layercam"), AP, 0.2, 0.1, 0.3)]) == []


def test_rows_beyond_a_page_are_counted():
    names = [f"m{n}" for n in range(MOST_ROWS + 3)]
    given = [difference(("a", "-"), (name, "-"), "accuracy", 0.1, 0, 1) for name in names]
    (view,) = views(given, models=("a", *names))
    assert len(view.rows) == MOST_ROWS
    assert "3 more rows are in differences.csv" in view.caption


def test_what_rounds_to_zero_has_no_sign():
    assert [signed(value, 1) for value in (0.04, -0.04, 0.06, -0.06, float("nan"))] == [
        *("0.0", "0.0", "+0.1", "−0.1", "–"),
    ]


def test_bold_needs_an_interval_and_a_p():
    one = difference(("a", "evidence"), ("a", "gradcam"), AP, 0.2, 0.1, 0.3)
    for p, best in ((0.01, True), (0.125, False), (math.nan, False)):
        (view,) = views([replace(one, p=p)])
        assert view.rows[0].cells[2].best is best


def test_a_bold_number_has_no_interval_that_reads_as_zero():
    for low, high, expected in (
        (0.0003, 0.005, "[0.0003, 0.0050]"),
        (-0.4, -0.00002, "[−0.40000, −0.00002]"),
        (0.001, 0.005, "[0.001, 0.005]"),
        (-0.0003, 0.005, "[0.000, 0.005]"),
    ):
        (view,) = views([difference(("a", "evidence"), ("a", "gradcam"), AP, 0.2, low, high)])
        assert view.rows[0].cells[2].interval == expected
    (view,) = views([difference(("a", "evidence"), ("a", "gradcam"), AP, 0.0004, 0.0003, 0.0005)])
    assert view.rows[0].cells[2].text == "+0.0004"


def test_the_caption_names_delong_only_where_it_was_used():
    one = difference(("a", "-"), ("b", "-"), "auc", 0.2, 0.1, 0.3)
    for interval, named in (("DeLong", True), ("bootstrap by image", False)):
        (view,) = views([replace(one, interval=interval)])
        assert ("DeLong" in view.caption) is named
        assert "no p below 20 images" in view.caption
