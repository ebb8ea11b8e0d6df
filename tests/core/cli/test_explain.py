"""``softcam explain`` writes the maps that the library computes, and draws them."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import softcam_core
from softcam_core.imaging.preprocess import InputSpec, model_input
from softcam_core.imaging.read import read_image
from softcam_core.models.build import build_model
from softcam_core.models.checkpoint import save_model
from tests.core.cli.conftest import CLASSES


def names(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_npz_holds_the_maps_classes_and_logits(softcam, model, folder, tmp_path) -> None:
    out = tmp_path / "out"
    done = softcam(
        "explain", model, folder / "a.png", "--methods", "evidence,gradcam,cam", "--out", out
    )
    assert done.code == 0
    assert done.err == ""
    net = softcam_core.load_model(model)
    x, _ = model_input(read_image(folder / "a.png"), net.spec.input)
    with np.load(out / "a.npz", allow_pickle=False) as arrays:
        assert sorted(arrays) == ["cam", "classes", "evidence", "gradcam", "logits"]
        assert arrays["classes"].dtype.kind == "U"
        assert arrays["classes"].tolist() == CLASSES
        for method in ("evidence", "gradcam", "cam"):
            expected = softcam_core.attribute(net, x[None], method)[0].numpy()
            assert arrays[method].dtype == np.float32
            assert arrays[method] == pytest.approx(expected, abs=1e-6)
        assert arrays["evidence"].mean((1, 2)) == pytest.approx(arrays["logits"], abs=1e-5)


def test_an_overlay_per_method_and_class(softcam, model, folder, tmp_path) -> None:
    out = tmp_path / "out"
    done = softcam(
        *("explain", model, folder, "--methods", "evidence,gradcam"),
        *("--classes", "drusen/hard,healthy", "--out", out, "--json"),
    )
    assert done.code == 0, done.err
    stems = ["a", "deep/b", "deep/er/a"]
    assert names(out) == sorted(
        f"{stem}{end}"
        for stem in stems
        for end in (
            ".npz",
            "_evidence_drusen-hard.png",
            "_evidence_healthy.png",
            "_gradcam_drusen-hard.png",
            "_gradcam_healthy.png",
        )
    )
    with np.load(out / "a.npz", allow_pickle=False) as arrays:
        assert arrays["classes"].tolist() == ["drusen/hard", "healthy"]
        assert arrays["evidence"].mean((1, 2)) == pytest.approx(arrays["logits"], abs=1e-5)
    assert [Path(line["npz"]) for line in done.lines] == [out / f"{stem}.npz" for stem in stems]
    assert all(Path(p).is_file() for line in done.lines for p in line["overlays"])
    with Image.open(out / "deep/er/a_evidence_healthy.png") as picture:
        assert picture.size == (47, 33)
        drawn = np.asarray(picture.convert("RGB")).astype(int)
    plain = np.asarray(Image.open(folder / "deep/er/a.png").convert("RGB"))
    different = (drawn != plain).any(axis=(0, 2))
    # The model sees the centred crop of aspect 2:3, columns 12 to 34 of 47.
    assert different[13:33].any()
    assert not different[:12].any()
    assert not different[34:].any()


def test_limits_are_the_models_own_or_common_to_the_run(
    softcam, model, folder, tmp_path, monkeypatch
) -> None:
    seen: list[float] = []

    def spy(display, size, region, values, limit):
        seen.append(limit)
        return np.zeros((*display.shape[:2], 3), np.uint8)

    monkeypatch.setattr("softcam_core.explain.overlay.draw_overlay", spy)
    softcam("explain", model, folder, "--out", tmp_path / "one")
    values = [np.abs(np.load(p)["evidence"]).ravel() for p in (tmp_path / "one").rglob("*.npz")]
    assert seen == pytest.approx([np.percentile(np.concatenate(values), 99.5)] * 9, rel=1e-6)
    seen.clear()
    net = softcam_core.load_model(model)
    net.spec = dataclasses.replace(net.spec, map_limits={"evidence": 12.5})
    softcam_core.save_model(net, model)
    softcam("explain", model, folder, "--out", tmp_path / "two")
    assert set(seen) == {12.5}


def test_by_default_evidence_or_gradcam_of_all_classes(
    softcam, model, black_box, folder, tmp_path
) -> None:
    for file, method in ((model, "evidence"), (black_box, "gradcam")):
        done = softcam("explain", file, folder / "a.png", "--out", tmp_path / method)
        assert done.code == 0
        with np.load(tmp_path / method / "a.npz", allow_pickle=False) as arrays:
            assert arrays[method].shape == (3, 3, 2)


def test_images_of_one_name_get_results_of_different_names(
    softcam, model, folder, tmp_path
) -> None:
    Image.fromarray(np.zeros((20, 20), np.uint8)).save(folder / "a.jpg")
    Image.fromarray(np.zeros((20, 20), np.uint8)).save(folder / "A.bmp")
    out = tmp_path / "out"
    paths = [folder / "a.jpg", folder / "a.png", folder / "A.bmp", folder / "deep/er/a.png"]
    assert softcam("explain", model, *paths, "--out", out).code == 0
    assert [n for n in names(out) if n.endswith("npz")] == [
        "A_bmp.npz",
        "a.npz",
        "a_2.npz",
        "a_png.npz",
    ]
    assert len(names(out)) == 4 * 4


def test_results_inside_the_folder_are_not_explained_again(softcam, model, folder) -> None:
    out = folder / "maps"
    first = softcam("explain", model, folder, "--out", out, "--json")
    again = softcam("explain", model, folder, "--out", out, "--json")
    assert [line["path"] for line in first.lines] == [line["path"] for line in again.lines]


def test_a_failed_file_does_not_stop_the_others(softcam, model, folder, tmp_path) -> None:
    (folder / "a0.png").write_bytes(b"no image")
    done = softcam("explain", model, folder, "--out", tmp_path / "out", "--json")
    assert done.code == 1
    assert [Path(line["path"]).name for line in done.lines if "error" in line] == ["a0.png"]
    assert len(list((tmp_path / "out").rglob("*.npz"))) == 3
    assert "a0.png" in done.err
    assert len(done.err.splitlines()) == 1


def test_an_image_that_goes_away_is_a_failed_file(
    softcam, model, folder, tmp_path, monkeypatch
) -> None:
    from softcam_core.explain import attribution

    computed = attribution.attribution

    def then_gone(*args: object, **options: object) -> attribution.Attribution:
        (folder / "a.png").unlink(missing_ok=True)
        return computed(*args, **options)

    monkeypatch.setattr(attribution, "attribution", then_gone)
    done = softcam("explain", model, folder, "--out", tmp_path / "out", "--json")
    assert done.code == 1
    assert ["error" in line for line in done.lines] == [True, False, False]
    assert len(done.err.splitlines()) == 1
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (["--methods", "evidence"], 1, "needs a SoftCAM model"),
        (["--methods", "lime"], 2, "lime"),
        (["--classes", "cataract"], 2, "cataract"),
    ],
)
def test_what_the_model_does_not_have_is_said_before_any_file(
    softcam, black_box, folder, tmp_path, options: list[str], code: int, words: str
) -> None:
    done = softcam("explain", black_box, folder, "--out", tmp_path / "out", *options)
    assert done.code == code
    assert words in done.err
    assert not list(tmp_path.glob("out/*"))


def test_a_folder_that_cannot_be_made_is_one_sentence(softcam, model, folder, tmp_path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = softcam("explain", model, folder, "--out", tmp_path / "file")
    assert done.code == 1
    assert len(done.err.splitlines()) == 1
    assert "choose another" in done.err


@pytest.mark.parametrize(("asked", "count"), [("predicted", 1), ("top2", 2), ("top9", 3)])
def test_the_most_probable_classes_of_each_image(
    softcam, model, folder, tmp_path, asked: str, count: int
) -> None:
    out = tmp_path / "out"
    done = softcam("explain", model, folder, "--out", out, "--classes", asked, "--json")
    assert done.code == 0, done.err
    for line in done.lines:
        with np.load(line["npz"]) as arrays:
            assert arrays["classes"][0] == line["predicted"]
            assert len(arrays["classes"]) == len(arrays["evidence"]) == count
            assert list(arrays["logits"]) == sorted(arrays["logits"], reverse=True)
        assert len(line["overlays"]) == count


def test_many_classes_are_warned_of_and_a_long_name_makes_a_file(softcam, folder, tmp_path) -> None:
    classes = ["ö" * 150, *(f"class {n}" for n in range(250))]
    path = tmp_path / "many.safetensors"
    save_model(build_model("squeezenet1_1", classes, input=InputSpec(size=(64, 64))), path)
    image = next(p for p in sorted(folder.rglob("*")) if p.suffix == ".png")
    done = softcam("explain", path, image, "--out", tmp_path / "a")
    assert done.code == 0, done.err
    assert "251 maps of each image" in done.err
    assert len(list((tmp_path / "a").glob("*.png"))) == 251
    wrong = softcam("explain", path, image, "--out", tmp_path / "b", "--classes", "cat")
    assert wrong.code == 2
    assert "class 240" not in wrong.err
