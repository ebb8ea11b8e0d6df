"""A sweep's folder as others read it."""

import json
import math
import subprocess
import sys

import pytest

from softcam_core.errors import ConfigError
from softcam_core.training.sweep.records import (
    STATE,
    TABLE,
    VERSION,
    RunResult,
    load_sweep,
    panels_of,
    read_table,
    table_text,
)
from tests.programs import ROOT


def result(penalty: str, value: float, seed: int = 0, **more) -> RunResult:
    fields = {
        "arch": "resnet18", "penalty": penalty, "value": value, "seed": seed, "accuracy": 0.9,
        "auc": 0.95, "kappa": math.nan, "loss": 0.2, "mean_abs_evidence": 0.5, "epoch": 2,
        "epochs": 3, "rung": 1, "done": True, "failed": "", "run": f"{penalty}-{value}-{seed}",
    }  # fmt: skip
    return RunResult(**{**fields, **more})


RESULTS = [
    result("dense", 0.0),
    result("dense", 0.0, 1),
    result("l1", 1e-4),
    result("l1", 1e-4, 1, accuracy=0.8),
    result("l1", 1e-5, failed='It "broke", alas.', done=False, accuracy=math.nan, epoch=0),
    result("l1", 1e-5, 1, done=False, epochs=1),
]


def write(folder, results=RESULTS, **state):
    known = {"version": VERSION, "second": "auc", "tolerance": 0.01, "rule": "Rule.", "epochs": 3}
    (folder / STATE).write_text(json.dumps({**known, **state}))
    (folder / TABLE).write_text(table_text(results))


def same(one: RunResult, other: RunResult) -> bool:
    return repr(one) == repr(other)


def test_the_table_comes_back(tmp_path):
    write(tmp_path)
    assert all(map(same, read_table(tmp_path / TABLE), RESULTS))
    assert len(read_table(tmp_path / TABLE)) == len(RESULTS)


def test_lines_become_points_in_the_order_of_lambda(tmp_path):
    write(tmp_path)
    record = load_sweep(tmp_path)
    (panel,) = record.panels
    assert [point.value for point in panel.points] == [1e-5, 1e-4]
    assert panel.points[1].mean("accuracy") == pytest.approx(0.85)
    assert panel.points[1].seeds("accuracy") == [0.9, 0.8]
    assert panel.points[0].failed == 'It "broke", alas.'
    assert math.isnan(panel.points[0].mean("auc"))
    assert (panel.points[0].done, panel.points[0].epochs) == (False, 1)
    assert panel.reference.done
    assert (record.finished, panel.chosen, record.tolerance) == (False, None, 0.01)
    assert record.passes(panel, panel.reference)
    assert not record.passes(panel, panel.points[1])


def test_each_architecture_and_penalty_is_a_panel():
    other = [result("dense", 0.0, arch="vgg16"), result("l2", 1e-3, arch="vgg16")]
    panels = panels_of([*RESULTS, *other, result("l2", 1e-3)])
    assert [(panel.arch, panel.penalty) for panel in panels] == [
        ("resnet18", "l1"),
        ("vgg16", "l2"),
        ("resnet18", "l2"),
    ]
    assert panels[1].reference.results[0].arch == "vgg16"


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda folder: (folder / STATE).unlink(), "holds no sweep"),
        (lambda folder: (folder / STATE).write_text("{"), "is damaged"),
        (lambda folder: write(folder, version=VERSION + 1), "newer version"),
        (lambda folder: (folder / TABLE).write_text("arch,value\nx,y\n"), "cannot be read"),
        (lambda folder: (folder / TABLE).unlink(), "cannot be read"),
    ],
)
def test_a_damaged_folder_is_one_sentence(tmp_path, spoil, sentence):
    write(tmp_path)
    spoil(tmp_path)
    with pytest.raises(ConfigError, match=sentence):
        load_sweep(tmp_path)


def test_reading_loads_neither_torch_nor_matplotlib():
    code = (
        "import sys, softcam_core.training.sweep.records, softcam_core.training.sweep.events; "
        "print([m for m in ('torch', 'matplotlib') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.strip() == "[]", done.stderr
