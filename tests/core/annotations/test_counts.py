"""How many marks each case carries."""

from PIL import Image

from softcam_core.annotations.study import Study


def test_counts_are_by_reader_and_leave_out_what_is_deleted(tmp_path):
    paths = [tmp_path / f"{i}.png" for i in range(3)]
    for path in paths:
        Image.new("L", (8, 8)).save(path)
    with Study.open(tmp_path / "s.softcam") as study:
        a, b, _ = study.add_cases(paths)
        study.add_annotation(a, kind="point", points=[[1, 1]], label="", reader="x")
        gone = study.add_annotation(a, kind="point", points=[[2, 2]], label="", reader="x")
        study.add_annotation(b, kind="point", points=[[1, 1]], label="", reader="y")
        study.delete_annotation(gone)
        assert study.annotation_counts() == {a: 1, b: 1}
        assert study.annotation_counts("x") == {a: 1}
        assert study.annotation_counts("nobody") == {}
