"""The DICOM formats through a study: the right image among many, and what is left out."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from softcam_core.annotations.formats.exporting import export_study
from softcam_core.annotations.formats.importing import ImportPlan, apply_import, plan_import
from softcam_core.annotations.study import Study
from tests.core.annotations.formats.conftest import Returned, plain
from tests.core.annotations.formats.dicom_images import CT, HEIGHT, WIDTH, make_dicom

BOTH = pytest.mark.parametrize("name", ["dicom-seg", "dicom-sr"])


def study_of(folder: Path, *files: str) -> Study:
    study = Study.open(folder / "s.softcam")
    for file in files:
        path = folder / file
        path.parent.mkdir(exist_ok=True)
        study.add_case(make_dicom(path, CT))
    return study


@pytest.fixture
def scans(tmp_path: Path) -> Iterator[Study]:
    """Two scans of the same file name; a box in the first, a mask in the second."""
    with study_of(tmp_path, "a/scan.dcm", "b/scan.dcm") as study:
        first, second = (case.id for case in study.cases())
        study.add_annotation(first, "box", [[3, 4], [12, 15]], "MA", "anna")
        mask = np.random.default_rng(1).random((HEIGHT, WIDTH)) < 0.3
        study.add_annotation(second, "mask", label="HE", reader="bert", mask=mask)
        yield study


@BOTH
def test_images_of_the_same_name_get_their_own_marks(
    scans: Study, returned: Callable[..., Returned], name: str
) -> None:
    result = returned(scans, name)
    assert result.plan.unmatched == []
    for case in scans.cases():
        assert np.array_equal(result.study.mask(case.id), scans.mask(case.id))
        (before,), (after,) = scans.annotations(case.id), result.study.annotations(case.id)
        assert (after.label, after.reader) == (before.label, before.reader)


def test_a_report_into_its_own_study_adds_nothing(scans: Study, tmp_path: Path) -> None:
    report = export_study(scans, "dicom-sr", tmp_path / "out")
    assert (report.images, report.shapes) == (2, 2)
    plan = plan_import(scans, tmp_path / "out", "dicom-sr")
    assert (plan.added, plan.present) == (0, 2)


@BOTH
def test_files_find_their_image_by_its_uid_whatever_they_are_called(
    scans: Study, tmp_path: Path, name: str
) -> None:
    report = export_study(scans, name, tmp_path / "out")
    for number, file in enumerate(report.files):
        file.rename(tmp_path / "out" / f"renamed-{number}.dcm")
    plan = plan_import(scans, tmp_path / "out", name)
    assert sorted(case.case for case in plan.cases) == [case.id for case in scans.cases()]
    assert plan.unmatched == []


@BOTH
def test_a_name_alone_never_puts_marks_on_another_patients_image(
    scans: Study, tmp_path: Path, name: str
) -> None:
    export_study(scans, name, tmp_path / "out")
    with study_of(tmp_path / "out", "a/scan.dcm") as other:
        plan = plan_import(other, tmp_path / "out", name)
        assert plan.cases == []
        assert len(plan.unmatched) == 2


@BOTH
def test_copies_of_one_image_are_told_apart_by_name_or_not_at_all(
    scans: Study, tmp_path: Path, name: str
) -> None:
    """Copies share a UID."""
    first = scans.cases()[0]
    copy = tmp_path / "a" / "copy.dcm"
    copy.write_bytes(first.path.read_bytes())
    scans.add_case(copy)
    export_study(scans, name, tmp_path / "out", reader="anna")
    plan = plan_import(scans, tmp_path / "out", name)
    assert [case.case for case in plan.cases] == [first.id]
    (file,) = (tmp_path / "out").rglob("*.s*.dcm")
    file.rename(tmp_path / "out" / "other.dcm")
    plan: ImportPlan = plan_import(scans, tmp_path / "out", name)
    assert plan.cases == []
    assert plan.ambiguous == {"other.dcm": ["a/scan.dcm", "a/copy.dcm"]}


@BOTH
def test_a_photograph_is_refused_by_name_and_not_counted(
    scans: Study, tmp_path: Path, name: str
) -> None:
    photograph = tmp_path / "eye.png"
    from PIL import Image

    Image.new("L", (9, 9)).save(photograph)
    case = scans.add_case(photograph)
    scans.add_annotation(case, "box", [[1, 1], [5, 5]], "MA", "anna")
    report = export_study(scans, name, tmp_path / "out")
    assert [refused for refused, _ in report.refused] == ["eye.png"]
    assert not report.problems
    assert (report.images, report.shapes) == (2, 2)


def test_an_import_of_reports_is_one_undo_step(scans: Study, tmp_path: Path) -> None:
    export_study(scans, "dicom-sr", tmp_path / "out")
    with Study.open(tmp_path / "fresh.softcam") as fresh:
        fresh.add_cases([case.path for case in scans.cases()])
        apply_import(fresh, plan_import(fresh, tmp_path / "out", "dicom-sr"))
        assert plain(fresh.annotations()) == plain(scans.annotations())
        fresh.undo()
        assert fresh.annotations() == []
        assert not fresh.can_undo()
