"""``softcam annotations agreement`` as a person and as a script use it."""

import csv

import pytest

from softcam_core.annotations.study import Study


@pytest.fixture
def study(tmp_path, folder):
    """Two readers on three images, who agree on the first and not on the second."""
    path = tmp_path / "s.softcam"
    with Study.open(path) as opened:
        cases = opened.add_cases(sorted(folder.rglob("*.*")))
        for reader, x in (("A", 5), ("B", 5)):
            opened.add_annotation(cases[0], "box", [[x, 5], [x + 10, 15]], "MA", reader)
        for reader, x in (("A", 5), ("B", 20)):
            opened.add_annotation(cases[1], "box", [[x, 5], [x + 10, 15]], "MA", reader)
            opened.set_label(cases[1], "healthy", reader)
            opened.set_label(cases[0], "healthy" if reader == "A" else "soft drusen", reader)
    return path


def test_json_gives_a_row_for_each_number(softcam, study):
    done = softcam("annotations", "agreement", study, "--json")
    assert (done.code, done.err) == (0, "")
    row = next(r for r in done.lines if r["measure"] == "dice" and r["label"] == "(all labels)")
    assert (row["reader"], row["other"]) == ("A", "B")
    assert (row["value"], row["n"], row["undefined"]) == (0.5, 2, 0)
    assert {r["measure"] for r in done.lines} == {
        *("dice", "iou", "hd95_px", "lesion_precision", "lesion_recall", "lesion_f1"),
        *("cohen_kappa", "percent_agreement"),
    }


def test_a_person_gets_a_table(softcam, study):
    done = softcam("annotations", "agreement", study, "--weights", "linear", "--label", "MA")
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0] == "A (reference) and B"
    dice = next(line for line in lines if "Dice" in line).split()
    assert dice[:3] == ["MA", "Dice", "0.500"]
    assert "\x1b" not in done.out
    assert any("linear: healthy < soft drusen" in line for line in lines)


def test_tables_are_written(softcam, study, tmp_path):
    out, cases = tmp_path / "rows.csv", tmp_path / "cases.csv"
    done = softcam("annotations", "agreement", study, "--out", out, "--per-case", cases)
    assert done.code == 0
    measures = [row["measure"] for row in csv.DictReader(out.read_text().splitlines())]
    assert "lesion_f1" in measures
    worst = next(csv.DictReader(cases.read_text().splitlines()))
    assert (worst["dice"], worst["hits"]) == ("0.0", "0")


def test_readers_and_a_model(softcam, study, model, black_box):
    models = ("--model", model, "--model", black_box)
    done = softcam("annotations", "agreement", study, *models, "--class", "soft drusen", "--json")
    assert done.code == 0, done.err
    pairs = {(row["reader"], row["other"]) for row in done.lines}
    assert pairs == {
        *(("A", "B"), ("A", model.name), ("B", model.name)),
        *(("A", black_box.name), ("B", black_box.name)),
    }
    notes = {row["other"]: row["note"] for row in done.lines if row["measure"] == "dice"}
    assert notes[model.name].startswith("evidence of soft drusen above 0")
    assert notes[black_box.name].startswith("gradcam of soft drusen above 20 % of maximum")


def test_one_reader_and_a_model_are_enough(softcam, study, model):
    asked = ("--reader", "A", "--model", model, "--best-threshold", "--no-distances", "--json")
    done = softcam("annotations", "agreement", study, *asked)
    assert done.code == 0, done.err
    assert {row["reader"] for row in done.lines} == {"A"}
    measures = {row["measure"] for row in done.lines}
    assert "dice_best" in measures
    assert not any(name.startswith("hd95") for name in measures)


def test_one_reader_alone_is_told(softcam, study):
    done = softcam("annotations", "agreement", study, "--reader", "A")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("softcam: Agreement takes two readers, or a reader and a model")
    assert len(done.err.splitlines()) == 1


def test_a_study_that_is_not_there_is_not_made(softcam, tmp_path):
    done = softcam("annotations", "agreement", tmp_path / "no.softcam")
    assert done.code == 1
    assert "There is no study" in done.err
    assert not list(tmp_path.glob("*.softcam"))


def test_a_case_that_cannot_be_compared_is_told_and_the_exit_is_1(softcam, study, folder):
    (folder / "a.png").unlink()
    done = softcam("annotations", "agreement", study, "--json")
    assert done.code == 1
    assert "softcam: a.png: " in done.err
    assert done.lines


@pytest.mark.parametrize(
    ("option", "value"),
    [("--criterion", "touch"), ("--weights", "cubic"), ("--iou", "0"), ("--method", "magic")],
)
def test_wrong_use_is_exit_2(softcam, study, option, value):
    done = softcam("annotations", "agreement", study, option, value)
    assert done.code == 2
    assert option in done.err
