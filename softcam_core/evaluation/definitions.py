"""What was measured and how, in sentences for the methods section of a paper. Free of torch."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from softcam_core.evaluation.differences import FEW
from softcam_core.evaluation.flips import DRAWN, EXACT
from softcam_core.evaluation.metric_ids import (
    BASELINES,
    BRANCH,
    METRICS,
    RANDOMIZED,
    method_title,
    metric_title,
)
from softcam_core.evaluation.model_names import architecture_title, variant_of
from softcam_core.evaluation.plan import LABEL, PREDICTED
from softcam_core.evaluation.results import Summary
from softcam_core.explain.methods import METHODS

Parameters = Mapping[str, Any]

REFERENCES: dict[str, str] = {
    "SoftCAM": (
        "K. Djoumessi, P. Berens. Soft-CAM: Making black box models self-explainable for "
        "high-stakes decisions."
    ),
    "Choe 2020": (
        "J. Choe et al. Evaluating weakly supervised object localization methods right. CVPR 2020."
    ),
    "Zhang 2018": (
        "J. Zhang et al. Top-down neural attention by excitation backprop. International Journal "
        "of Computer Vision 126, 2018."
    ),
    "Otsu 1979": (
        "N. Otsu. A threshold selection method from gray-level histograms. IEEE Transactions on "
        "Systems, Man, and Cybernetics 9, 1979."
    ),
    "Chattopadhay 2018": (
        "A. Chattopadhay et al. Grad-CAM++: Improved visual explanations for deep convolutional "
        "networks. WACV 2018."
    ),
    "Adebayo 2018": "J. Adebayo et al. Sanity checks for saliency maps. NeurIPS 2018.",
    "Guo 2017": "C. Guo et al. On calibration of modern neural networks. ICML 2017.",
    "Cohen 1968": "J. Cohen. Weighted kappa. Psychological Bulletin 70, 1968.",
    "DeLong 1988": (
        "E. R. DeLong, D. M. DeLong, D. L. Clarke-Pearson. Comparing the areas under two or more "
        "correlated receiver operating characteristic curves. Biometrics 44, 1988."
    ),
    "Obuchowski 1997": (
        "N. A. Obuchowski. Nonparametric analysis of clustered ROC curve data. Biometrics 53, 1997."
    ),
    "Fisher 1935": "R. A. Fisher. The Design of Experiments. 1935.",
    "Phipson 2010": (
        "B. Phipson, G. K. Smyth. Permutation P-values should never be zero. Statistical "
        "Applications in Genetics and Molecular Biology 9, 2010."
    ),
    "Efron 1993": "B. Efron, R. J. Tibshirani. An Introduction to the Bootstrap. 1993.",
    "Davison 1997": (
        "A. C. Davison, D. V. Hinkley. Bootstrap Methods and their Application. 1997."
    ),
    "Newcombe 2006": (
        "R. G. Newcombe. Confidence intervals for an effect size measure based on the "
        "Mann-Whitney statistic, part 2. Statistics in Medicine 25, 2006."
    ),
    "Wilson 1927": (
        "E. B. Wilson. Probable inference, the law of succession, and statistical inference. "
        "Journal of the American Statistical Association 22, 1927."
    ),
}
"""What the sentences refer to in square brackets."""


def _deletion(p: Parameters, what: str, way: str) -> str:
    return (
        f"{what}: the input was cut into patches of {p['patch']} × {p['patch']} pixels from its "
        "corner, ranked by the mean of the bicubically upsampled map of the predicted class, and "
        f"{way} one after another up to k = {p['k']}; the probability of the predicted class, "
        "divided by that of the untouched image, was integrated over k by the trapezoidal rule "
        "[SoftCAM, B.4]. An image with fewer patches holds its last value."
    )


METRIC_SENTENCES: dict[str, Callable[[Parameters], str]] = {
    "accuracy": lambda _: (
        "Accuracy: share of the labelled images whose most probable class is their label."
    ),
    "auc": lambda _: (
        "AUC: area under the ROC curve of class 1; of more than two classes, the mean over the "
        "classes, each against the rest."
    ),
    "kappa": lambda _: (
        "Quadratic kappa: agreement of predicted and true class beyond chance, weighted by the "
        "squared distance in the order of the classes [Cohen 1968]."
    ),
    "sensitivity": lambda _: (
        "Sensitivity: share of the images of class 1 that are predicted so; of more than two "
        "classes, the mean over the classes."
    ),
    "specificity": lambda _: (
        "Specificity: share of the images of other classes than class 1 that are not predicted as "
        "it; of more than two classes, the mean over the classes."
    ),
    "calibration_error": lambda _: (
        "Calibration error: mean difference of confidence and accuracy over 15 equal bins of "
        "confidence, weighted by their images [Guo 2017]."
    ),
    "activation_precision": lambda _: (
        "Activation precision: share of the positive part of the bicubically upsampled map that "
        "lies within the marks, mean over images [SoftCAM, eq. 6, per image]; undefined where "
        "nothing of the map is positive."
    ),
    "activation_sensitivity": lambda _: (
        "Activation sensitivity: how strongly the map covers the marks: mean over the marked "
        "pixels of the upsampled map, rectified and scaled to [0, 1] per image, mean over images "
        "[SoftCAM, eq. 7, per image]; 0 where nothing of the map is positive. It rewards maps that "
        "cover everything and is read beside precision."
    ),
    "topk_localization_precision": lambda p: (
        "Top-k localization precision: the upsampled map was cut into patches of "
        f"{p['patch']} × {p['patch']} pixels of the model's input, edge patches kept, and ranked "
        f"by their {'mean' if p['score'] == 'mean' else 'maximum'}; of the {p['k']} highest with a "
        "positive score, the share that holds a marked pixel, pooled over images [SoftCAM, B.3]."
    ),
    "pointing_game": lambda p: (
        "Pointing game: share of images whose highest pixel lies on a mark or at most "
        f"{p['tolerance']:g} pixels of the model's input from one [Zhang 2018]."
    ),
    "mean_iou": lambda _: (
        "Mean IoU: intersection over union of the marks and what lies above Otsu's threshold of "
        "the map [Otsu 1979], mean over images."
    ),
    "pxap": lambda _: (
        "PxAP: area under the precision-recall curve over the pixels of all images together, at "
        "224 × 224 pixels [Choe 2020]."
    ),
    "max_box_acc": lambda _: (
        "MaxBoxAcc: share of images on which the box of the largest contour of the thresholded map "
        "meets a true box with an IoU of 0.5 or more, at the threshold that is best for all images "
        "[Choe 2020]."
    ),
    "max_box_acc_v2": lambda _: (
        "MaxBoxAccV2: the same with the boxes of all contours, mean over IoU 0.3, 0.5 and 0.7, "
        "each at its best threshold [Choe 2020]."
    ),
    "gt_known_localization": lambda p: (
        "GT-known localization: share of images on which the box of the largest contour at "
        f"{p['box_threshold']:g} of the map's maximum meets a true box with an IoU of 0.5 or more."
    ),
    "top1_localization": lambda _: (
        "Top-1 localization: the same, counted only where the prediction is right."
    ),
    "audc": lambda p: _deletion(
        p, "Area under the deletion curve (AUDC)", "set to zero in normalized space"
    ),
    "auic": lambda p: _deletion(
        p, "Area under the insertion curve (AUIC)", "put back into an input of zeros"
    ),
    "average_drop": lambda _: (
        "Average drop: fall of the predicted class's probability, in percent of it and 0 where it "
        "rises, when the normalized input is multiplied by its map, upsampled bicubically and "
        "scaled to [0, 1]; mean over images [Chattopadhay 2018]."
    ),
    "increase_in_confidence": lambda _: (
        "Increase in confidence: share of images on which that probability rises "
        "[Chattopadhay 2018]."
    ),
    "activation_consistency": lambda p: (
        f"Activation consistency: of the map of {p['disease'] or 'class 1'}, r+ is the share of "
        "cells above zero on images with the disease, and r− the share below zero on images of the "
        "first class; mean and standard deviation over images [SoftCAM, B.1]."
    ),
    "model_randomization": lambda p: (
        "Similarity after randomization: Spearman's rank correlation of the map with that of the "
        "trained model after the weights were drawn anew layer by layer from the head backwards, "
        f"on the first {p['randomized_images']} images [Adebayo 2018]."
    ),
}
"""Metric -> the sentence that defines it, with the parameters of the run."""


def methods_paragraph(summary: Summary) -> str:
    """Return the methods section of this run: paragraphs with an empty line between them.

    Data, models and truth; maps and chance; a sentence for each metric; intervals; software.
    References stand in square brackets: see `references_of`.
    """
    parts = (
        _data(summary),
        _models(summary),
        _maps(summary),
        _metrics(summary),
        _statistics(summary),
        _software(summary),
    )
    return "\n\n".join(" ".join(part) for part in parts)


def definitions_of(summary: Summary) -> dict[str, str]:
    """Return metric -> the sentence that defines it, for the metrics that the run has."""
    measured = {_home(one.metric) for one in summary.results}
    return {
        metric: METRIC_SENTENCES[metric](summary.run["parameters"])
        for metric in METRICS
        if metric in measured
    }


def references_of(text: str) -> list[str]:
    """Return the references that a text has in square brackets."""
    return [f"[{name}] {what}" for name, what in REFERENCES.items() if f"[{name}" in text]


def _data(summary: Summary) -> Iterator[str]:
    data, counts = summary.run["data"], summary.counts
    labels = ", ".join(
        f"{count} {label or 'without a label'}" for label, count in counts["labels"].items()
    )
    listed = counts["images"] - counts["others"]
    of = f" of {listed}" if counts["measured"] != listed else ""
    patients = f" of {counts['patients']} patients" if counts["by_patient"] else ""
    yield f"We evaluated {counts['measured']}{of} images{patients} of {data['name']} ({labels})."
    if counts["others"]:
        yield (
            f"{counts['others']} more that the data list are of another kind than the models' and "
            "were left out."
        )
    if counts["failed"]:
        yield f"{counts['failed']} could not be measured."
    if counts["marked"]:
        reader = data.get("reader")
        truth = f"the marks of {reader}" if reader else "the masks or boxes that come with the data"
        yield f"Maps were compared with {truth} on the {counts['marked']} images that have any."


def _models(summary: Summary) -> Iterator[str]:
    for model in summary.run["models"]:
        height, width = model["size"]
        variant = variant_of(model)
        penalties = [f"{k} = {model[k]:g}" for k in ("l1", "l2") if model.get(k)]
        what = f"{variant} {architecture_title(model['arch'])}"
        if penalties:
            what += f" ({', '.join(penalties)})"
        yield (
            f"{model['name']}: {what}, {model['parameters']:,} parameters, classes "
            f"{', '.join(model['classes'][:10])}{' …' if len(model['classes']) > 10 else ''}, "
            f"input {width} × {height} pixels (SHA-256 {model['id'][:12]})."
        )


def _maps(summary: Summary) -> Iterator[str]:
    parameters = summary.run["parameters"]
    used = dict.fromkeys(m for model in summary.run["models"] for m in model["methods"])
    own = [method for method in used if method not in BASELINES]
    named = [f"{method_title(m)} ({METHODS[m]})" if m in METHODS else m for m in own]
    yield f"Explanation methods: {'; '.join(named)}."
    explained = parameters["explained"]
    whose = {
        LABEL: "of the image's label where it is a class of the model, else of the predicted class",
        PREDICTED: "of the predicted class",
    }.get(explained, f"of {explained}")
    yield (
        f"The maps compared with marks were those {whose}; faithfulness was measured on the maps "
        "of the predicted class. Maps were upsampled bicubically (half-pixel centres) and "
        "rectified after upsampling."
    )
    chance = [method for method in used if method in BASELINES]
    if chance:
        named = [f"{method_title(m).lower()} ({BASELINES[m]})" for m in chance]
        yield f"Chance was measured by {'; '.join(named)}."
        if RANDOMIZED in chance:
            yield f"The random numbers have the seed {parameters['seed']}."


def _metrics(summary: Summary) -> Iterator[str]:
    found = definitions_of(summary)
    yield from found.values()
    if found.keys() & {"audc", "auic"}:
        kept, of = summary.counts["deletion"], f"{summary.counts['classified']} labelled"
        which = "that every model classifies rightly"
        if summary.run["parameters"]["deletion_images"] != "correct":
            of, which = str(summary.counts["measured"]), "whatever the prediction"
        what = " and ".join(
            name
            for metric, name in (("audc", "Deletion"), ("auic", "insertion"))
            if metric in found
        ).capitalize()
        yield f"{what}: on {kept} of {of} images, {which}."
        if summary.counts["held"]:
            yield f"On {summary.counts['held']} of them there were fewer patches than k."
    if any(one.metric in BRANCH for one in summary.results):
        yield (
            "Of the dual branch, drop and increase are given with the softmax of the sigmoid "
            "branch's logits too, as in the released code."
        )
    yield "A value that is undefined is left out and counted, never set to 0 or 1."


def _statistics(summary: Summary) -> Iterator[str]:
    parameters, by_patient = summary.run["parameters"], summary.counts["by_patient"]
    yield (
        "95% intervals are percentile intervals of a bootstrap with "
        f"{parameters['resamples']:,} resamples of "
        f"{'patients with all their images' if by_patient else 'images'} "
        f"(seed {parameters['seed']}), the same for all numbers [Efron 1993]."
    )
    ways = {one.interval for one in summary.results}
    if any(way.startswith("DeLong") for way in ways):
        after = ", with images of a patient taken together [Obuchowski 1997]" if by_patient else ""
        yield f"Those of an AUC of two classes are DeLong's [DeLong 1988]{after}."
    if "Newcombe" in ways:
        yield (
            "An AUC of 0 or 1, or of a class with one image, has Newcombe's interval (method 5) "
            f"from the numbers of {'patients' if by_patient else 'images'} [Newcombe 2006]."
        )
    if any(way.endswith("reflected") for way in ways):
        yield (
            "That of the calibration error, which is the larger the fewer images there are, is "
            "reflected at the value (basic bootstrap), cut off at 0 and made to hold the value "
            "[Davison 1997]."
        )
    units = "patients" if by_patient else "images"
    if "Wilson" in ways:
        yield (
            "A share of images that is the same in every resample, as that of none or of all is, "
            f"has Wilson's interval with {units} as its cases [Wilson 1927]."
        )
    if any(not math.isnan(one.value) and math.isnan(one.low) for one in summary.results):
        yield (
            f"A number of fewer than two {units}, and any other number that is the same in every "
            "resample, has no interval: the resamples do not tell how sure it is."
        )
    if summary.differences:
        yield (
            "Differences between methods and between models are paired: both numbers come from the "
            "same images and resamples."
        )
        yield from _tests(summary)


def _tests(summary: Summary) -> Iterator[str]:
    unit = "patient" if summary.counts["by_patient"] else "image"
    tests = {one.test for one in summary.differences}
    few = [name for name in ("bootstrap", "DeLong") if any(t.startswith(name) for t in tests)]
    if any("sign flip" in test for test in tests):
        whose = "all images of a patient" if unit == "patient" else "images one by one"
        yield (
            "p of a difference of means over images is that of a two-sided permutation test that "
            f"changes the signs of {whose}, exact up to {EXACT} {unit}s with a difference and else "
            f"of {DRAWN:,} draws [Fisher 1935], [Phipson 2010]."
        )
    if few:
        which = {"bootstrap": "the same resamples", "DeLong": "DeLong's test (AUC of two classes)"}
        yield f"That of other numbers is from {' or '.join(which[name] for name in few)}."
    if any(not one.test for one in summary.differences):
        yield f"Of other numbers there is no p for fewer than {FEW} {unit}s."
    yield "p values are not corrected for their number."


def _software(summary: Summary) -> Iterator[str]:
    versions = ", ".join(
        f"{name} {', '.join(found) if isinstance(found, list) else found}"
        for name, found in summary.run["versions"].items()
    )
    run = summary.run
    yield f"Software: {versions}; device: {run['device']}; evaluation {run['fingerprint']}."


def _home(metric: str) -> str:
    """Return the metric that a result belongs to, parts included."""
    _, known = metric_title(metric)
    return next(name for name, one in METRICS.items() if one is known)
