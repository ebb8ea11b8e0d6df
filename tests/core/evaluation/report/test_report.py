"""The page: whole, alone, readable by everyone, and holding every number."""

import itertools
import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from softcam_core.errors import EvaluationError
from softcam_core.evaluation.records import Recorder, read_records
from softcam_core.evaluation.report import Shown, write_report
from softcam_core.evaluation.report.differences import is_sure
from softcam_core.evaluation.report.numbers import interval, places_of
from softcam_core.evaluation.results import Summary
from softcam_core.evaluation.summary import summarise
from softcam_core.imaging.geometry import Region
from tests.core.evaluation.report.page import parse
from tests.core.evaluation.sample import write_sample


def show(index, model, method):
    mask = np.zeros((120, 160), bool)
    mask[20:60, 30:80] = True
    values = np.random.default_rng(index).normal(size=(4, 4)).astype(np.float32)
    picture = np.full((120, 160), 90, np.uint8)
    return Shown(picture, Region(0, 0, 160, 120), values, "pneumonia", mask)


@pytest.fixture(scope="module")
def report(binary, tmp_path_factory):
    """The report of a run with two backbones and everything that can be undefined."""
    folder = tmp_path_factory.mktemp("report")
    (folder / "finished").symlink_to(binary.folder / "finished")
    text = write_report(folder, binary.summary, show).read_text(encoding="utf-8")
    return SimpleNamespace(folder=folder, text=text, page=parse(text), summary=binary.summary)


def small(folder: Path, **sample) -> Summary:
    write_sample(folder, **{"images": 8, "models": ("resnet-dense",), **sample})
    return summarise(folder, 100)


def test_nothing_comes_from_outside(report):
    for element in report.page.every():
        assert element.tag not in {"link", "iframe", "object", "embed", "base", "form"}
        for name, value in element.attributes.items():
            if name in {"src", "href", "xlink:href", "srcset", "action", "data", "poster"}:
                assert value.startswith(("#", "data:image/")), (element.tag, name, value[:80])
    assert "http" not in report.text
    assert "@import" not in report.text
    assert not re.findall(r"url\((?!#)", report.text)


def test_each_place_is_there_once_and_every_link_leads_to_one(report):
    ids = [
        element.attributes["id"] for element in report.page.every() if "id" in element.attributes
    ]
    assert len(ids) == len(set(ids))
    links = {a.attributes["href"].removeprefix("#") for a in report.page.find("a")}
    assert links
    assert links <= set(ids)
    references = {
        element.attributes["href"].removeprefix("#")
        for element in report.page.every()
        if element.tag == "use"
    }
    references |= set(re.findall(r"url\(#([^)]+)\)", report.text))
    assert references
    assert references <= set(ids)


def test_it_says_that_it_is_for_research(report):
    (strip,) = report.page.find("p", class_="strip")
    assert strip.text == "Research use only. Not for diagnosis."


def test_headings_go_down_step_by_step(report):
    main = [e for e in report.page.every() if re.fullmatch("h[1-6]", e.tag)]
    levels = [int(e.tag[1]) for e in main]
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))


def test_every_picture_has_words(report):
    pictures = report.page.find("img")
    assert pictures
    assert all(len(one.attributes["alt"]) > 20 for one in pictures)
    drawings = report.page.find("svg")
    assert drawings
    for one in drawings:
        assert one.attributes["role"] == "img"
        assert len(one.attributes["aria-label"]) > 60


def test_every_head_of_a_table_says_what_it_is_the_head_of(report):
    for table in report.page.find("table"):
        for head in table.find("th"):
            assert head.attributes["scope"] in {"col", "row", "colgroup"}
        for row in table.find("tr"):
            assert [one for one in row.children if not isinstance(one, str)]


def test_every_cell_of_every_table_is_there_with_its_interval(report):
    assert len(report.summary.tables) > 6
    for table in report.summary.tables:
        (box,) = report.page.find("div", id=f"table-{table.id}")
        (shown,) = box.find("table")
        assert table.caption in box.find("caption")[0].text
        rows = shown.find("tbody")[0].find("tr")
        assert len(rows) == len(table.rows)
        for row, line in zip(rows, table.rows, strict=True):
            assert ("chance" in row.attributes.get("class", "")) == line.is_chance
            assert [one.text for one in row.find("th")][-1] == line.head
            cells = row.find("td")
            assert len(cells) == len(line.cells)
            for cell, expected, column in zip(cells, line.cells, table.columns, strict=True):
                assert cell.text.startswith(expected.text)
                assert ("best" in cell.attributes["class"]) == expected.best
                assert interval(expected.low, expected.high, column.digits) in cell.text
                assert expected.delta_text in cell.text
                if not expected.is_empty:
                    assert float(cell.attributes["data-sort"]) == expected.value


def test_every_number_says_of_how_many_images_it_is(report):
    for table in report.summary.tables:
        (box,) = report.page.find("div", id=f"table-{table.id}")
        feet = box.find("tfoot")
        foot = [one.text for one in feet[0].find("td")][-len(table.columns) :] if feet else []
        rows = box.find("tbody")[0].find("tr")
        for row, line in zip(rows, table.rows, strict=True):
            for n, (cell, expected) in enumerate(zip(row.find("td"), line.cells, strict=True)):
                if expected.n:
                    undefined = f", {expected.undefined} undefined" if expected.undefined else ""
                    said = foot[n] if foot and foot[n] else cell.text.partition("n = ")[2]
                    assert said == f"{expected.n}{undefined}"


def test_every_difference_shown_is_one_of_the_summary(report):
    known = {}
    for one in report.summary.differences:
        places, clear = places_of(one.metric), is_sure(one)
        for value, low, high in (
            (one.value, one.low, one.high),
            (-one.value, -one.high, -one.low),
        ):
            more = next(
                n
                for n in (places, places + 1, places + 2)
                if not clear or all(float(f"{end:.{n}f}") for end in (low, high))
            )
            expected = (clear, interval(low, high, more))
            known.setdefault(round(value, 9) + 0.0, set()).add(expected)
    boxes = [
        one
        for one in report.page.find("div", class_="wide")
        if "less-" in one.attributes.get("id", "")
    ]
    cells = [cell for box in boxes for cell in box.find("td") if "data-sort" in cell.attributes]
    assert len(cells) > 100
    for cell in cells:
        some = known[round(float(cell.attributes["data-sort"]), 9) + 0.0]
        shown = "".join(one.text for one in cell.find("span", class_="interval"))
        assert ("best" in cell.attributes["class"], shown) in some


def test_every_figure_stands_in_the_page_and_in_the_folder(report):
    names = [
        one.attributes["id"].removeprefix("figure-")
        for one in report.page.find("figure", class_="plot")
    ]
    for kind in (
        *("topk_localization_precision", "precision_against_sensitivity", "deletion_curve"),
        *("insertion_curve", "activation_consistency", "confusion_matrix", "roc", "reliability"),
        *("model_randomization", "topk_localization_precision_by_model"),
    ):
        assert kind in names
    written = sorted(path.name for path in (report.folder / "figures").iterdir())
    assert written == sorted(f"{name}.{kind}" for name in names for kind in ("svg", "png"))
    for one in report.page.find("figure", class_="plot"):
        assert len(one.find("svg")) == 1
        assert one.find("figcaption")[0].text.startswith("Figure ")


def test_the_figures_say_of_how_many_images_they_are(report):
    for one in report.page.find("figure", class_="plot"):
        name = one.attributes["id"]
        if "activation_consistency" not in name:  # there every violin says it
            assert re.search(r"n = \d+( to \d+)? images", one.find("figcaption")[0].text), name


def test_examples_name_their_numbers_their_image_and_their_kind(report):
    rows = report.page.find("div", class_="example-row")
    assert len(rows) == sum(
        len(
            [
                m
                for m in model["methods"]
                if m not in ("random", "centre_prior", "randomized_weights")
            ]
        )
        for model in report.summary.run["models"]
    )
    for row in rows:
        texts = [one.text for one in row.find("figcaption")]
        assert [text.split()[0] for text in texts] == ["Best", "Median", "Worst"]
        assert all(re.search(r"images/\d+\.png", text) for text in texts)
        right = [float(one.text.removeprefix("AP ")) for one in row.find("span", class_="right")]
        assert len(right) == 3
        assert right == sorted(right, reverse=True)
        left = [one.text for one in row.find("span", class_="left")]
        assert left
        assert all(text.startswith("AS ") for text in left)


def test_the_record_has_every_id_and_parameter(report):
    (record,) = report.page.find("section", id="versions")
    run = report.summary.run
    for model in run["models"]:
        assert model["id"] in record.text
        assert model["file"] in record.text
    assert run["data"]["digest"] in record.text
    for name in (*run["parameters"], *run["versions"]):
        assert name in [one.text for one in record.find("th")]


def test_images_that_failed_and_notes_are_listed(report):
    (problems,) = report.page.find("section", id="problems")
    for case, image, sentence in report.summary.failed:
        assert f"{case} {image} {sentence}" in problems.text
    (notes,) = report.page.find("div", class_="note")
    assert "Row 9: the mask is of another size." in notes.text


def test_the_methods_section_is_there_with_what_it_refers_to(report):
    (methods,) = report.page.find("section", id="methods")
    assert "[SoftCAM]" in methods.text
    named = set(re.findall(r"\[([A-Z]\w+ \d{4})", " ".join(p.text for p in methods.find("p"))))
    listed = {one.text.partition("]")[0].removeprefix("[") for one in methods.find("li")}
    assert named
    assert named <= listed


def test_the_same_run_gives_the_same_bytes(tmp_path):
    summary = small(tmp_path)
    first = {p: p.read_bytes() for p in written(tmp_path, summary)}
    second = {p: p.read_bytes() for p in written(tmp_path, summary)}
    assert first == second
    assert not list(tmp_path.rglob("*.part"))


def written(folder, summary):
    page = write_report(folder, summary, show)
    return [page, *sorted((folder / "figures").iterdir())]


def rewrite(folder, change):
    records = [change(one) for one in read_records(folder)]
    (folder / "finished" / "0.jsonl").unlink()
    recorder = Recorder(folder)
    for one in records:
        recorder.add(one)
    recorder.close()


def _without_marks(record):
    def rows(model):
        kept = (r for r in model.rows if r.metric in ("prediction", "audc", "auic"))
        return replace(model, rows=tuple(kept))

    return replace(record, models=tuple(map(rows, record.models)))


EVIL = '<script>alert("x")</script>&\'$a_b$ \x07.png'


def test_names_are_text_and_never_markup(tmp_path):
    run = small(tmp_path).run
    model = {**run["models"][0], "title": EVIL, "file": EVIL, "arch": EVIL}
    run = {**run, "models": [model], "data": {**run["data"], "name": EVIL}}
    rewrite(tmp_path, lambda one: replace(one, image=EVIL, case=EVIL, error=one.error and EVIL))
    summary = replace(summarise(tmp_path, 100), run=run, notes=(EVIL,))

    def fails(*_):
        raise EvaluationError(EVIL)

    for shower in (show, fails):
        text = write_report(tmp_path, summary, shower).read_text(encoding="utf-8")
        page = parse(text)
        assert len(page.find("script")) == 1
        assert "<script>alert" not in text
        assert "\x07" not in text
        assert '<script>alert("x")</script>&' in page.find("h1")[0].text
        assert page.find("section", id="problems")


def test_classes_of_any_letters_are_drawn_without_a_warning(tmp_path):
    classes = ("normal", "肺炎 $x^2$", "_pneumonia 🫁", "ضوء")
    summary = small(tmp_path, images=24, classes=classes)
    page = parse(write_report(tmp_path, summary).read_text(encoding="utf-8"))
    assert "肺炎 $x^2$" in page.text


@pytest.mark.parametrize("models", [("resnet-blackbox",), ("resnet-dense",)])
def test_one_model_alone(tmp_path, models):
    page = parse(write_report(tmp_path, small(tmp_path, models=models), show).read_text("utf-8"))
    assert page.find("section", id="figures")
    names = [one.attributes["id"] for one in page.find("figure", class_="plot")]
    assert not [name for name in names if "_by_model" in name]


def test_without_marks_there_are_no_localization_figures_and_examples_go_by_deletion(tmp_path):
    small(tmp_path)
    rewrite(tmp_path, _without_marks)
    summary = summarise(tmp_path, 100)
    page = parse(write_report(tmp_path, summary, show).read_text(encoding="utf-8"))
    names = [one.attributes["id"] for one in page.find("figure", class_="plot")]
    assert "figure-deletion_curve" in names
    assert not [name for name in names if "topk" in name or "sensitivity" in name]
    badges = page.find("span", class_="badge")
    assert badges
    assert all(one.text.startswith("AUDC ") for one in badges)


def test_nothing_measured_but_the_run_itself(tmp_path):
    whole = small(tmp_path)
    empty = Summary(run=whole.run, counts=whole.counts)
    page = parse(write_report(tmp_path, empty).read_text(encoding="utf-8"))
    assert "No table" in page.find("section", id="tables")[0].text
    assert not page.find("section", id="figures")
    assert not page.find("section", id="examples")
    assert not page.find("section", id="differences")


def test_without_examples_there_is_no_section_of_them(tmp_path):
    page = parse(write_report(tmp_path, small(tmp_path)).read_text(encoding="utf-8"))
    assert not page.find("section", id="examples")
    assert not page.find("img")


def test_many_images_that_failed_are_counted(tmp_path):
    failed = tuple((str(n), f"{n}.png", "It cannot be read.") for n in range(500))
    summary = replace(small(tmp_path), failed=failed)
    page = parse(write_report(tmp_path, summary).read_text(encoding="utf-8"))
    (problems,) = page.find("section", id="problems")
    assert len(problems.find("tr")) == 201
    assert "And 300 more" in problems.text


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    summary = small(tmp_path)
    (tmp_path / "figures").write_text("in the way")
    with pytest.raises(EvaluationError, match=r"figures.*cannot be written"):
        write_report(tmp_path, summary)


def test_each_table_names_its_file(report):
    for table in report.summary.tables:
        (box,) = report.page.find("div", id=f"table-{table.id}")
        assert box.find("caption")[0].text.endswith(f"tables/{table.id}.csv")


def test_it_says_which_version_evaluated(report):
    (header,) = report.page.find("header")
    assert "Evaluated with softcam 0.1.0 (python 3.11, torch 2.13.0, numpy 2.3)." in header.text


def test_images_of_another_kind_are_not_counted(tmp_path):
    summary = small(tmp_path)
    counts = {**summary.counts, "images": 12, "others": 4}
    text = write_report(tmp_path, replace(summary, counts=counts)).read_text(encoding="utf-8")
    page = parse(text)
    assert page.find("p", class_="lead")[0].text.startswith("7 images, 1 model;")
    facts = page.find("dl", class_="facts")[0].text
    assert "7, 1 failed, 4 of another kind left out" in facts
    assert "not measured yet" not in facts


def test_many_classes_stand_in_a_note(tmp_path):
    classes = ("normal", "mild", "moderate", "severe", "proliferative")
    page = parse(write_report(tmp_path, small(tmp_path, classes=classes)).read_text("utf-8"))
    (models,) = page.find("table", class_="models")
    assert "5 classes" in models.text
    assert "moderate" not in models.text
    notes = [one.text for one in page.find("p", class_="hint")]
    assert f"Classes of Resnet dense: {', '.join(classes)}." in notes
