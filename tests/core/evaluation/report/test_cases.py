"""The best, the median and the worst case of each method."""

import math

from softcam_core.evaluation.metric_ids import RANDOM
from softcam_core.evaluation.records import ImageRecord, ModelRecord, Row
from softcam_core.evaluation.report.cases import choose_cases

RUN = {"models": [{"name": "m", "methods": ["evidence", "gradcam", RANDOM]}]}


def record(index, values, metric="activation_precision", method="evidence"):
    rows = tuple(Row(method, f"class {index}", metric, value) for value in values)
    return ImageRecord(
        *(index, str(index + 2), f"{index}.png", "0" * 64, index, "ill"),
        models=(ModelRecord("m", "ill", rows, {}),),
    )


def test_best_median_and_worst_by_precision():
    values = {0: 0.4, 1: 0.9, 2: 0.1, 3: 0.5, 4: 0.6, 5: math.nan}
    (ranking,) = choose_cases([record(i, [v]) for i, v in values.items()], RUN)
    assert (ranking.model, ranking.method, ranking.metric) == (
        "m",
        "evidence",
        "activation_precision",
    )
    assert [(c.kind, c.index, c.image, c.class_) for c in ranking.cases] == [
        ("best", 1, "1.png", "class 1"),
        ("median", 3, "3.png", "class 3"),
        ("worst", 2, "2.png", "class 2"),
    ]
    assert ranking.images == 5
    assert ranking.cases[0].values == {"activation_precision": 0.9}


def test_without_marks_a_small_area_under_the_deletion_curve_is_best():
    records = [record(i, [v], "audc") for i, v in enumerate((0.7, 0.2, 0.9))]
    (ranking,) = choose_cases(records, RUN)
    assert ranking.metric == "audc"
    assert [case.index for case in ranking.cases] == [1, 0, 2]


def test_precision_counts_before_deletion():
    records = [record(0, [0.5], "audc"), record(1, [0.5])]
    (ranking,) = choose_cases(records, RUN)
    assert [case.index for case in ranking.cases] == [1]


def test_an_image_stands_once():
    (two,) = choose_cases([record(0, [0.5]), record(1, [0.7])], RUN)
    assert [(case.kind, case.index) for case in two.cases] == [("best and median", 1), ("worst", 0)]
    (one,) = choose_cases([record(0, [0.5])], RUN)
    assert [(case.kind, case.index) for case in one.cases] == [("best and median and worst", 0)]


def test_chance_has_no_examples():
    assert choose_cases([record(0, [0.5], method=RANDOM)], RUN) == []
