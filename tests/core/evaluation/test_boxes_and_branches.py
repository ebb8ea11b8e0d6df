"""Boxes, dual-branch models and regions that are not the whole image, through a whole run."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
import torch
from PIL import Image

import softcam_core
from softcam_core import metrics
from softcam_core.evaluation.plan import Options, Plan
from softcam_core.evaluation.records import write_per_image
from softcam_core.evaluation.run import evaluate
from softcam_core.imaging.preprocess import InputSpec, model_input
from softcam_core.imaging.read import read_image
from tests.core.evaluation.tiny import CLASSES, SIDE, tiny_model, write_images

BOX = [10.0, 5.0, 52.0, 47.0]


def rows(folder: Path) -> dict[tuple[str, str], dict[str, str]]:
    with write_per_image(folder).open(newline="") as stream:
        return {(r["method"], r["metric"]): r for r in csv.DictReader(stream)}


def boxed_table(folder: Path, boxes: list[list[float]]) -> Path:
    image = write_images(folder / "images", 1)[0]
    table = folder / "labels.csv"
    with table.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["path", "label", "boxes"])
        writer.writerow([image, CLASSES[1], json.dumps(boxes)])
    return table


OPTIONS = Options(k=3, deletion_images="all", resamples=100)


def test_boxes_are_those_of_the_benchmark(tmp_path: Path) -> None:
    model = tiny_model(tmp_path / "dense.safetensors")
    table = boxed_table(tmp_path, [BOX, [60, 30, 78, 58]])
    wanted = ("pxap", "max_box_acc", "max_box_acc_v2", "gt_known_localization", "top1_localization")
    evaluate(Plan((model,), table, tmp_path / "out", (), wanted, device="cpu", options=OPTIONS))
    found = rows(tmp_path / "out")
    network = softcam_core.load_model(model)
    pixels, _ = model_input(read_image(tmp_path / "images/0.png"), network.spec.input)
    x = torch.from_numpy(pixels)[None]
    evidence = softcam_core.attribute(network, x, "evidence").double()[0, 1]
    scores = metrics.to_wsol_map(evidence)[None]
    scale = np.array([224 / 80, 224 / 60] * 2)
    boxes = [torch.tensor(np.array([BOX, [60, 30, 78, 58]]) * scale).to(torch.int64)]
    for metric, value in (
        ("max_box_acc", metrics.max_box_acc(scores, boxes)),
        ("gt_known_localization", 100 * metrics.gt_known_localization(scores, boxes).double()[0]),
    ):
        row = found["evidence", metric]
        if metric == "max_box_acc":
            right = any(json.loads(row["detail"])["0.5"])
            assert 100 * right == float(value)
        else:
            assert 100 * float(row["value"]) == float(value)
    predicted = int(network(x).logits.argmax())
    expected = float(found["evidence", "gt_known_localization"]["value"]) * (predicted == 1)
    assert float(found["evidence", "top1_localization"]["value"]) == expected
    parts = json.loads(found["evidence", "max_box_acc_v2"]["detail"])
    v2 = metrics.max_box_acc_v2(scores, boxes)
    assert [100.0 * bool(parts[t]) for t in ("0.3", "0.5", "0.7")] == v2.tolist()


@pytest.mark.parametrize("geometry", ["crop", "pad"])
def test_marks_outside_what_the_model_sees_do_not_count(
    tmp_path: Path, geometry: Literal["crop", "pad"]
) -> None:
    torch.manual_seed(0)
    model = softcam_core.build_model(
        "shufflenet_v2_x0_5",
        classes=list(CLASSES),
        input=InputSpec(size=(SIDE, SIDE), geometry=geometry),
    ).eval()
    softcam_core.save_model(model, tmp_path / "m.safetensors")
    (tmp_path / "images").mkdir()
    pixels = np.random.default_rng(0).integers(0, 255, (60, 80), np.uint8)
    Image.fromarray(pixels).save(tmp_path / "images/0.png")
    mask = np.zeros((60, 80), np.uint8)
    mask[20:40, 0:30] = 255  # the crop begins at column 10
    Image.fromarray(mask).save(tmp_path / "mask.png")
    (tmp_path / "t.csv").write_text("path,label,mask\nimages/0.png,pneumonia,mask.png\n")
    wanted = ("activation_precision", "topk_localization_precision")
    plan = Plan(
        *((tmp_path / "m.safetensors",), tmp_path / "t.csv", tmp_path / "out", (), wanted),
        device="cpu",
        options=OPTIONS,
    )
    evaluate(plan)
    x, region = model_input(read_image(tmp_path / "images/0.png"), model.spec.input)
    maps = softcam_core.attribute(model, torch.from_numpy(x)[None], "evidence")[:, 1].double()
    if geometry == "crop":
        seen = mask[:, 10:70] > 0
        assert (region.x0, region.x1) == (10, 70)
    else:
        seen = np.zeros((80, 80), bool)
        seen[10:70] = mask > 0
        assert (region.y0, region.y1) == (-10, 70)
    expected = metrics.activation_precision(maps, seen[None])
    found = rows(tmp_path / "out")
    value = found["evidence", "activation_precision"]["value"]
    assert float(value or "nan") == pytest.approx(float(expected), abs=1e-6, nan_ok=True)


def test_a_dual_branch_model_reports_both_confidences(tmp_path: Path) -> None:
    model = tiny_model(tmp_path / "dual.safetensors", "dual-branch", arch="resnet18")
    table = boxed_table(tmp_path, [BOX])
    wanted = ("average_drop", "increase_in_confidence")
    plan = Plan(
        (model,), table, tmp_path / "out", ("gradcam",), wanted, device="cpu", options=OPTIONS
    )
    evaluate(plan)
    found = rows(tmp_path / "out")
    network = softcam_core.load_model(model)
    pixels, _ = model_input(read_image(tmp_path / "images/0.png"), network.spec.input)
    x = torch.from_numpy(pixels)[None]
    with torch.no_grad():
        predicted = int(network(x).logits.argmax())
        maps = softcam_core.attribute(network, x, "gradcam")[:, predicted]
        through = metrics.masked_input(x, maps)
        pairs = {
            "average_drop": [torch.softmax(network(v).logits, 1) for v in (x, through)],
            "average_drop_branch": [
                torch.softmax(network(v).sigmoid_logits, 1) for v in (x, through)
            ],
        }
    for metric, (before, after) in pairs.items():
        expected = metrics.average_drop(before[:, predicted], after[:, predicted])
        row = found["gradcam", metric]
        assert float(row["value"]) == pytest.approx(float(expected), abs=1e-3)
    assert ("gradcam", "increase_in_confidence_branch") in found
