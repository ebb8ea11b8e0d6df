"""A finished run made of drawn numbers, for tests of what is built on its records."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np

from softcam_core.evaluation.metric_ids import CENTRE_PRIOR, RANDOM, RANDOMIZED
from softcam_core.evaluation.packing import pack, runs_of
from softcam_core.evaluation.plan import Options
from softcam_core.evaluation.records import (
    NO_METHOD,
    PREDICTION,
    ImageRecord,
    ModelRecord,
    Recorder,
    Row,
    write_run,
)

MODELS = ("resnet-blackbox", "resnet-dense", "resnet-sparse")
POST_HOC = ("gradcam", "layercam", "scorecam")
K = 30


def methods_of(model: str) -> tuple[str, ...]:
    own = POST_HOC if model.endswith("blackbox") else ("evidence", *POST_HOC)
    return (*own, RANDOM, CENTRE_PRIOR, RANDOMIZED)


def write_sample(
    folder: Path,
    images: int = 40,
    seed: int = 0,
    classes: tuple[str, ...] = ("normal", "pneumonia"),
    models: tuple[str, ...] = MODELS,
) -> dict[str, Any]:
    """Write a run of ``images`` images, some without marks and some undefined; return run.json."""
    rng = np.random.default_rng(seed)
    description = {
        "version": 1,
        "fingerprint": "0123456789ab",
        "versions": {"softcam": "0.1.0", "python": "3.11", "torch": "2.13.0", "numpy": "2.3"},
        "device": "cpu",
        "models": [
            {
                "name": name,
                "file": f"{name}.safetensors",
                "id": f"{n:064x}",
                "title": name.replace("-", " ").capitalize(),
                "arch": "resnet50",
                "head": "blackbox" if name.endswith("blackbox") else "softcam",
                "classes": list(classes),
                "size": [512, 512],
                "grid": [16, 16],
                "parameters": 23_512_130 + n,
                "l1": 1e-4 if name.endswith("sparse") else 0.0,
                "l2": 0.0,
                "training_hours": None if n == 0 else 1.5 * n,
                "methods": list(methods_of(name)),
                "skipped": {"evidence": "A black box has no evidence."} if n == 0 else {},
                "identical": [],
            }
            for n, name in enumerate(models)
        ],
        "notes": [],
        "data": {"name": "labels.csv", "digest": "f" * 64, "images": images, "notes": []},
        "parameters": {
            "methods": ["evidence", *POST_HOC],
            "metrics": [],
            "reader": None,
            "split": "auto",
            **vars(Options()),
        },
    }
    write_run(folder, description)
    recorder = Recorder(folder)
    for index in range(images):
        label = classes[int(rng.integers(len(classes)))]
        marked = label != classes[0]
        error = "The image cannot be read." if index == 7 else ""
        found = () if error else _models(rng, classes, label, marked, index, models)
        recorder.add(
            ImageRecord(
                index=index,
                case=str(index + 2),
                image=f"images/{index:03}.png",
                image_id=f"{index:064x}",
                patient=index // 2,
                label=label,
                models=found,
                error=error,
            )
        )
    recorder.close()
    return description


def _models(
    rng: np.random.Generator,
    classes: tuple[str, ...],
    label: str,
    marked: bool,
    index: int,
    models: tuple[str, ...],
) -> tuple[ModelRecord, ...]:
    found = []
    for name in models:
        logits = rng.normal(size=len(classes))
        logits[classes.index(label)] += 1.5
        p = np.exp(logits) / np.exp(logits).sum()
        predicted = classes[int(p.argmax())]
        rows = [
            Row(
                *(NO_METHOD, "", PREDICTION, float(predicted == label), ""),
                {"probabilities": p.tolist()},
            )
        ]
        for method in methods_of(name):
            rows += _rows(rng, method, label, marked, index, predicted == label, classes)
        seconds = {method: float(rng.uniform(0.01, 0.1)) for method in methods_of(name)}
        found.append(ModelRecord(name, predicted, tuple(rows), seconds))
    return tuple(found)


def _rows(
    rng: np.random.Generator,
    method: str,
    label: str,
    marked: bool,
    index: int,
    right: bool,
    classes: tuple[str, ...],
) -> list[Row]:
    rows: list[Row] = []

    def add(metric: str, value: float, note: str = "", detail: Any = None) -> None:
        rows.append(Row(method, label, metric, value, note, detail))

    side = "positive" if marked else "negative"
    add(f"activation_consistency_{side}", float(rng.uniform()))
    if marked and index % 11 == 5:
        for metric in ("activation_precision", "activation_sensitivity"):
            add(metric, math.nan, "The mask is empty.")
    elif marked:
        add("activation_precision", float(rng.uniform()))
        add("activation_sensitivity", float(rng.uniform()))
        positive = int(rng.integers(10, 60))
        hits = np.minimum(np.cumsum(rng.uniform(size=K) < 0.5), positive)
        patches = np.minimum(np.arange(1, K + 1), positive)
        hits = np.minimum(hits, patches)
        add(
            *("topk_localization_precision", float(hits[-1] / patches[-1]), ""),
            {"hits": hits.tolist(), "patches": patches.tolist()},
        )
        add("pointing_game", float(rng.uniform() < 0.6))
        add("mean_iou", float(rng.uniform()))
        iou = {t: _right(rng, 1 - t) for t in (0.3, 0.5, 0.7)}
        largest = _right(rng, 0.5)
        add("max_box_acc", float(rng.uniform()), "", {"0.5": runs_of(largest)})
        add(
            *("max_box_acc_v2", float(rng.uniform()), ""),
            {str(t): runs_of(v) for t, v in iou.items()},
        )
        hit = float(rng.uniform() < 0.5)
        add("gt_known_localization", hit)
        add("top1_localization", hit * right)
        positive_pixels = rng.integers(0, 20, 1000)
        counted = positive_pixels + rng.integers(0, 60, 1000)
        add(
            *("pxap", float(rng.uniform()), ""),
            {"positive": pack(positive_pixels), "counted": pack(counted)},
        )
    if right:
        curve = np.concatenate([[1.0], np.sort(rng.uniform(0.3, 1.05, K))[::-1]])
        for metric in ("audc", "auic"):
            x = np.linspace(0, 1, K + 1)
            value = float(np.sum((curve[1:] + curve[:-1]) / 2 * np.diff(x)))
            add(metric, value, "", {"curve": curve.tolist(), "used": K, "p": 0.9})
    p, masked = rng.uniform(0.4, 1, 2).tolist()
    detail = {"p": p, "p_masked": masked}
    add("average_drop", 100 * max(0.0, p - masked) / p, "", detail)
    add("increase_in_confidence", 100.0 * (masked > p), "", detail)
    return rows


def _right(rng: np.random.Generator, share: float) -> np.ndarray:
    """Thresholds at which an image is right: none, or two ranges of grey levels."""
    levels = np.arange(1000) * 255 // 1000
    first, second = np.sort(rng.uniform(0, 255, 2))
    width = 100 * share * (rng.uniform() < 0.8)
    return (abs(levels - first) < width / 2) | (abs(levels - second) < width / 4)
