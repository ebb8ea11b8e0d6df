"""Rows as text and as files say what was measured."""

import csv
import dataclasses
import getpass
import io
import json
import platform
from pathlib import Path
from xml.etree import ElementTree

import pytest
import torch

from softcam_core.bench.machine import machine_facts
from softcam_core.bench.plot import draw_bars, times
from softcam_core.bench.report import as_csv, cells, files, small_print
from softcam_core.bench.rows import Row

ROW = Row(
    name="gradcam <net> 64 px",
    method="gradcam",
    arch="resnet18",
    size=64,
    classes=5,
    ours_s=0.5,
    peer="torchcam",
    peer_s=2.6,
    ratio=5.2,
    ours_mb=12.5,
    peer_mb=None,
    difference=2e-7,
    equal=True,
    comparison="largest difference",
    engine="torch",
    precision="32",
    device="cpu",
    threads=1,
    clock="wall",
    repeats=5,
)
PLAIN = dataclasses.replace(
    ROW, peer="forward", peer_s=0.4, ratio=0.8, equal=None, difference=None, comparison=""
)


def texts(svg: str) -> list[str]:
    return ["".join(node.itertext()) for node in ElementTree.fromstring(svg).iter() if node.text]


def test_a_bar_per_library_with_its_ratio_and_none_for_the_forward_pass() -> None:
    svg = draw_bars([PLAIN, ROW, dataclasses.replace(ROW, peer="captum", ratio=0.5)], {})
    said = texts(svg)
    assert "gradcam <net> 64 px" in said
    assert said.count("5.2×") == said.count("0.50×") == 1
    assert "0.80×" not in said
    assert "captum" in said


def bar_widths(svg: str) -> list[float]:
    rects = ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}rect")
    return [float(rect.get("width", 0)) for rect in rects if rect.get("height") == "16"]


def test_bars_are_as_long_as_the_logarithm_of_their_ratio() -> None:
    rows = [dataclasses.replace(ROW, ratio=ratio, name=f"n{ratio}") for ratio in (3.0, 9.0, 81.0)]
    one, two, four = bar_widths(draw_bars(rows, {}))
    assert two / one == pytest.approx(2, abs=0.01)
    assert four / one == pytest.approx(4, abs=0.01)


def test_an_empty_run_is_a_picture_too() -> None:
    assert any("No library" in text for text in texts(draw_bars([PLAIN], {})))


@pytest.mark.parametrize(
    ("ratio", "text"), [(0.5, "0.50×"), (1.31, "1.31×"), (5.234, "5.2×"), (120.4, "120×")]
)
def test_ratios_have_a_sensible_number_of_digits(ratio: float, text: str) -> None:
    assert times(ratio) == text


def test_files_hold_every_row_and_the_machine(tmp_path: Path) -> None:
    written = files([ROW, PLAIN], {"processor": "a CPU"}, tmp_path)
    assert {path.name for path in written} == {"bench.json", "bench.csv", "bench.svg"}
    whole = json.loads(written[tmp_path / "bench.json"])
    assert whole["machine"] == {"processor": "a CPU"}
    assert whole["rows"] == [dataclasses.asdict(ROW), dataclasses.asdict(PLAIN)]
    lines = list(csv.DictReader(io.StringIO(as_csv([ROW]))))
    assert lines[0]["ratio"] == "5.2"
    assert lines[0]["peer_mb"] == ""


def test_the_table_says_equal_different_or_neither() -> None:
    assert cells(ROW)[-1] == "equal (2e-07)"
    assert cells(dataclasses.replace(ROW, equal=False, difference=0.3))[-1] == "DIFFERENT (3e-01)"
    other = dataclasses.replace(ROW, equal=None, difference=None)
    assert cells(other)[-1] == "not an oracle"
    assert cells(PLAIN)[2:5] == ("its forward pass", "400.0 ms", "costs 1.25")
    assert "5 classes" in small_print([ROW], {})[0]


def test_machine_facts_name_no_machine_and_no_user() -> None:
    facts = machine_facts(torch.device("cpu"))
    assert facts["torch"]
    assert facts["cores"] >= 1
    values = {str(value).lower() for value in facts.values()}
    assert platform.node().lower() not in values
    assert getpass.getuser().lower() not in values
