"""The sentences of the contract about a study."""

import os
import shutil
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from softcam_core.annotations import schema
from softcam_core.annotations.rasterize import rasterize
from softcam_core.annotations.shapes import Shape
from softcam_core.annotations.study import Study
from softcam_core.errors import ImageError, StudyError

BOX = [[10.0, 8.0], [20.0, 16.0]]


def add_box(study: Study, case: int, reader: str = "reader-1", label: str = "MA") -> int:
    return study.add_annotation(case, kind="box", points=BOX, label=label, reader=reader)


def test_open_makes_the_file_and_close_leaves_it_complete(tmp_path, image):
    path = tmp_path / "new.softcam"
    study = Study.open(str(path))
    assert study.path == path
    add_box(study, study.add_case(image))
    study.close()
    study.close()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["images", "new.softcam"]
    path.rename(tmp_path / "copy.softcam")
    with Study.open(tmp_path / "copy.softcam") as copy:
        assert len(copy.annotations(1)) == 1


def test_a_closed_study_says_so(study):
    study.close()
    with pytest.raises(StudyError, match="is closed"):
        study.cases()
    with pytest.raises(StudyError, match="is closed"):
        study.set_setting("a", 1)


def test_the_same_file_is_the_same_case(study, image, monkeypatch):
    case = study.add_case(image)
    (image.parent / "link.png").symlink_to(image)
    (image.parent.parent / "folder").symlink_to(image.parent)
    monkeypatch.chdir(image.parent)
    spellings = ["eye.png", "./eye.png", image.parent / "link.png", "../folder/eye.png", str(image)]
    assert [study.add_case(path) for path in spellings] == [case] * 5
    (record,) = study.cases()
    assert (record.id, record.path, record.name) == (case, image.resolve(), "eye.png")
    assert (record.modality, record.status, record.label) == ("", "unread", "")


def test_a_missing_image_is_told(study, tmp_path):
    for path in (tmp_path / "no.png", tmp_path):
        with pytest.raises(StudyError, match="There is no image"):
            study.add_case(path)


def test_cases_come_in_the_order_they_were_added(study, tmp_path):
    paths = [tmp_path / f"{n}.png" for n in (3, 1, 2)]
    ids = study.add_cases([*paths, paths[1]], modality="oct")
    assert ids[3] == ids[1]
    assert [case.name for case in study.cases()] == ["3.png", "1.png", "2.png"]
    assert {case.modality for case in study.cases()} == {"oct"}
    assert study.add_cases(reversed(paths)) == ids[2::-1]


def test_ten_thousand_cases_are_added_in_two_seconds(study, tmp_path):
    paths = [tmp_path / f"folder {n % 7}" / f"{n}.png" for n in range(10_000)]
    start = time.process_time()
    ids = study.add_cases(paths)
    assert time.process_time() - start < 2
    assert len(set(ids)) == 10_000


def test_annotations_come_back_as_drawn(study, case):
    before = datetime.now(UTC)
    drawn = [
        ("box", BOX, 0.0),
        ("ellipse", [[12.5, 9.25], [4, 2]], 33.3),
        ("polygon", [[1, 1], [5, 1], [3, 1 / 3]], 0.0),
        ("freehand", [[1, 1], [5, 1], [3, 4], [2, 4]], 0.0),
        ("point", [[7.5, 8.5]], 0.0),
    ]
    ids = [
        study.add_annotation(case, kind=kind, points=points, angle=angle, label="MA", reader="r")
        for kind, points, angle in drawn
    ]
    records = study.annotations(case)
    assert [r.id for r in records] == ids
    assert [(r.kind, r.points, r.angle) for r in records] == drawn
    for record in records:
        assert (record.case, record.label, record.reader) == (case, "MA", "r")
        assert before <= record.created == record.modified <= datetime.now(UTC)
        assert record.created.utcoffset() == timedelta(0)
        assert record.shape == Shape(record.kind, record.points, record.angle)
        assert record.mask is None


def test_mask_annotations_come_back_to_the_pixel(study, case):
    pixels = np.zeros((30, 40), bool)
    pixels[5:20, 7:31] = np.random.default_rng(0).random((15, 24)) < 0.5
    ann = study.add_annotation(case, kind="mask", mask=pixels, label="HE", reader="r")
    (record,) = study.annotations(case)
    assert record.id == ann
    assert record.mask.dtype == bool
    assert np.array_equal(record.mask, pixels)
    assert np.array_equal(study.mask(case), pixels)
    smaller = pixels.copy()
    smaller[:10] = False
    study.update_annotation(ann, mask=smaller)
    assert np.array_equal(study.annotations(case)[0].mask, smaller)
    study.update_annotation(ann, points=study.annotations(case)[0].points + np.array([1, -2]))
    assert np.array_equal(study.mask(case), np.roll(smaller, (-2, 1), (0, 1)))
    study.undo()
    study.undo()
    assert np.array_equal(study.annotations(case)[0].mask, pixels)


def test_a_mask_has_the_shape_of_its_image(study, case):
    with pytest.raises(ValueError, match=r"^mask: expected shape \(30, 40\).*got \(40, 30\)"):
        study.add_annotation(case, kind="mask", mask=np.ones((40, 30), bool), label="", reader="r")
    ann = study.add_annotation(case, kind="mask", mask=np.ones((30, 40)) > 0, label="", reader="r")
    with pytest.raises(ValueError, match=r"^mask: "):
        study.update_annotation(ann, mask=np.ones((31, 40), bool))
    assert len(study.edits()) == 1


def test_update_changes_what_is_given_only(study, case):
    ann = study.add_annotation(
        case, kind="ellipse", points=BOX, angle=5, label="MA", attributes={"note": "sure"}
    )
    other = add_box(study, case)
    (old, _) = study.annotations(case)
    for change in (
        {"points": [[1.0, 2.0], [3.0, 4.0]]},
        {"label": "HE"},
        {"angle": 30.0},
        {"attributes": {"certainty": 0.5}},
    ):
        study.update_annotation(ann, **change)
        new, _ = study.annotations(case)
        ((name, value),) = change.items()
        assert getattr(new, name) == value
        kept = {"points", "label", "angle", "attributes", "id", "created", "reader"} - {name}
        assert all(getattr(new, k) == getattr(old, k) for k in kept)
        assert new.modified > old.modified
        old = new
    assert [r.id for r in study.annotations(case)] == [ann, other]


def test_an_update_that_changes_nothing_is_no_step(study, case):
    ann = add_box(study, case)
    study.update_annotation(ann, points=BOX, label="MA")
    assert len(study.edits()) == 1


def test_a_later_change_has_a_later_time_even_if_the_clock_is_set_back(study, case, monkeypatch):
    ann = add_box(study, case)
    past = datetime(2001, 1, 1, tzinfo=UTC)
    monkeypatch.setattr("softcam_core.annotations.marks.now", lambda: past)
    study.update_annotation(ann, label="HE")
    (record,) = study.annotations(case)
    assert record.modified > record.created > past


def test_deleted_annotations_are_gone(study, case):
    ann, other = add_box(study, case), add_box(study, case)
    study.delete_annotation(ann)
    assert [r.id for r in study.annotations(case)] == [other]
    for call in (study.delete_annotation, lambda a: study.update_annotation(a, label="x")):
        with pytest.raises(StudyError, match=f"no annotation {ann}"):
            call(ann)
    assert add_box(study, case) not in (ann, other)


def test_readers_have_layers_of_their_own(study, case):
    mine, theirs = add_box(study, case, "a"), add_box(study, case, "b")
    assert [r.id for r in study.annotations(case, reader="a")] == [mine]
    assert [r.id for r in study.annotations(case, reader="b")] == [theirs]
    assert len(study.annotations(case)) == 2
    assert study.readers() == ["a", "b"]
    study.add_reader("c")
    study.add_reader("a")
    assert study.readers() == ["a", "b", "c"]


def test_all_annotations_of_a_study(study, case, tmp_path):
    (second,) = study.add_cases([tmp_path / "two.png"])
    ids = [add_box(study, second), add_box(study, case)]
    assert [r.id for r in study.annotations()] == ids


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"kind": "square"}, "kind"),
        ({"points": [[1, 2]]}, "points"),
        ({"reader": ""}, "reader"),
        ({"label": 3}, "label"),
        ({"angle": 10}, "angle"),
        ({"attributes": {"note": object()}}, "attributes"),
    ],
)
def test_mistakes_are_named_and_store_nothing(study, case, arguments, named):
    good = {"kind": "box", "points": BOX, "label": "MA", "reader": "r"}
    with pytest.raises(ValueError, match=f"^{named}: "):
        study.add_annotation(case, **(good | arguments))
    ann = study.add_annotation(case, **good)
    with pytest.raises(ValueError, match=r"^points: "):
        study.update_annotation(ann, points=[[1, 2]])
    assert len(study.edits()) == 1


def test_an_unknown_case_is_told(study):
    for call in (
        lambda: add_box(study, 99),
        lambda: study.annotations(99),
        lambda: study.set_label(99, "DR"),
        lambda: study.set_status(99, "done"),
        lambda: study.mask(99),
        lambda: study.case(99),
        lambda: study.store_result(99, "m", [], [], []),
        lambda: study.start_read(99, "r"),
    ):
        with pytest.raises(StudyError, match="no case 99"):
            call()


def test_mask_is_the_union_by_label_and_reader(study, case):
    shapes = {
        ("MA", "a"): Shape("box", [[2, 2], [6, 6]]),
        ("MA", "b"): Shape("ellipse", [[20, 15], [5, 3]], 20),
        ("HE", "a"): Shape("polygon", [[30, 2], [39, 20], [25, 25]]),
        ("HE", "b"): Shape("point", [35, 28]),
    }
    for (label, reader), shape in shapes.items():
        study.add_annotation(case, shape.kind, shape.points, label, reader, angle=shape.angle)
    size = (30, 40)
    for label in (None, "MA", "HE"):
        for reader in (None, "a", "b"):
            expected = np.zeros(size, bool)
            for (its_label, its_reader), shape in shapes.items():
                if label in (None, its_label) and reader in (None, its_reader):
                    expected |= rasterize(shape, size)
            got = study.mask(case, label=label, reader=reader)
            assert got.dtype == bool
            assert np.array_equal(got, expected)
    assert not study.mask(case, label="no such").any()


def test_the_radius_of_points_is_a_setting(study, case):
    study.add_annotation(case, "point", [20, 15], "MA")
    assert study.mask(case).sum() == 52
    study.set_setting("point_radius", 1.5)
    assert study.mask(case).sum() == 4


def test_the_size_of_an_image_is_read_once(study, image):
    case = study.add_case(image)
    assert study.case(case).size is None
    assert study.image_size(case) == (40, 30)
    image.unlink()
    assert study.image_size(case) == (40, 30)
    assert study.mask(case).shape == (30, 40)


def test_an_unreadable_image_has_no_mask(study, tmp_path):
    (case,) = study.add_cases([tmp_path / "gone.png"])
    with pytest.raises(ImageError, match=r"gone\.png"):
        study.mask(case)


def test_a_mask_drawn_while_the_image_is_away_gives_the_size(study, tmp_path):
    (case,) = study.add_cases([tmp_path / "gone.png"])
    study.add_annotation(case, "mask", mask=np.eye(5, 7) > 0, label="MA")
    assert np.array_equal(study.mask(case), np.eye(5, 7) > 0)


def test_grades(study, case):
    study.set_label(case, "mild", reader="a")
    study.set_label(case, "severe", reader="b")
    assert study.grades(case) == {"a": "mild", "b": "severe"}
    assert study.cases()[0].label == "severe"
    assert study.cases(reader="a")[0].label == "mild"
    assert study.case(case).label == "severe"
    study.set_label(case, "moderate", reader="a")
    assert study.cases()[0].label == "moderate"
    study.set_label(case, None, reader="a")
    assert study.grades(case) == {"b": "severe"}
    assert len(study.edits()) == 4
    study.set_label(case, "severe", reader="b")
    assert len(study.edits()) == 4


def test_status_and_modality(study, case):
    for status in ("in progress", "done", "flagged", "unread"):
        study.set_status(case, status)
        assert study.cases()[0].status == status
    with pytest.raises(ValueError, match=r"^status: "):
        study.set_status(case, "finished")
    study.set_modality(case, "fundus")
    assert study.case(case).modality == "fundus"


def test_settings_hold_what_json_holds(study):
    assert study.get_setting("layout") is None
    assert study.get_setting("layout", 7) == 7
    for value in ({"a": [1, 2.5, None, "x"]}, None, False, 3):
        study.set_setting("layout", value)
        assert study.get_setting("layout", "other") == value


def test_results_of_a_model(study, case):
    study.store_result(case, "m1", ["no", "yes"], np.array([1.5, -2]), np.array([0.9, 0.1]))
    study.store_result(case, "m2", ["a"], [0.0], [1.0])
    study.store_result(case, "m1", ["no", "yes"], [3.0, 4.0], [0.25, 0.75])
    (result,) = study.results("m1").values()
    assert (result.case, result.model, result.classes) == (case, "m1", ["no", "yes"])
    assert (result.logits, result.probabilities) == ([3.0, 4.0], [0.25, 0.75])
    assert study.results("m3") == {}
    with pytest.raises(ValueError, match="expected 1 values"):
        study.store_result(case, "m2", ["a"], [0.0, 1.0], [1.0])


def test_reads_are_locked_once(study, case):
    first = study.start_read(case, "a", "blinded")
    second = study.start_read(case, "b")
    study.lock_read(first, active_seconds=12.5)
    with pytest.raises(StudyError, match=f"no open read {first}"):
        study.lock_read(first, active_seconds=1)
    one, two = study.reads(case)
    assert (one.id, one.reader, one.mode, one.active_seconds) == (first, "a", "blinded", 12.5)
    assert one.locked is not None
    assert one.locked >= one.started
    assert (two.id, two.mode, two.locked) == (second, "open", None)
    assert study.reads(reader="b") == [two]


def test_images_are_found_again_when_they_move_with_the_study(tmp_path):
    old = tmp_path / "old"
    (old / "images").mkdir(parents=True)
    outside = tmp_path / "outside.png"
    for path in (old / "images" / "a.png", old / "images" / "b.png", outside):
        Image.new("L", (4, 4)).save(path)
    with Study.open(old / "s.softcam") as study:
        ids = study.add_cases([old / "images" / "a.png", old / "images" / "b.png", outside])
    new = tmp_path / "deep" / "new"
    new.parent.mkdir()
    old.rename(new)
    (new / "images" / "b.png").unlink()
    with Study.open(new / "s.softcam") as study:
        paths = [case.path for case in study.cases()]
        assert paths == [new / "images" / "a.png", old / "images" / "b.png", outside]
        assert study.add_cases([new / "images" / "a.png"]) == ids[:1]
    new.rename(tmp_path / "again")
    with Study.open(tmp_path / "again" / "s.softcam") as study:
        assert study.cases()[0].path == tmp_path / "again" / "images" / "a.png"


def test_an_image_that_the_study_knows_at_its_new_place_stays_one_case(tmp_path):
    (tmp_path / "old" / "images").mkdir(parents=True)
    (tmp_path / "new" / "images").mkdir(parents=True)
    pair = [tmp_path / folder / "images" / "a.png" for folder in ("old", "new")]
    for path in pair:
        Image.new("L", (4, 4)).save(path)
    with Study.open(tmp_path / "old" / "s.softcam") as study:
        study.add_cases(pair)
    (tmp_path / "old" / "s.softcam").rename(tmp_path / "new" / "s.softcam")
    with Study.open(tmp_path / "new" / "s.softcam") as study:
        assert [case.path for case in study.cases()] == pair


def test_close_leaves_one_complete_file_even_if_another_window_has_it_open(tmp_path, image):
    path = tmp_path / "s.softcam"
    with Study.open(path) as other:
        study = Study.open(path)
        add_box(study, study.add_case(image))
        study.close()
        (tmp_path / "copy.softcam").write_bytes(path.read_bytes())
        assert len(other.annotations()) == 1
    with Study.open(tmp_path / "copy.softcam") as copy:
        assert len(copy.annotations()) == 1


def test_threads_share_a_study(study, case):
    errors: list[BaseException] = []

    def work(reader: str) -> None:
        try:
            for _ in range(15):
                ann = add_box(study, case, reader)
                assert ann in [r.id for r in study.annotations(case, reader)]
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(f"r{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(study.annotations(case)) == 60


def test_every_commit_is_flushed_to_the_disk(study):
    with study._database.read() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_the_module_loads_no_database_until_a_study_is_opened(start_python, tmp_path):
    code = (
        "import sys\n"
        "from softcam_core.annotations.study import Study\n"
        "assert 'sqlalchemy' not in sys.modules\n"
        "Study.open(sys.argv[1]).close()\n"
        "assert 'sqlalchemy' in sys.modules\n"
        "assert not {'torch', 'PySide6', 'PIL'} & set(sys.modules)\n"
    )
    assert start_python(code, tmp_path / "s.softcam").communicate() == ("", "")


def test_times_sort_as_text():
    kind = schema.UtcTime()
    whole = kind.process_bind_param(datetime(2026, 1, 1, tzinfo=UTC), None)
    later = kind.process_bind_param(datetime(2026, 1, 1, 0, 0, 0, 1, tzinfo=UTC), None)
    assert whole == "2026-01-01T00:00:00.000000+00:00"
    assert whole < later


@pytest.mark.skipif(os.name != "posix", reason="other systems' file names are text")
def test_a_name_that_is_no_text_is_kept_to_the_byte(tmp_path, image):
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/d\xff/50%\xfe.png"))
    try:
        odd.parent.mkdir()
    except OSError:
        pytest.skip("the file system takes only text")
    shutil.copyfile(image, odd)
    path = odd.parent / "s.softcam"
    with Study.open(path) as study:
        first, second = study.add_cases([odd, image])
        assert study.add_case(odd) == first
    with Study.open(path) as study:
        assert [case.path for case in study.cases()] == [odd, image]
        assert study.case(first).name == r"50%\xfe.png"
        assert study.case(second).name == "eye.png"


def test_the_latest_grade_is_that_of_the_history_though_a_clock_goes_back(study, case, monkeypatch):
    from softcam_core.annotations import history, marks

    study.set_label(case, "mild", reader="a")
    real = schema.now
    for module in (schema, history, marks):
        monkeypatch.setattr(module, "now", lambda: real() - timedelta(hours=5))
    study.set_label(case, "severe", reader="b")
    assert study.case(case).label == "severe"
    assert study.cases()[0].label == "severe"
    assert study.cases(reader="a")[0].label == "mild"
    study.set_label(case, "moderate", reader="a")
    assert study.case(case).label == "moderate"
    study.undo(reader="a")
    assert study.cases()[0].label == "severe", "undo brings back what was, not a new grade"


def test_disputed_grades_of_two_thousand_cases_are_read_quickly(study, tmp_path):
    ids = study.add_cases([tmp_path / f"{n}.png" for n in range(2000)])
    for reader, label in (("a", "mild"), ("b", "severe")):
        with study.batch("Grade", reader):
            for number in ids:
                study.set_label(number, label, reader)
    start = time.process_time()
    assert {found.label for found in study.cases()} == {"severe"}
    assert time.process_time() - start < 0.3
