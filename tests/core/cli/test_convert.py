"""``softcam convert`` writes a model file, says how exact it is, and loses nothing."""

from pathlib import Path

import pytest
import torch

from softcam_core.models.backbones import torchvision_classifier
from softcam_core.models.checkpoint import load_model
from softcam_core.models.header import model_id, read_spec

ARCH = "shufflenet_v2_x0_5"


@pytest.fixture
def checkpoint(tmp_path: Path) -> Path:
    torch.manual_seed(0)
    path = tmp_path / "run.ckpt"
    torch.save({"state_dict": torchvision_classifier(ARCH, 3).state_dict(), "epoch": 3}, path)
    return path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out.safetensors"


@pytest.fixture
def convert(softcam, checkpoint: Path, out: Path):
    def run(*more: object, arch: str = ARCH, classes: object = "a,b,c", out: Path = out):
        given = ("--arch", arch, "--classes", classes, "--out", out, *more)
        return softcam("convert", checkpoint, *given)

    return run


def test_the_file_is_a_model_and_the_report_says_exact(convert, out: Path) -> None:
    done = convert()
    assert done.code == 0, done.err
    first, second, *_ = done.out.splitlines()
    assert first.startswith("exact: ")
    assert second.startswith("largest logit difference: ")
    assert str(out) in done.out
    model = load_model(out)
    assert model.spec.classes == ("a", "b", "c")
    assert model.spec.input.size == (224, 224)
    assert "exact" in model.spec.card["conversion"]


def test_an_approximate_conversion_says_so(softcam, tmp_path: Path, out: Path) -> None:
    torch.save(torchvision_classifier("mobilenet_v3_small", 2).state_dict(), tmp_path / "m.pth")
    done = softcam(
        *("convert", tmp_path / "m.pth", "--arch", "mobilenet_v3_small"),
        *("--classes", "a,b", "--out", out, "--json"),
    )
    assert done.code == 0, done.err
    (line,) = done.lines
    assert line["exact"] is False
    assert line["max_abs_difference"] > 0
    assert "approximate" in read_spec(out).card["conversion"]
    assert "approximate" in read_spec(out).card["limits"]


def test_json_is_one_object_with_the_facts(convert, out: Path, folder: Path) -> None:
    done = convert("--json", "--images", folder)
    assert done.code == 0, done.err
    (line,) = done.lines
    assert line["exact"] is True
    assert line["layout"] == "torchvision"
    assert line["classes"] == ["a", "b", "c"]
    assert line["images"] == 3
    assert 0 <= line["max_abs_difference"] < 1e-4
    assert 0 <= line["real_max_abs_difference"] < 1e-4
    assert line["model_id"] == model_id(out)


def test_the_options_are_in_the_file(convert, out: Path) -> None:
    done = convert(
        *("--input-size", 96, "--geometry", "crop", "--mean", ".4,.3,.2", "--std", ".25"),
        *("--colour", "grey", "--fundus-crop", "--modality", "fundus", "--title", "Mine"),
        *("--card", "licence=CC BY 4.0", "--card", "limits=a=b"),
    )
    assert done.code == 0, done.err
    spec = read_spec(out)
    assert spec.input.size == (96, 96)
    assert (spec.input.geometry, spec.input.colour, spec.input.fundus_crop) == (
        "crop",
        "grey",
        True,
    )
    assert spec.input.mean == (0.4, 0.3, 0.2)
    assert spec.input.std == (0.25, 0.25, 0.25)
    assert (spec.modality, spec.title) == ("fundus", "Mine")
    assert (spec.card["licence"], spec.card["limits"]) == ("CC BY 4.0", "a=b")


@pytest.mark.parametrize("size", [1, 15, 4097, 99999999, -1])
def test_an_input_of_no_sense_is_wrong_usage(convert, out: Path, size: int) -> None:
    done = convert("--input-size", size)
    assert done.code == 2
    assert "16 to 4096" in done.err
    assert not out.exists()


def test_class_names_with_commas_come_from_a_file(convert, out: Path, tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("\ufefftench, Tinca tinca\n\ngoldfish\n  great white shark \n", "utf-8")
    assert convert(classes=names).code == 0
    assert read_spec(out).classes == ("tench, Tinca tinca", "goldfish", "great white shark")


def test_a_note_goes_to_stderr(softcam, tmp_path: Path, out: Path) -> None:
    state = torchvision_classifier(ARCH, 2).state_dict()
    average = {name: tensor + 1 for name, tensor in state.items()}
    torch.save({"model": state, "ema": average}, tmp_path / "two.pth")
    done = softcam(
        *("convert", tmp_path / "two.pth", "--arch", ARCH, "--classes", "a,b", "--out", out),
        "--json",
    )
    assert done.code == 0
    assert "'ema.'" in done.err
    assert done.lines[0]["notes"]


@pytest.mark.parametrize("spoil", ["nan", "sparse"])
def test_weights_that_no_network_has_leave_no_file(
    softcam, tmp_path: Path, out: Path, spoil: str
) -> None:
    state = torchvision_classifier(ARCH, 2).state_dict()
    weight = state["fc.weight"]
    state["fc.weight"] = weight * torch.nan if spoil == "nan" else weight.to_sparse()
    torch.save(state, tmp_path / "odd.pth")
    done = softcam(
        *("convert", tmp_path / "odd.pth", "--arch", ARCH, "--classes", "a,b", "--out", out)
    )
    assert done.code == 1
    (line,) = done.err.splitlines()
    assert "odd.pth" in line
    assert "fc.weight" in line
    assert not out.exists()


def test_an_existing_file_is_never_lost(convert, checkpoint: Path, out: Path) -> None:
    out.write_bytes(b"a model that took a week")
    done = convert()
    assert done.code == 1
    assert "exists" in done.err
    assert "--overwrite" in done.err
    assert out.read_bytes() == b"a model that took a week"
    assert convert("--overwrite").code == 0
    load_model(out)
    link = out.with_name("link.safetensors")
    link.hardlink_to(checkpoint)
    before = checkpoint.read_bytes()
    done = convert("--overwrite", out=link)
    assert done.code == 1
    assert "checkpoint itself" in done.err
    assert checkpoint.read_bytes() == before


MISTAKES = {
    "classes": (("--json",), {"classes": "a,b"}, "have 3 outputs, but 2 classes are named (a, b)"),
    "no class": ((), {"classes": "a,,b"}, "an empty name"),
    "class twice": ((), {"classes": "a,b,a"}, "name 'a' twice"),
    "no class file": ((), {"classes": "names.txt"}, "names.txt does not exist"),
    "arch": ((), {"arch": "resnet5"}, "'resnet5' is not known"),
    "other arch": ((), {"arch": "resnet18"}, "they fit shufflenet_v2_x0_5"),
    "option": (("--option", "colour=red"), {}, "'colour' is not known"),
    "small": (("--input-size", "40"), {"arch": "densenet121"}, "do not fit densenet121"),
    "std": (("--std", "0"), {}, "not above 0"),
    "images": (("--images", "nowhere"), {}, "None of the images"),
    "part": (("--part", "ema"), {}, "no part 'ema'"),
    "no folder": ((), {"out": Path("/no/such/folder/x.safetensors")}, "does not exist; make it"),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_is_one_line_and_no_file(convert, out: Path, case: str) -> None:
    more, changed, words = MISTAKES[case]
    done = convert(*more, **changed)
    assert done.code == 1
    assert done.out == ""
    assert words in done.err.splitlines()[-1]
    assert "Traceback" not in done.err
    assert len(done.err.splitlines()) == (2 if case == "images" else 1)
    assert not out.exists()


@pytest.mark.parametrize(
    "more",
    [
        ("--geometry", "stretch"),
        ("--mean", "a,b,c"),
        ("--mean", "1,2"),
        ("--std", "nan"),
        ("--colour", "blue"),
        ("--modality", "mri"),
        ("--card", "colour=x"),
        ("--card", "title"),
        ("--option", "x"),
        ("--input-size", "-1"),
    ],
)
def test_wrong_usage_is_exit_2(convert, out: Path, more: tuple[str, str]) -> None:
    done = convert(*more)
    assert done.code == 2
    assert not out.exists()
    assert convert(out=out.with_suffix(".pth")).code == 2


def test_a_softcam_model_needs_no_conversion(softcam, model: Path, out: Path) -> None:
    done = softcam("convert", model, "--arch", ARCH, "--classes", "a,b,c", "--out", out)
    assert done.code == 1
    assert "already is a SoftCAM model" in done.err


def test_a_black_box_of_ours_is_converted(softcam, black_box: Path, out: Path) -> None:
    done = softcam("convert", black_box, "--arch", ARCH, "--classes", "a,b,c", "--out", out)
    assert done.code == 0, done.err
    x = torch.randn(1, 3, 96, 64)
    with torch.no_grad():
        expected = load_model(black_box)(x).logits
        assert torch.allclose(load_model(out)(x).logits, expected, atol=1e-4)


@pytest.mark.parametrize("kind", ["missing", "empty", "html", "folder", "network"])
def test_a_bad_checkpoint_is_one_line(softcam, tmp_path: Path, out: Path, kind: str) -> None:
    path = tmp_path / "bad.pth"
    if kind == "folder":
        path.mkdir()
    elif kind == "network":
        torch.save(torch.nn.Linear(1, 1), path)
    elif kind != "missing":
        path.write_text("<html>" if kind == "html" else "")
    done = softcam("convert", path, "--arch", ARCH, "--classes", "a,b", "--out", out)
    assert done.code == 1
    (line,) = done.err.splitlines()
    assert "bad.pth" in line
    assert not out.exists()
