"""Every number once more, from ``per_image.csv`` and nothing else, in the plainest way."""

from __future__ import annotations

import base64
import csv
import json
import math
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn import metrics

csv.field_size_limit(10**9)
TOP = "topk_localization_precision"
TRUE_CLASSES = ("accuracy", "auc", "kappa", "sensitivity", "specificity", "calibration_error")
V2 = {"max_box_acc_v2_30": "0.3", "max_box_acc_v2_50": "0.5", "max_box_acc_v2_70": "0.7"}
OF = {**dict.fromkeys(V2, "max_box_acc_v2"), **dict.fromkeys(TRUE_CLASSES, "prediction")}


class Table:
    """``per_image.csv``: image -> row, by model, method and metric."""

    def __init__(self, folder: Path) -> None:
        self.classes = {
            model["name"]: model["classes"]
            for model in json.loads((folder / "run.json").read_text())["models"]
        }
        self.rows: dict[tuple[str, str, str], dict[str, dict[str, Any]]] = {}
        self.patients: dict[str, list[str]] = {}
        with (folder / "per_image.csv").open(newline="") as stream:
            for row in csv.DictReader(stream):
                row["value"] = float(row["value"]) if row["value"] else math.nan
                row["detail"] = json.loads(row["detail"]) if row["detail"] else None
                key = row["model"], row["method"], row["metric"]
                self.rows.setdefault(key, {})[row["image"]] = row
                patient = self.patients.setdefault(row["patient"], [])
                if row["image"] not in patient:
                    patient.append(row["image"])

    @property
    def images(self) -> list[str]:
        """All images, in the order of the file."""
        return [image for images in self.patients.values() for image in images]

    def numbers(self) -> set[tuple[str, str, str]]:
        """Every number that there should be."""
        found = set()
        for model, method, metric in self.rows:
            if metric == "prediction":
                found |= {(model, method, name) for name in TRUE_CLASSES}
            else:
                found.add((model, method, metric))
                if metric == "max_box_acc_v2":
                    found |= {(model, method, name) for name in V2}
        return found

    def of(self, model: str, method: str, metric: str) -> dict[str, dict[str, Any]]:
        """The rows that a number is made of."""
        return self.rows.get((model, method, OF.get(metric, metric)), {})

    def is_defined(self, row: dict[str, Any], metric: str) -> bool:
        """Whether an image has a value."""
        if metric == "pxap":
            return row["detail"] is not None
        classes = self.classes[row["model"]]
        if metric in ("sensitivity", "specificity") and len(classes) == 2:
            return bool(row["label"] == classes[metric == "sensitivity"])
        return not math.isnan(row["value"])

    def counts(self, model: str, method: str, metric: str) -> tuple[int, int]:
        """Images that the number comes from, and images without a value; all if it has none."""
        rows = self.of(model, method, metric).values()
        if math.isnan(self.value(model, method, metric)):
            return 0, len(rows)
        undefined = [math.isnan(row["value"]) for row in rows]
        if metric == "pxap":
            undefined = [row["detail"] is None for row in rows]
        return sum(self.is_defined(row, metric) for row in rows), sum(undefined)

    def value(
        self, model: str, method: str, metric: str, images: Sequence[str] | None = None
    ) -> float:
        """The number over some images, each as often as it stands there; None: all."""
        rows = self.of(model, method, metric)
        chosen = self.images if images is None else images
        some = [rows[i] for i in chosen if i in rows and self.is_defined(rows[i], metric)]
        if not some:
            return math.nan
        if metric in TRUE_CLASSES:
            return predictions(some, self.classes[model], metric)
        return POOLED.get(metric, average)(some) * (
            100 if metric in ("gt_known_localization", "top1_localization") else 1
        )

    def common(self, a: tuple[str, str], b: tuple[str, str], metric: str) -> set[str]:
        """Images for which both have a value."""
        first, second = (
            {i for i, row in self.of(*one, metric).items() if self.is_defined(row, metric)}
            for one in (a, b)
        )
        return first & second


def average(rows: list[dict[str, Any]]) -> float:
    return math.fsum(row["value"] for row in rows) / len(rows)


def topk(rows: list[dict[str, Any]], k: int = 30) -> float:
    hits = sum(row["detail"]["hits"][k - 1] for row in rows)
    patches = sum(row["detail"]["patches"][k - 1] for row in rows)
    return hits / patches if patches else math.nan


def best_threshold(rows: list[dict[str, Any]], iou: str) -> float:
    right = [0] * 1000
    for row in rows:
        for first, last in row["detail"][iou]:
            for n in range(first, last + 1):
                right[n] += 1
    return 100 * max(right) / len(rows)


def pixels(rows: list[dict[str, Any]]) -> float:
    def counts(name: str) -> list[int]:
        texts = [row["detail"][name] for row in rows]
        some = [np.frombuffer(zlib.decompress(base64.b64decode(t)), "<u4") for t in texts]
        return [int(value) for value in np.sum([one.astype(int) for one in some], axis=0)]

    positive, counted = counts("positive"), counts("counted")
    area, found, taken, before = 0.0, 0, 0, 0.0
    for one, every in zip(reversed(positive), reversed(counted), strict=True):
        found, taken = found + one, taken + every
        recall = found / sum(positive)
        area += (found / taken if taken else 0.0) * (recall - before)
        before = recall
    return 100 * area


POOLED: dict[str, Callable[[list[dict[str, Any]]], float]] = {
    TOP: topk,
    "pxap": pixels,
    "max_box_acc": lambda rows: best_threshold(rows, "0.5"),
    "max_box_acc_v2": lambda rows: sum(best_threshold(rows, iou) for iou in V2.values()) / 3,
    **{name: lambda rows, iou=iou: best_threshold(rows, iou) for name, iou in V2.items()},
}


def predictions(rows: list[dict[str, Any]], classes: list[str], metric: str) -> float:
    truth = np.array([classes.index(row["label"]) for row in rows])
    p = np.array([row["detail"]["probabilities"] for row in rows])
    given, binary = p.argmax(1), len(classes) == 2
    looked_at = [1] if binary else range(len(classes))
    if metric == "accuracy":
        return float(metrics.accuracy_score(truth, given))
    if metric == "kappa":
        if len({*truth, *given}) < 2:
            return math.nan
        return float(metrics.cohen_kappa_score(truth, given, weights="quadratic"))
    if metric == "auc":
        some = [c for c in looked_at if 0 < (truth == c).sum() < len(truth)]
        areas = [metrics.roc_auc_score(truth == c, p[:, c]) for c in some]
        return float(np.mean(areas)) if areas else math.nan
    if metric == "calibration_error":
        sure, error = p.max(1), 0.0
        for n in range(15):
            inside = (sure >= n / 15) & ((sure < (n + 1) / 15) | (n == 14))
            if inside.any():
                error += inside.mean() * abs((given == truth)[inside].mean() - sure[inside].mean())
        return float(error)
    shares = []
    for c in looked_at:
        side = truth == c if metric == "sensitivity" else truth != c
        if side.any():
            right = (given == c) if metric == "sensitivity" else (given != c)
            shares.append(right[side].mean())
    return float(np.mean(shares)) if shares else math.nan


def resamples(table: Table, count: int, seed: int) -> list[list[str]]:
    """The images of each resample: patients drawn anew, with all their images."""
    patients = list(table.patients)
    random = np.random.default_rng(seed)
    drawn = random.integers(0, len(patients), (count, len(patients)))
    return [[i for n in one for i in table.patients[patients[n]]] for one in drawn]


def ends(values: Sequence[float]) -> tuple[float, float]:
    """The middle 95% of the numbers that there are, by sorting them."""
    some = sorted(value for value in values if not math.isnan(value))
    if not some:
        return math.nan, math.nan

    def at(share: float) -> float:
        place = share * (len(some) - 1)
        low = math.floor(place)
        return some[low] + (place - low) * (some[min(low + 1, len(some) - 1)] - some[low])

    return at(0.025), at(0.975)
