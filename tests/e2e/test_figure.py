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
    assert out.with_name("f.png.txt").read_text(encoding="utf-8").strip() == told["caption"]
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


def test_no_input_and_no_foreign_text_is_ever_replaced(tmp_path: Path) -> None:
    image, mask, other = tmp_path / "x.png", tmp_path / "mask.png", tmp_path / "folder" / "o.png"
    other.parent.mkdir()
    for file in (image, mask, other):
        Image.new("RGB", (64, 64), "brown").save(file)
    table = tmp_path / "t.csv"
    table.write_text("image,mask\nx.png,mask.png\n")
    before = {file: file.read_bytes() for file in (image, mask, other)}
    for data, out in (
        (image, image),
        (table, image),
        (table, mask),
        (other.parent, other),
        (image, tmp_path / "folder" / ".." / "x.png"),
    ):
        done = figure(*MODELS, "--data", data, "--methods", "evidence", "--out", out)
        assert done.returncode == 2
        assert "choose another name" in " ".join(done.stderr.replace("│", "").split())
    assert {file: file.read_bytes() for file in before} == before
    notes = tmp_path / "f.png.txt"
    notes.write_text("precious")
    words = (*MODELS, "--data", image, "--methods", "evidence", "--out", tmp_path / "f.png")
    assert figure(*words).returncode == 2
    assert notes.read_text() == "precious"
    notes.unlink()
    assert [figure(*words).returncode for _ in range(2)] == [0, 0]


def test_a_class_that_no_model_has_and_no_method_at_all_are_no_figure(tmp_path: Path) -> None:
    image, out = tmp_path / "x.png", tmp_path / "f.png"
    Image.new("RGB", (64, 64), "brown").save(image)
    words = (*MODELS, "--data", image, "--out", out)
    typo = figure(*words, "--methods", "evidence", "--class", "typo")
    assert typo.returncode == 1
    assert "no DR" in typo.stderr
    assert figure(*words, "--methods", ",").returncode == 2
    assert not out.exists()
    unlabelled = figure(*words, "--methods", "evidence", "--class", "label")
    assert unlabelled.returncode == 1
    assert "no label" in unlabelled.stderr


def test_the_colours_are_a_choice_and_the_help_names_them(tmp_path: Path) -> None:
    from softcam_core.cli.figure import COLOURS
    from softcam_core.imaging.colormap import PAIRS

    assert tuple(PAIRS) == COLOURS
    image = tmp_path / "x.png"
    Image.new("RGB", (64, 64), "brown").save(image)
    made = []
    for colours in ("fundus", "print"):
        out = tmp_path / f"{colours}.png"
        words = ("--data", image, "--methods", "evidence", "--colours", colours, "--positive")
        assert figure(*MODELS[:1], *words, "--out", out).returncode == 0
        made.append(out.read_bytes())
    assert made[0] != made[1]
    assert "positive values only" in (tmp_path / "print.png.txt").read_text(encoding="utf-8")


def test_odd_names_are_told_in_one_legible_line(tmp_path: Path) -> None:
    image = tmp_path / "bad\udcff\nname.png"
    try:
        Image.new("RGB", (64, 64), "brown").save(image)
    except OSError:
        pytest.skip("this disk takes no such name")
    out = tmp_path / ("n" * 240 + ".png")
    words = ("--data", tmp_path, "--methods", "evidence", "--names", "--out", out)
    done = figure(*MODELS[:1], *words)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 2
    assert out.exists()
