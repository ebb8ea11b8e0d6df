"""``softcam evaluate`` as a user's shell runs it: bad rows, stops, several processes."""

import csv
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from softcam_core.imaging.preprocess import InputSpec
from softcam_core.models.build import build_model
from softcam_core.models.checkpoint import save_model
from tests.programs import ROOT

SETTINGS = {"OMP_NUM_THREADS": "1"}
CLASSES = ["healthy", "ill"]
SIZE = (60, 80)
QUICK = ("--device", "cpu", "--resamples", "100", "--no-examples", "--no-baselines")


@pytest.fixture
def model(tmp_path: Path) -> Path:
    torch.manual_seed(0)
    net = build_model("shufflenet_v2_x0_5", CLASSES, input=InputSpec(size=(64, 64)))
    save_model(net, tmp_path / "net.safetensors")
    return tmp_path / "net.safetensors"


def draw(folder: Path, images: int) -> list[str]:
    """Draw images with a mask each; return the rows of their table."""
    rng = np.random.default_rng(0)
    (folder / "images").mkdir(parents=True)
    rows = []
    for n in range(images):
        Image.fromarray(rng.integers(0, 255, SIZE, np.uint8)).save(folder / f"images/{n}.png")
        mask = np.zeros(SIZE, np.uint8)
        mask[10 : 30 + n % 20, 20:50] = 255
        Image.fromarray(mask).save(folder / f"images/{n}_mask.png")
        rows.append(f"images/{n}.png,{CLASSES[n % 2]},p{n // 2},images/{n}_mask.png")
    return rows


def table(folder: Path, rows: list[str]) -> Path:
    path = folder / "labels.csv"
    path.write_text("\n".join(["path,label,patient,mask", *rows]) + "\n")
    return path


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def contents(out: Path) -> list[bytes]:
    return [(out / name).read_bytes() for name in ("results.csv", "per_image.csv")]


def test_bad_rows_are_named_and_the_others_are_computed(softcam, model, tmp_path):
    data = tmp_path / "data"
    draw(data, 8)
    empty = np.zeros(SIZE, np.uint8)
    Image.fromarray(empty).save(data / "images/2_mask.png")
    Image.fromarray(empty[:50]).save(data / "images/3_mask.png")
    (data / "images/4_mask.png").write_text("no mask")
    (data / "images/5.png").unlink()
    rows = [
        "path;label;patient;mask;boxes",
        r"images\0.png;healthy;p0;images\0_mask.png;",
        r"images\1.png;ill;p0;images\1_mask.png;",
        r"images\2.png;healthy;p1;images\2_mask.png;",  # an empty mask
        r"images\3.png;ill;p1;images\3_mask.png;",  # of another size
        r"images\4.png;healthy;p2;images\4_mask.png;",  # no mask at all
        r"images\5.png;ill;p2;;",  # row 7: not there
        r"images\6.png;;p3;;[[1,2,3]]",  # no label, boxes that are none
        r"images\7.png;ill;p3;;[[20,10,50,30]]",
        r"images\7.png;ill;p3;;[[20,10,50,30]]",  # again
    ]
    (data / "labels.csv").write_bytes(("\ufeff" + "\r\n".join(rows)).encode())
    done = softcam(
        *("evaluate", model, "--data", data / "labels.csv", "--out", tmp_path / "out"),
        *("--metrics", "accuracy,activation_precision,pointing_game", *QUICK, "--json"),
        **SETTINGS,
    )
    assert done.code == 1
    assert "Traceback" not in done.err
    said = done.err.splitlines()
    for beginning, what in (
        ("labels.csv, row 5: ", "3_mask.png is 80 x 50 pixels and the image 80 x 60"),
        ("labels.csv, row 6: ", "4_mask.png"),
        ("labels.csv, row 7: ", "5.png"),
        ("labels.csv, row 8: ", "[[1,2,3]]"),
        ("labels.csv: ", "row 8 is without a label"),
        ("labels.csv: ", "row 9 is listed again"),
    ):
        assert any(line.startswith(f"softcam: {beginning}") and what in line for line in said), what
    rows = {row["metric"]: row for row in done.lines if row["method"] in ("-", "evidence")}
    assert rows["accuracy"]["n"] == 6  # all but the missing one and the one without a label
    # Images 0, 1 and 7 count; the mask of image 2 is empty.
    assert (rows["pointing_game"]["n"], rows["pointing_game"]["undefined"]) == (3, 1)
    per_image = read(tmp_path / "out/per_image.csv")
    marked = {row["image"] for row in per_image if row["metric"] == "activation_precision"}
    assert marked == {f"images/{n}.png" for n in (0, 1, 2, 7)}
    assert {row["image"] for row in per_image} == {f"images/{n}.png" for n in (0, 1, 2, 3, 4, 6, 7)}


def test_one_class_only_leaves_undefined_what_needs_two(softcam, model, tmp_path):
    rows = [row.replace("healthy", "ill") for row in draw(tmp_path / "data", 4)]
    done = softcam(
        *("evaluate", model, "--data", table(tmp_path / "data", rows), "--out", tmp_path / "out"),
        *("--metrics", "accuracy,auc,activation_precision", *QUICK, "--json"),
        **SETTINGS,
    )
    assert done.code == 0, done.err
    rows = {row["metric"]: row for row in done.lines}
    assert rows["auc"]["value"] is None
    assert rows["accuracy"]["n"] == rows["activation_precision"]["n"] == 4


def start(*args: object) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "softcam_core.cli", *map(str, args)],
        env={**os.environ, "PYTHONPATH": str(ROOT), **SETTINGS},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A Ctrl+C of a shell is for the program and its children alone.
        start_new_session=True,
        # Whoever runs the tests in the background of a shell has Ctrl+C ignored, and hands that on.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def lines(out: Path) -> int:
    """Lines that all passes of a run have written so far."""
    return sum(path.read_bytes().count(b"\n") for path in (out / "finished").glob("*.jsonl"))


def wait_for_images(process: subprocess.Popen, out: Path, images: int) -> None:
    give_up = time.monotonic() + 120
    while lines(out) < images:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < give_up
        time.sleep(0.005)


def test_a_stopped_run_goes_on_to_the_same_numbers(softcam, model, tmp_path):
    """Stopped by Ctrl+C, then by a kill, then resumed: as if it had never been stopped."""
    path = table(tmp_path / "data", draw(tmp_path / "data", 60))
    command = (
        *("evaluate", model, "--data", path, "--methods", "evidence,gradcam", *QUICK),
        *("--metrics", "accuracy,activation_precision,audc"),
    )
    whole, out = tmp_path / "whole", tmp_path / "out"
    done = softcam(*command, "--out", whole, **SETTINGS)
    assert done.code == 0, done.err

    process = start(*command, "--out", out)
    wait_for_images(process, out, 2)
    process.send_signal(signal.SIGINT)
    said, complained = process.communicate(timeout=60)
    assert process.returncode == 1
    assert said == ""
    (line,) = complained.splitlines()
    assert "--resume" in line

    process = start(*command, "--out", out, "--resume")
    wait_for_images(process, out, 6)
    process.kill()
    process.communicate()
    assert 6 <= lines(out) < 60

    done = softcam(*command, "--out", out, "--resume", **SETTINGS)
    assert done.code == 0, done.err
    assert contents(out) == contents(whole)


def test_another_evaluation_is_never_overwritten_by_mistake(softcam, model, tmp_path):
    rows = draw(tmp_path / "data", 4)
    path, out = table(tmp_path / "data", rows), tmp_path / "out"
    command = ("evaluate", model, "--data", path, "--out", out, *QUICK)
    assert softcam(*command, "--metrics", "accuracy", **SETTINGS).code == 0
    before = contents(out)

    def refused(*more: object) -> str:
        done = softcam(*command, *more, **SETTINGS)
        assert done.code == 1
        assert done.out == ""
        assert contents(out) == before
        (line,) = done.err.splitlines()
        return line

    again = refused("--metrics", "accuracy")
    assert all(word in again for word in ("--resume", "another folder", "--overwrite"))
    assert "other parameters (metrics)" in refused("--metrics", "auc", "--resume")
    table(tmp_path / "data", rows[:3])
    assert "other data" in refused("--metrics", "accuracy", "--resume")

    done = softcam(*command, "--metrics", "accuracy", "--overwrite", **SETTINGS)
    assert done.code == 0, done.err
    assert [row["n"] for row in read(out / "results.csv")] == ["3"]


def test_two_processes_give_the_numbers_of_one(softcam, model, tmp_path):
    path = table(tmp_path / "data", draw(tmp_path / "data", 7))
    command = (
        *("evaluate", model, "--data", path, "--methods", "evidence,gradcam", *QUICK),
        *("--metrics", "accuracy,auc,activation_precision,max_box_acc,audc,pxap", "--json"),
    )
    one = softcam(*command, "--out", tmp_path / "one", **SETTINGS)
    assert one.code == 0, one.err
    launched = subprocess.run(
        [
            *(sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2"),
            *("--no-python", sys.executable, "-m", "softcam_core.cli"),
            *map(str, (*command, "--out", tmp_path / "two")),
        ],
        env={**os.environ, "PYTHONPATH": str(ROOT), **SETTINGS},
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert launched.returncode == 0, launched.stderr
    assert sorted(p.name for p in (tmp_path / "two/finished").iterdir()) == ["0.jsonl", "1.jsonl"]
    assert contents(tmp_path / "two") == contents(tmp_path / "one")
    assert launched.stdout == one.out
