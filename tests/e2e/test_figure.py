"""``softcam figure`` as a user runs it: files, caption, exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from softcam_core.annotations.study import Study
from softcam_core.resources import resource_path

MODELS = [
    str(resource_path(f"demo/models/fundus-{kind}.safetensors")) for kind in ("dense", "sparse")
]
TABLE = resource_path("demo/labels.csv")


def figure(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "softcam_core.cli", "figure", *map(str, words)],
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.mark.parametrize("layout", ["methods", "localization", "classes"])
def test_a_figure_and_its_caption_are_written(tmp_path: Path, layout: str) -> None:
    out = tmp_path / "new" / "f.png"
    done = figure(
        *MODELS,
        *("--data", TABLE, "--case", "fundus-03", "--case", "14", "--layout", layout),
        *("--methods", "gradcam,evidence", "--width", "85", "--out", out, "--json"),
    )
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    told = json.loads(line)
    assert told["figure"] == str(out)
    assert told["problems"] == []
    assert "n = 2" in told["caption"]
    assert out.with_suffix(".txt").read_text(encoding="utf-8").strip() == told["caption"]
    with Image.open(out) as image:
        assert image.width == pytest.approx(85 / 25.4 * 300, abs=1)


@pytest.mark.parametrize("kind", ["svg", "pdf"])
def test_no_name_is_in_the_file_unless_asked_for(tmp_path: Path, kind: str) -> None:
    image = tmp_path / "MEIER_ANNA.png"
    Image.new("RGB", (64, 64), "brown").save(image)
    with Study.open(tmp_path / "s.softcam") as study:
        case = study.add_case(image)
        study.add_annotation(case, "box", [[10, 10], [30, 40]], "MA", "reader-1")
    out = tmp_path / f"f.{kind}"
    words = (*MODELS, "--data", tmp_path / "s.softcam", "--methods", "evidence", "--out", out)
    assert figure(*words).returncode == 0
    assert b"MEIER" not in out.read_bytes()
    assert figure(*words, "--names").returncode == 0
    if kind == "svg":
        assert b"MEIER_ANNA" in out.read_bytes()


def test_wrong_words_are_wrong_usage(tmp_path: Path) -> None:
    for words in (
        ("--out", tmp_path / "f.gif"),
        ("--out", tmp_path / "f.png", "--layout", "poster"),
        ("--out", tmp_path / "f.png", "--methods", "magic"),
    ):
        done = figure(*MODELS, "--data", TABLE, *words)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr


def test_a_mistake_is_one_sentence_and_nothing_is_written(tmp_path: Path) -> None:
    out = tmp_path / "f.png"
    many = figure(*MODELS, "--data", TABLE, "--split", "all", "--methods", "evidence", "--out", out)
    assert many.returncode == 1
    assert "--case" in many.stderr
    gone = figure(*MODELS, "--data", TABLE, "--case", "nobody", "--out", out)
    assert gone.returncode == 1
    assert "nobody" in gone.stderr
    file = tmp_path / "file"
    file.touch()
    words = ("--data", TABLE, "--case", "fundus-03", "--methods", "evidence")
    held = figure(*MODELS, *words, "--out", file / "f.png")
    assert held.returncode == 1
    assert held.stderr.count("\n") == 1
    assert not out.exists()
