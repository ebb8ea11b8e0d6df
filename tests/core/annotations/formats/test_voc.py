"""Pascal VOC, read by means that are not the program's own."""

import xml.etree.ElementTree as ET

import pytest

from softcam_core.annotations.formats.exporting import export_study
from softcam_core.annotations.formats.importing import plan_import
from tests.core.annotations.formats.conftest import HEIGHT, WIDTH, make_study, mark_all


def written(study, tmp_path, name="eye.xml"):
    report = export_study(study, "voc", tmp_path / "out")
    return ET.parse(tmp_path / "out" / name).getroot(), report


def corners(node: ET.Element) -> list[int]:
    return [int(node.findtext(f"bndbox/{tag}")) for tag in ("xmin", "ymin", "xmax", "ymax")]


def test_pixels_are_counted_from_1_and_the_last_one_belongs_to_the_box(study, case, tmp_path):
    study.add_annotation(case, "box", [[0, 0], [1, 1]], "MA")
    study.add_annotation(case, "box", [[0, 0], [WIDTH, HEIGHT]], "MA")
    study.add_annotation(case, "box", [[3, 4], [10, 20]], "MA")
    root, report = written(study, tmp_path)
    found = [corners(node) for node in root.iterfind("object")]
    assert found == [[1, 1, 1, 1], [1, 1, WIDTH, HEIGHT], [4, 5, 10, 20]]
    assert "box grown to whole pixels" not in [loss.what for loss in report.losses]


def test_the_file_is_one_of_the_devkit(study, case, tmp_path):
    mark_all(study, case)
    root, _ = written(study, tmp_path)
    assert root.tag == "annotation"
    assert root.findtext("filename") == "eye.png"
    assert root.findtext("size/width") == str(WIDTH)
    assert root.findtext("size/height") == str(HEIGHT)
    assert {node.findtext("name") for node in root.iterfind("object")} == {"MA"}
    assert all(node.findtext("difficult") == "0" for node in root.iterfind("object"))
    assert len(root.findall("object")) == 7


def test_boxes_come_back_within_whole_pixels(study, case, returned):
    study.add_annotation(case, "box", [[3, 4], [10, 20]], "HE/x .. ä", "anna")
    study.add_annotation(case, "box", [[3.4, 4.5], [10.1, 20]], "", "anna")
    back = returned(study, "voc")
    first, second = back.study.annotations()
    assert (first.points, first.label, first.reader) == (
        [[3, 4], [10, 20]],
        "HE/x .. ä",
        "imported",
    )
    assert (second.points, second.label) == ([[3, 4], [11, 20]], "unlabelled")
    assert back.losses() == [
        "reader anna left out",
        "mark without a label written as 'unlabelled'",
        "box grown to whole pixels",
    ]


def test_every_loss_is_named(study, case, tmp_path):
    mark_all(study, case)
    study.add_annotation(
        case, "box", [[-5, 3], [4, 9]], "a\0b", attributes={"note": "n", "certainty": "possible"}
    )
    study.add_annotation(case, "box", [[-5, 3], [-1, 9]], "MA")
    study.set_label(case, "mild")
    _, report = written(study, tmp_path)
    told = "\n".join(map(str, report.losses))
    for what in ("ellipse", "polygon", "freehand", "point", "spline", "mask"):
        assert f"1 x {what} written as its enclosing box (image eye.png)" in told
    for what in ("length", "angle", "note", "certainty", "grade of the whole image"):
        assert f"1 x {what} left out" in told
    assert "1 x box cut to the image" in told
    assert "1 x mark off the image or without area left out" in told
    assert "1 x label with characters that XML cannot hold changed" in told


def test_same_stems_in_two_folders_and_two_suffixes_do_not_meet(tmp_path, returned):
    names = ("left/a.png", "right/a.png", "right/a.jpg", "right/A.PNG")
    with make_study(tmp_path, *names) as study:
        for index, record in enumerate(study.cases()):
            study.add_annotation(record.id, "box", [[index, 1], [index + 5, 9]], "MA")
        back = returned(study, "voc")
        assert len(back.report.files) == 4
        for mine, theirs in zip(study.cases(), back.study.cases(), strict=True):
            (expected,) = study.annotations(mine.id)
            (found,) = back.study.annotations(theirs.id)
            assert (found.points, theirs.path) == (expected.points, mine.path)


XML = "<annotation><filename>eye.png</filename>{}</annotation>"
BOX = (
    "<object><name>MA</name><bndbox><xmin>{}</xmin><ymin>2</ymin><xmax>9</xmax><ymax>9</ymax>"
    "</bndbox></object>"
)
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{i} "{"&a" + (str(i - 1) if i else "") + ";"}">' for i in range(9))
    + "]><annotation><filename>&a8;</filename></annotation>"
)
OUTSIDE = (
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    "<annotation><filename>&x;</filename></annotation>"
)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (BOMB, "document type"),
        (OUTSIDE, "document type"),
        ("", "not XML"),
        ("<annotation><filename>eye", "not XML"),
        ("<annotation/><annotation/>", "not XML"),
        ("\0\1\2", "not XML"),
        ("<html/>", "no Pascal VOC"),
        ('<?xml version="1.0" encoding="no-such"?><annotation/>', "not XML"),
        (XML.format(BOX.format("nan")), "no number"),
        (XML.format(BOX.format("1e999")), "no number"),
        (XML.format(BOX.format("")), "no number"),
        (XML.format(BOX.format("10")), "wrong way round"),
        (XML.format(BOX.format("-1e300")), "far off"),
    ],
)
def test_a_senseless_file_is_one_sentence_and_others_go_on(study, tmp_path, content, word):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.xml").write_text(content)
    (folder / "b.xml").write_text(XML.format(BOX.format("3")))
    plan = plan_import(study, folder, "voc")
    ((_, sentence),) = plan.problems
    assert word in sentence
    assert "\n" not in sentence.strip()
    assert plan.added == 1


def test_latin_1_is_read_where_the_file_says_so(study, tmp_path, case, imported):
    text = '<?xml version="1.0" encoding="ISO-8859-1"?>' + XML.format(BOX.format(1))
    (tmp_path / "a.xml").write_bytes(text.replace("MA", "Drüse").encode("latin-1"))
    imported(tmp_path / "a.xml", "voc")
    assert study.annotations(case)[0].label == "Drüse"
