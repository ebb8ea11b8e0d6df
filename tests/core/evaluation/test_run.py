"""Measuring image by image: against the plain functions, stopped, gone on with, and broken."""

from __future__ import annotations

import csv
import dataclasses
import itertools
import json
import math
from pathlib import Path

import numpy as np
import pytest
import torch

import softcam_core
from softcam_core import metrics
from softcam_core.errors import CancelledError, EvaluationError
from softcam_core.evaluation import view as view_module
from softcam_core.evaluation.gathered import gather
from softcam_core.evaluation.plan import Options, Plan
from softcam_core.evaluation.records import PER_IMAGE, read_records, write_per_image
from softcam_core.evaluation.run import Progress, evaluate
from softcam_core.imaging.preprocess import model_input
from softcam_core.imaging.read import read_image
from tests.core.evaluation.tiny import SIDE, tiny_model, write_images, write_table

METHODS = ("evidence", "gradcam", "layercam", "scorecam", "integrated_gradients")
OPTIONS = Options(k=5, deletion_images="all", resamples=100)


@pytest.fixture
def models(tmp_path: Path) -> tuple[Path, ...]:
    return (
        tiny_model(tmp_path / "dense.safetensors"),
        tiny_model(tmp_path / "box.safetensors", "blackbox", 1),
    )


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return write_table(tmp_path / "labels.csv", write_images(tmp_path / "images"))


@pytest.fixture
def plan(models: tuple[Path, ...], table: Path, tmp_path: Path) -> Plan:
    return Plan(models, table, tmp_path / "out", METHODS[:2], options=OPTIONS, device="cpu")


def rows(folder: Path) -> list[dict[str, str]]:
    with write_per_image(folder).open(newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_rows_are_those_of_the_plain_functions(plan: Plan, table: Path) -> None:
    plan = dataclasses.replace(plan, methods=METHODS, metrics=("audc", *ALL))
    evaluate(plan)
    found = {
        (r["model"], r["image"], r["method"], r["metric"]): float(r["value"] or "nan")
        for r in rows(plan.out)
    }
    image, mask = table.parent / "images/1.png", table.parent / "images/1_mask.png"
    truth = read_image(mask).pixels > 0
    for path in plan.models:
        model = softcam_core.load_model(path)
        stored = read_image(image)
        pixels, _ = model_input(stored, model.spec.input)
        x = torch.from_numpy(pixels)[None]

        def predict(batch: torch.Tensor, model: torch.nn.Module = model) -> torch.Tensor:
            with torch.no_grad():
                return torch.softmax(model(batch).logits.double(), 1)

        p = predict(x)[0]
        predicted = int(p.argmax())
        seen = torch.from_numpy(truth)[None]
        large = torch.from_numpy(_onto_input(truth))[None]
        key = (path.stem, "images/1.png")
        assert found[(*key, "-", "prediction")] == float(predicted == 1)
        for method in METHODS:
            if method == "evidence" and path.stem == "box":
                assert (*key, method, "activation_precision") not in found
                continue
            maps = softcam_core.attribute(model, x, method).double()
            own, shown = maps[:, 1], maps[:, predicted]
            expected = {
                "activation_precision": metrics.activation_precision(own, seen)[0],
                "activation_sensitivity": metrics.activation_sensitivity(own, seen)[0],
                "topk_localization_precision": metrics.topk_localization_precision(own, large, k=5)[
                    -1
                ],
                "pointing_game": metrics.pointing_game(own, large, tolerance=15)[0],
                "mean_iou": metrics.mean_iou(own, large)[0],
                "audc": metrics.area_under_deletion_curve(
                    metrics.deletion_curve(predict, x, shown, [predicted], k=5)
                )[0],
            }
            masked = predict(metrics.masked_input(x, shown))[0, predicted]
            expected["average_drop"] = metrics.average_drop([p[predicted]], [masked])
            expected["increase_in_confidence"] = metrics.increase_in_confidence(
                [p[predicted]], [masked]
            )
            for metric, value in expected.items():
                got = found[(*key, method, metric)]
                assert got == pytest.approx(float(value), abs=1e-4, nan_ok=True), (method, metric)


ALL = (
    *("activation_precision", "activation_sensitivity", "topk_localization_precision"),
    *("pointing_game", "mean_iou", "average_drop", "increase_in_confidence"),
)


def _onto_input(mask: np.ndarray) -> np.ndarray:
    """The nearest pixel of the mask for each of a larger input, by a loop."""
    height, width = mask.shape
    out = np.zeros((SIDE, SIDE), bool)
    for r in range(SIDE):
        for c in range(SIDE):
            out[r, c] = mask[int((r + 0.5) * height / SIDE), int((c + 0.5) * width / SIDE)]
    return out


def test_one_pass_of_the_backbone_serves_the_prediction_and_the_feature_maps(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    from softcam_core.models.softcam import SoftCAM

    passes: list[int] = []
    features = SoftCAM.features

    def counted(self: SoftCAM, x: torch.Tensor) -> torch.Tensor:
        passes.append(len(x))
        return features(self, x)

    monkeypatch.setattr(SoftCAM, "features", counted)
    methods = ("evidence", "cam", "gradcam", "gradcam++", "xgradcam", "layercam")
    evaluate(
        dataclasses.replace(
            plan,
            models=plan.models[:1],
            methods=methods,
            metrics=("activation_precision",),
            options=dataclasses.replace(OPTIONS, baselines=False),
        )
    )
    assert passes == [1] * 5


def test_a_stopped_run_goes_on_exactly(plan: Plan, tmp_path: Path) -> None:
    asked, calls = itertools.count(), itertools.count()
    evaluate(plan, cancelled=lambda: next(asked) < 0)
    whole = write_per_image(plan.out).read_bytes()
    other = dataclasses.replace(plan, out=tmp_path / "stopped")
    half = next(asked) // 2
    with pytest.raises(CancelledError):
        evaluate(other, cancelled=lambda: next(calls) > half)
    kept = [record.index for record in read_records(other.out)]
    assert 0 < len(kept) < 5
    part = other.out / "finished/0.jsonl"
    before = part.read_bytes()
    head, *tail = before.splitlines(keepends=True)
    torn = head + b"\0" * 90 + b"\n" + b"".join(tail) + b'{"index": 4, "ca'
    part.write_bytes(torn)  # as a killed process, and a crash of the machine, leave it
    seen: list[Progress] = []
    evaluate(dataclasses.replace(other, resume=True), progress=seen.append)
    assert part.read_bytes() == torn
    assert (seen[0].done, seen[0].total, seen[-1].done) == (len(kept), 5, 5)
    assert write_per_image(other.out).read_bytes() == whole


def test_another_evaluation_is_neither_gone_on_with_nor_overwritten(plan: Plan) -> None:
    evaluate(plan)
    before = (plan.out / "finished/0.jsonl").read_bytes()
    with pytest.raises(EvaluationError, match="--resume"):
        evaluate(plan)
    changed = dataclasses.replace(plan, resume=True, options=dataclasses.replace(OPTIONS, k=6))
    with pytest.raises(EvaluationError, match=r"other parameters \(k\)"):
        evaluate(changed)
    with pytest.raises(EvaluationError, match="other models"):
        evaluate(dataclasses.replace(plan, resume=True, models=plan.models[:1]))
    plan.data.write_text(plan.data.read_text().replace("pneumonia", "normal", 1))
    with pytest.raises(EvaluationError, match="other data"):
        evaluate(dataclasses.replace(plan, resume=True))
    assert (plan.out / "finished/0.jsonl").read_bytes() == before
    stranger = plan.out / "notes.txt"
    stranger.write_text("mine")
    evaluate(dataclasses.replace(plan, overwrite=True))
    assert stranger.read_text() == "mine"
    assert (plan.out / "finished/0.jsonl").read_bytes() != before


def test_a_broken_image_is_named_and_tried_again(plan: Plan, table: Path) -> None:
    image = table.parent / "images/3.png"
    good = image.read_bytes()
    image.write_bytes(b"no picture")
    found = evaluate(plan)
    assert found.images == 5
    assert len(found.failed) == 1
    assert "labels.csv, row 5" in found.failed[0]
    assert {r["image"] for r in rows(plan.out)} == {f"images/{n}.png" for n in (0, 1, 2, 4)}
    image.write_bytes(good)
    again = evaluate(dataclasses.replace(plan, resume=True))
    assert again.failed == ()
    assert len({r["image"] for r in rows(plan.out)}) == 5


def test_only_images_that_every_model_gets_right_are_occluded(plan: Plan) -> None:
    options = dataclasses.replace(OPTIONS, deletion_images="correct")
    evaluate(dataclasses.replace(plan, metrics=("accuracy", "audc"), options=options))
    right: dict[str, list[float]] = {}
    occluded = set()
    for row in rows(plan.out):
        if row["metric"] == "prediction":
            right.setdefault(row["image"], []).append(float(row["value"]))
        if row["metric"] == "audc":
            occluded.add(row["image"])
    assert occluded == {image for image, hits in right.items() if all(hits)}
    assert len(right) == 5


def test_a_map_with_nan_is_undefined_and_stops_nothing(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    attribution = view_module.attribution

    def spoilt(model, x, method, *args, **kwargs):
        made = attribution(model, x, method, *args, **kwargs)
        if method == "gradcam":
            made.maps[..., 0, 0] = math.nan
        return made

    monkeypatch.setattr(view_module, "attribution", spoilt)
    found = evaluate(dataclasses.replace(plan, models=plan.models[:1]))
    assert found.failed == ()
    table = rows(plan.out)
    spoilt_rows = [r for r in table if r["method"] == "gradcam"]
    assert {r["value"] for r in spoilt_rows} == {""}
    assert {r["note"] for r in spoilt_rows} == {"The map holds NaN or infinity."}
    kept = [r for r in table if r["method"] == "evidence" and r["metric"] != "mean_iou"]
    assert any(r["value"] for r in kept)
    json.loads((plan.out / "run.json").read_text())


def test_a_permutation_of_the_images_changes_no_row(
    plan: Plan, table: Path, tmp_path: Path
) -> None:
    evaluate(plan)
    head, *lines = table.read_text().splitlines()
    table.with_name("turned.csv").write_text("\n".join([head, *reversed(lines)]) + "\n")
    other = dataclasses.replace(plan, data=table.with_name("turned.csv"), out=tmp_path / "turned")
    evaluate(other)
    own = ("run", "case", "patient")

    def told(folder: Path) -> list[tuple[tuple[str, str], ...]]:
        return sorted(tuple((k, v) for k, v in r.items() if k not in own) for r in rows(folder))

    assert told(plan.out) == told(other.out)


def test_a_model_for_another_kind_of_image_is_left_out(plan: Plan, tmp_path: Path) -> None:
    table = plan.data
    head, *lines = table.read_text().splitlines()
    text = "\n".join([f"{head},modality", *(f"{line},fundus" for line in lines)])
    table.write_text(text + "\n")
    cxr = tiny_model(tmp_path / "cxr.safetensors", modality="cxr")
    found = evaluate(dataclasses.replace(plan, models=(cxr, plan.models[1]), methods=("gradcam",)))
    assert {r["model"] for r in rows(plan.out)} == {"box"}
    assert any("cxr is for cxr images" in note for note in found.notes)


def test_each_row_names_the_image_the_model_and_the_run(plan: Plan) -> None:
    import hashlib

    from softcam_core.models.header import model_id

    evaluate(plan)
    run = json.loads((plan.out / "run.json").read_text())
    assert {"softcam", "torch", "numpy", "python"} <= set(run["versions"])
    for row in rows(plan.out):
        assert row["run"] == run["fingerprint"]
        image = plan.data.parent / row["image"]
        assert row["image_id"] == hashlib.sha256(image.read_bytes()).hexdigest()
        assert row["model_id"] == model_id(plan.data.parent / f"{row['model']}.safetensors")
    assert str(plan.data.parent) not in (plan.out / PER_IMAGE).read_text()
    assert str(plan.data.parent) not in (plan.out / "run.json").read_text()


def test_files_of_other_origin_are_left_alone(plan: Plan) -> None:
    (plan.out / "figures").mkdir(parents=True)
    mine = plan.out / "figures/fig1.svg"
    mine.write_text("mine")
    for overwrite in (False, True):
        with pytest.raises(EvaluationError, match="figures of no evaluation"):
            evaluate(dataclasses.replace(plan, overwrite=overwrite))
    assert mine.read_text() == "mine"


def test_two_programs_do_not_write_one_folder(plan: Plan) -> None:
    import subprocess
    import sys

    from softcam_core.evaluation.folder import held

    code = (
        "import sys; from pathlib import Path\n"
        "from softcam_core.evaluation.folder import held\n"
        "with held(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    root = Path(__file__).resolve().parents[3]
    with subprocess.Popen(
        [sys.executable, "-c", code, str(plan.out)],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(EvaluationError, match="Another program is writing"):
            evaluate(plan)
        other.kill()
    with held(plan.out):
        pass
    evaluate(plan)
    with held(plan.out):  # a process may hold it again
        assert not list(plan.out.glob("*.part"))


def test_an_image_that_was_replaced_is_measured_again(plan: Plan, table: Path) -> None:
    evaluate(plan)
    before = {r["image"]: r["image_id"] for r in rows(plan.out)}
    image = table.parent / "images/2.png"
    image.write_bytes((table.parent / "images/3.png").read_bytes())
    (table.parent / "images/4.png").unlink()  # whose numbers stay
    evaluate(dataclasses.replace(plan, resume=True))
    after = {r["image"]: r["image_id"] for r in rows(plan.out)}
    assert after == before | {"images/2.png": before["images/3.png"]}


@pytest.mark.parametrize("content", ["null", "[1]", "{}", "no json"])
def test_a_damaged_description_is_said(plan: Plan, content: str) -> None:
    plan.out.mkdir()
    (plan.out / "run.json").write_text(content)
    with pytest.raises(EvaluationError, match="no evaluation that can be read"):
        evaluate(dataclasses.replace(plan, resume=True))


def test_a_full_disk_is_one_sentence_and_the_run_goes_on(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno
    import os

    from softcam_core.evaluation import records

    calls = iter(range(100))

    def full(handle: int) -> None:
        if next(calls) == 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(records.os, "fsync", full)
    with pytest.raises(EvaluationError, match=r"No space left.*--resume"):
        evaluate(plan)
    assert evaluate(dataclasses.replace(plan, resume=True)).images == 5


@pytest.mark.parametrize(
    "wrong", [{"seed": -1}, {"seed": 2**32}, {"tolerance": math.nan}, {"tolerance": -1.0}]
)
def test_parameters_that_mean_nothing_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(EvaluationError):
        dataclasses.replace(Options(), **wrong)


def test_a_class_that_one_model_lacks_is_said(plan: Plan, tmp_path: Path) -> None:
    torch.manual_seed(2)
    other = softcam_core.build_model("shufflenet_v2_x0_5", classes=["a", "mild", "c"])
    softcam_core.save_model(other.eval(), tmp_path / "three.safetensors")
    found = evaluate(
        dataclasses.replace(
            plan,
            models=(plan.models[0], tmp_path / "three.safetensors"),
            options=dataclasses.replace(OPTIONS, explained="mild", baselines=False),
            metrics=("accuracy",),
        )
    )
    assert "dense has no class 'mild': its predicted class is explained." in found.notes


def test_labels_that_name_a_class_differently_are_judged(plan: Plan, table: Path) -> None:
    labels = ["Normal", "Lung Opacity", "Other", "opacity", ""]
    write_table(table, write_images(table.parent / "images"), labels)
    plan = dataclasses.replace(plan, models=plan.models[:1], metrics=("accuracy",))
    found = evaluate(plan)
    told = {row["image"]: row for row in rows(plan.out) if row["metric"] == "prediction"}
    right = [0, 1, None, 1, None]
    for number, index in enumerate(right):
        row = next(row for name, row in told.items() if name.endswith(f"{number}.png"))
        said = ("normal", "pneumonia").index(row["predicted"])
        assert row["value"] == ("" if index is None else str(float(said == index)))
    with gather(plan.out) as gathered:
        truth = gathered.predictions["dense"].truth
        assert sorted(truth.tolist()) == [-1, -1, 0, 1, 1]
    (other,) = [note for note in found.notes if "by other names" in note]
    assert "Lung Opacity = pneumonia, opacity = pneumonia" in other
    assert any("are no class of dense: Other;" in note for note in found.notes)
    assert any("dense has the classes normal, pneumonia" in note for note in found.notes)
