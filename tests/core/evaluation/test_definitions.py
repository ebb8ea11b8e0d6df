"""The methods section says what this run did, and nothing that it did not."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import Any

import pytest

from softcam_core.evaluation.definitions import (
    METRIC_SENTENCES,
    REFERENCES,
    definitions_of,
    methods_paragraph,
    references_of,
)
from softcam_core.evaluation.metric_ids import METRICS
from softcam_core.evaluation.results import Summary
from tests.core.evaluation.conftest import Run


def changed(summary: Summary, **parameters: Any) -> Summary:
    run = {**summary.run, "parameters": {**summary.run["parameters"], **parameters}}
    return replace(summary, run=run)


def test_every_metric_has_one_sentence_of_its_own() -> None:
    assert set(METRIC_SENTENCES) == set(METRICS)


def test_the_metrics_of_the_run_are_defined_and_no_others(binary: Run) -> None:
    assert set(definitions_of(binary.summary)) == set(METRICS)
    some = tuple(one for one in binary.summary.results if "max_box_acc_v2" in one.metric)
    few = replace(binary.summary, results=some)
    assert set(definitions_of(few)) == {"max_box_acc_v2"}
    assert "deletion" not in methods_paragraph(few).lower()


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"k": 17, "patch": 44}, ["44 × 44 pixels", "up to k = 17", "of the 17 highest"]),
        ({"score": "max"}, ["ranked by their maximum"]),
        ({"tolerance": 7.5}, ["at most 7.5 pixels"]),
        ({"box_threshold": 0.35}, ["at 0.35 of the map's maximum"]),
        ({"disease": "pneumonia"}, ["the map of pneumonia, r+"]),
        ({"explained": "predicted"}, ["were those of the predicted class;"]),
        ({"explained": "normal"}, ["were those of normal;"]),
        ({"explained": "label"}, ["the image's label where it is a class of the model"]),
        ({"deletion_images": "correct"}, ["that every model classifies rightly"]),
        ({"deletion_images": "all"}, ["whatever the prediction"]),
        ({"resamples": 4321, "seed": 77}, ["4,321 resamples", "(seed 77)", "the seed 77"]),
        ({"randomized_images": 5}, ["on the first 5 images"]),
    ],
)
def test_parameters_of_the_run_are_named(
    binary: Run, parameters: dict[str, Any], words: list[str]
) -> None:
    text = methods_paragraph(changed(binary.summary, **parameters))
    for word in words:
        assert word in text


def test_images_models_methods_and_software_are_named(binary: Run) -> None:
    text = methods_paragraph(binary.summary)
    kept = binary.summary.counts["deletion"]
    for words in (
        "29 of 30 images of 15 patients of labels.csv",
        "1 without a label",
        "1 could not be measured",
        f"on {kept} of 27 labelled images",
        "resnet-sparse: sparse ResNet-50 (l1 = 5e-05)",
        "vgg-dual-blackbox: dual branch VGG-16",
        "Layer-CAM (every cell",
        "random map (an independent number",
        "torch 2.13.0",
        "evaluation 0123456789ab",
        "bootstrap with 2,000 resamples of patients with all their images",
        "[Obuchowski 1997]",
        "changes the signs of all images of a patient, exact up to 12 patients",
        "Of other numbers there is no p for fewer than 20 patients.",
        "sigmoid branch's logits too",
    ):
        assert words in text


def test_reader_of_the_truth_is_named(binary: Run) -> None:
    run = {**binary.summary.run, "data": {**binary.summary.run["data"], "reader": "the majority"}}
    assert "the marks of the majority" in methods_paragraph(replace(binary.summary, run=run))


def test_an_image_a_patient_is_drawn_by_image(four: Run) -> None:
    text = methods_paragraph(four.summary)
    assert "resamples of images (" in text
    assert "patients" not in text
    assert "DeLong" not in text


def test_numbers_that_all_resamples_share_are_explained(binary: Run) -> None:
    one = replace(binary.summary.results[0], value=0.5, interval="Wilson")
    bare = replace(one, low=math.nan, high=math.nan, interval="")
    alike = "the same in every resample"
    shares = methods_paragraph(replace(binary.summary, results=(one,)))
    assert "of none or of all is, has Wilson's interval with patients as its cases" in shares
    assert f"any other number that is {alike}" not in shares
    others = methods_paragraph(replace(binary.summary, results=(bare,)))
    assert "fewer than two patients, and any other number that is the same in every" in others
    undefined = replace(bare, value=math.nan)
    assert alike not in methods_paragraph(replace(binary.summary, results=(undefined,)))


def test_every_reference_is_listed_once(binary: Run) -> None:
    text = methods_paragraph(binary.summary)
    names = {re.split(r", (?:eq|B)\.?", one)[0] for one in re.findall(r"\[([A-Z][^\]]*\w)\]", text)}
    assert names <= set(REFERENCES)
    found = references_of(text)
    assert {one.partition("]")[0][1:] for one in found} == names
    assert references_of("nothing") == []
