"""One test per sentence of the public contract.

A sentence whose part of the program is not built yet is marked as a strict expected failure with
the name of that part: the mark must go when the part comes.
"""

import csv
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import softcam_core
from tests.core.training.conftest import make_toy
from tests.programs import ROOT, run

CLASSES = ["healthy", "disease"]


def picture(path: Path) -> np.ndarray:
    with Image.open(path) as opened:
        return np.asarray(opened.convert("RGB"))


@pytest.fixture(scope="module")
def model():
    import torch

    torch.manual_seed(0)
    return softcam_core.build_model("resnet18", classes=CLASSES, head="softcam").eval()


@pytest.fixture(scope="module")
def batch():
    import torch

    return torch.randn(2, 3, 96, 64, generator=torch.Generator().manual_seed(1))


@pytest.fixture
def photograph(tmp_path: Path) -> Path:
    pixels = np.random.default_rng(0).integers(0, 255, (60, 80, 3), np.uint8)
    path = tmp_path / "photos" / "eye.png"
    path.parent.mkdir()
    Image.fromarray(pixels).save(path)
    return path


@pytest.fixture
def study(tmp_path: Path, photograph: Path):
    opened = softcam_core.Study.open(tmp_path / "own.softcam")
    yield opened
    opened.close()


# softcam-viewer


def test_paths_are_image_files_or_folders(viewer, photograph, tmp_path):
    for path in (photograph, photograph.parent):
        out = tmp_path / f"{path.name}.shot.png"
        assert viewer(path, "--screenshot", out, "--size", "800x600").code == 0
        assert picture(out).shape[:2] == (600, 800)


def test_models_may_be_repeated_and_the_first_predicts(viewer, demo, tmp_path):
    models = sorted((demo / "models").glob("*.safetensors"))
    out = tmp_path / "two.png"
    args = [x for m in models[:2] for x in ("--model", m)]
    assert viewer(demo / "images", *args, "--screenshot", out).code == 0
    assert out.is_file()


def test_demo_shows_the_bundled_study(viewer, tmp_path):
    out = tmp_path / "demo.png"
    done = viewer("--demo", "--screenshot", out)
    assert done.code == 0, done.err
    assert len(np.unique(picture(out))) > 50


def test_self_test_prints_a_line_per_step_and_keeps_its_files(viewer, tmp_path):
    keep = tmp_path / "keep"
    done = viewer("--self-test", "--keep", keep)
    assert done.code == 0, done.out + done.err
    facts = json.loads((keep / "result.json").read_text())
    assert set(facts) == {"image", "class", "box", "activation_precision"}
    last = done.out.strip().splitlines()[-1]
    assert f"{facts['activation_precision']:.6f}" in last
    assert (keep / "screenshot.png").is_file()
    kept = softcam_core.Study.open(keep / "study.softcam")
    shapes = [a for c in kept.cases() for a in kept.annotations(c.id)]
    kept.close()
    assert [s.kind for s in shapes] == ["box"]
    assert np.ravel(shapes[0].points) == pytest.approx(facts["box"])


def test_self_test_precision_is_the_evidence_inside_the_box(viewer, tmp_path):
    """The printed number, computed again from the model file and the image alone."""
    import torch

    from softcam_core import metrics
    from softcam_core.demo import demo_models
    from softcam_core.imaging.preprocess import model_input
    from softcam_core.imaging.read import read_image

    keep = tmp_path / "keep"
    assert viewer("--self-test", "--keep", keep).code == 0
    facts = json.loads((keep / "result.json").read_text())
    net = softcam_core.load_model(demo_models()[0])
    image = read_image(facts["image"])
    x, region = model_input(image, net.spec.input)
    with torch.no_grad():
        out = net(torch.from_numpy(x)[None])
    index = net.spec.classes.index(facts["class"])
    height, width = image.pixels.shape[:2]
    xs, ys = np.arange(width) + 0.5, np.arange(height) + 0.5
    x0, y0, x1, y1 = facts["box"]
    mask = ((ys >= y0) & (ys < y1))[:, None] & ((xs >= x0) & (xs < x1))[None]
    value = metrics.activation_precision(out.evidence[:, index], region.cut(mask)[None])
    assert float(value[0]) == pytest.approx(facts["activation_precision"], abs=1e-4)


def test_screenshot_applies_method_class_and_opacity(viewer, demo, tmp_path):
    pictures = []
    for opacity in (0, 100):
        out = tmp_path / f"{opacity}.png"
        done = viewer("--demo", "--method", "evidence", "--opacity", opacity, "--screenshot", out)
        assert done.code == 0, done.err
        pictures.append(picture(out).astype(int))
    assert np.abs(pictures[0] - pictures[1]).max() > 60


def test_screenshot_refuses_a_class_that_is_not_there(viewer, tmp_path):
    done = viewer("--demo", "--class", "no such class", "--screenshot", tmp_path / "x.png")
    assert done.code == 2
    assert "no such class" in done.err
    assert len(done.err.strip().splitlines()) == 1


def test_no_display_is_one_line_and_exit_2():
    env = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    env.pop("QT_QPA_PLATFORM", None)
    done = subprocess.run(
        [sys.executable, "-m", "app"], capture_output=True, text=True, env=env, cwd=ROOT, timeout=60
    )
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "display" in done.stderr


@pytest.mark.parametrize(
    "args",
    [
        ["/no/such/folder"],
        ["--opacity", "300"],
        ["--size", "big"],
        ["--device", "gpu"],
        ["--bad"],
        ["--method", "nonsense"],
    ],
)
def test_a_users_mistake_is_never_a_traceback(viewer, args):
    done = viewer(*args)
    assert done.code == 2
    assert "Traceback" not in done.err
    assert done.err.strip()


# softcam


def test_help_names_every_command_of_this_version(softcam):
    text = softcam("--help").out
    for command in ("doctor", "demo", "predict", "explain", "convert", "train"):
        assert command in text


def test_wrong_usage_is_exit_2(softcam):
    assert softcam("predict").code == 2
    assert softcam("nonsense").code == 2


def test_doctor_names_versions_device_and_formats(softcam):
    done = softcam("doctor", "--json")
    assert done.code == 0, done.err
    text = json.dumps(done.lines).lower()
    for word in ("torch", "device", "dicom", "safetensors", "torchvision"):
        assert word in text


def test_demo_writes_images_labels_masks_and_models(demo):
    labels = (demo / "labels.csv").read_text("utf-8").splitlines()
    header = labels[0].split(",")
    assert {"path", "label"} <= set(header)
    assert len(labels) - 1 >= 30
    for line in labels[1:]:
        assert (demo / line.split(",")[0]).is_file()
    assert list((demo / "models").glob("*.safetensors"))
    assert list((demo / "masks").rglob("*.png"))


def test_predict_gives_one_json_object_per_image_and_nothing_else(softcam, demo, demo_model):
    images = sorted((demo / "images").rglob("*fundus*"))[:2]
    done = softcam("predict", demo_model, *images, "--json")
    assert done.code == 0, done.err
    assert len(done.lines) == 2
    for line in done.lines:
        assert set(line) == {"path", "predicted", "probabilities", "logits", "evidence_shape"}
        assert sum(line["probabilities"].values()) == pytest.approx(1, abs=1e-6)
        assert line["predicted"] == max(line["logits"], key=line["logits"].get)
        assert line["evidence_shape"][0] == len(line["logits"])


def test_predict_of_a_black_box_has_no_evidence(softcam, demo):
    black = next(p for p in (demo / "models").glob("*.safetensors") if "black" in p.name)
    image = next((demo / "images").rglob("*fundus*"))
    assert softcam("predict", black, image, "--json").lines[0]["evidence_shape"] is None


def test_predict_searches_a_folder_recursively(softcam, demo, demo_model, tmp_path):
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    image = next((demo / "images").rglob("*fundus*"))
    (deep / image.name).write_bytes(image.read_bytes())
    lines = softcam("predict", demo_model, tmp_path / "a", "--json").lines
    assert [Path(line["path"]).name for line in lines] == [image.name]


def test_one_failed_file_does_not_stop_the_others(softcam, demo, demo_model, tmp_path):
    good = next((demo / "images").rglob("*fundus*"))
    (tmp_path / f"z{good.suffix}").write_bytes(good.read_bytes())
    (tmp_path / "a.png").write_bytes(b"not an image")
    done = softcam("predict", demo_model, tmp_path, "--json")
    assert done.code == 1
    bad, fine = done.lines
    assert set(bad) == {"path", "error"}
    assert fine["predicted"]
    assert "a.png" in done.err
    assert "Traceback" not in done.err


def test_explain_writes_one_npz_and_an_overlay_per_method_and_class(
    softcam, demo, demo_model, tmp_path
):
    image = next((demo / "images").rglob("*fundus*"))
    out = tmp_path / "maps"
    done = softcam(
        "explain",
        demo_model,
        image,
        "--methods",
        "evidence,gradcam",
        "--classes",
        "all",
        "--out",
        out,
    )
    assert done.code == 0, done.err
    (npz,) = out.rglob("*.npz")
    with np.load(npz, allow_pickle=False) as arrays:
        classes = list(arrays["classes"])
        assert arrays["classes"].dtype.kind == "U"
        assert arrays["evidence"].shape[0] == arrays["gradcam"].shape[0] == len(classes)
        assert arrays["evidence"].mean((1, 2)) == pytest.approx(arrays["logits"], abs=1e-4)
    assert len(list(out.rglob("*.png"))) == 2 * len(classes)


def test_convert_turns_a_torchvision_checkpoint_into_a_softcam(softcam, tmp_path):
    import torch
    import torchvision

    net = torchvision.models.resnet18(num_classes=2).eval()
    checkpoint = tmp_path / "net.pth"
    torch.save(net.state_dict(), checkpoint)
    out = tmp_path / "net.safetensors"
    done = softcam("convert", checkpoint, "--arch", "resnet18", "--classes", "a,b", "--out", out)
    assert done.code == 0, done.err
    assert "exact" in done.out
    assert "logit difference" in done.out
    model = softcam_core.load_model(out)
    x = torch.randn(2, 3, 96, 64)
    with torch.no_grad():
        assert torch.allclose(model(x).logits, net(x), atol=1e-4)
    assert model.spec.classes == ("a", "b")


def test_convert_takes_a_checkpoint_in_the_authors_layout(softcam, tmp_path):
    import torch
    import torchvision

    children = list(torchvision.models.resnet18(num_classes=2).children())[:-2]
    backbone, classifier = torch.nn.Sequential(*children), torch.nn.Conv2d(512, 3, 1)
    state = {f"backbone.{name}": tensor for name, tensor in backbone.state_dict().items()}
    state |= {f"classifier.{name}": tensor for name, tensor in classifier.state_dict().items()}
    torch.save(state, tmp_path / "best_validation_weights_acc.pt")
    out = tmp_path / "net.safetensors"
    args = (tmp_path / "best_validation_weights_acc.pt", "--arch", "resnet18", "--out", out)
    done = softcam("convert", *args, "--classes", "a,b,c", "--json")
    assert done.code == 0, done.err
    (line,) = done.lines
    assert line["exact"]
    assert line["max_abs_difference"] <= 1e-4
    x = torch.randn(1, 3, 96, 96)
    with torch.no_grad():
        evidence = classifier(backbone.eval()(x))
        assert torch.allclose(softcam_core.load_model(out)(x).evidence, evidence, atol=1e-4)


def test_sweep_writes_its_plot_and_csv(softcam, tmp_path):
    table = make_toy(tmp_path / "toy")
    config = tmp_path / "c.toml"
    config.write_text(
        f"[data]\ncsv = '{table}'\nimage_size = 32\n[model]\narch = 'squeezenet1_1'\n"
        "[train]\nepochs = 1\ndevice = 'cpu'\n[sweep]\nl1 = [1e-4]\n"
    )
    assert "lambda" in softcam("sweep", "--help").out.lower()
    done = softcam("sweep", config, "--json", cwd=tmp_path)
    assert done.code == 0, done.err
    last = done.lines[-1]
    assert (tmp_path / last["plot"]).read_bytes()[:4] == b"\x89PNG"
    assert (tmp_path / last["csv"]).read_text().startswith("arch,penalty,value,seed,accuracy,auc")
    assert last["chosen"] in (0, 1e-4)
    assert softcam("sweep", config, "--resume", cwd=tmp_path).code == 0
    config.write_text("[data]\ncsv = 'x.csv'\n[sweep]\nlambdas = [1]\n")
    wrong = softcam("sweep", config, cwd=tmp_path)
    assert (wrong.code, "unknown key sweep.lambdas" in wrong.err) == (1, True)


# softcam evaluate


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory):
    """Two small models, six images, a table of them and what ``softcam evaluate`` made of it."""
    import torch

    from softcam_core.imaging.preprocess import InputSpec

    folder = tmp_path_factory.mktemp("evaluation")
    rng = np.random.default_rng(0)
    for part in ("data/images", "data/masks"):
        (folder / part).mkdir(parents=True)
    rows = ["path,label,patient,split,mask,boxes"]
    for n in range(6):
        Image.fromarray(rng.integers(0, 255, (60, 80), np.uint8)).save(
            folder / f"data/images/{n}.png"
        )
        mask = np.zeros((60, 80), np.uint8)
        mask[10 : 30 + n, 20:50] = 255
        Image.fromarray(mask).save(folder / f"data/masks/{n}.png")
        drawn = f"masks/{n}.png," if n % 3 == 1 else ',"[[20, 10, 50, 30]]"' if n % 3 else ","
        split = "test" if n else "train"
        rows.append(f"images/{n}.png,{CLASSES[n % 2]},p{n // 2},{split},{drawn}")
    table = folder / "data/labels.csv"
    table.write_text("\n".join(rows))
    models = []
    for seed, head in enumerate(("softcam", "blackbox")):
        torch.manual_seed(seed)
        net = softcam_core.build_model(
            "shufflenet_v2_x0_5", classes=CLASSES, head=head, input=InputSpec(size=(64, 64))
        )
        models.append(folder / f"{head}.safetensors")
        softcam_core.save_model(net, models[-1])
    args = ("--methods", "evidence,gradcam,layercam", "--metrics", EVALUATED, "--device", "cpu")
    command = ("evaluate", *models, "--data", table, *args)
    out = folder / "out"
    done = run("softcam_core.cli", *command, "--out", out, "--json", cwd=folder)
    return done, out, command


EVALUATED = "accuracy,auc,activation_precision,max_box_acc,audc"
QUICK = ("--resamples", "100", "--no-examples", "--no-baselines", "--device", "cpu")


def table_rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def test_evaluate_computes_every_metric_for_every_model_and_method(evaluation):
    done, out, _ = evaluation
    assert done.code == 0, done.err
    rows = table_rows(out / "results.csv")
    found = {(row["model"], row["method"], row["metric"]) for row in rows}
    for model, methods in (
        ("softcam", ("evidence", "gradcam", "layercam")),
        ("blackbox", ("gradcam", "layercam")),  # a black box has no evidence
    ):
        for metric in ("activation_precision", "max_box_acc", "audc"):
            assert {(model, method, metric) for method in methods} <= found
        for metric in ("accuracy", "auc"):
            assert (model, "-", metric) in found


def test_evaluate_writes_results_with_these_columns(evaluation):
    _, out, _ = evaluation
    header = (out / "results.csv").read_text(encoding="utf-8").splitlines()[0]
    assert header == "model,method,metric,value,ci_low,ci_high,n,undefined"
    classification = {
        row["method"]
        for row in table_rows(out / "results.csv")
        if row["metric"] in ("accuracy", "auc")
    }
    assert classification == {"-"}


def test_evaluate_writes_csv_json_and_a_self_contained_report_with_plots(evaluation):
    _, out, _ = evaluation
    assert "results" in json.loads((out / "results.json").read_text(encoding="utf-8"))
    per_image = table_rows(out / "per_image.csv")
    # The rows of the split test alone.
    assert {row["image"] for row in per_image} == {f"images/{n}.png" for n in range(1, 6)}
    report = (out / "report.html").read_text(encoding="utf-8")
    assert "<svg" in report
    # Nothing is fetched, neither from the net nor from files beside it.
    assert not re.findall(r"""(?:src|href)=["'](?!data:|#)[^"']*""", report)
    assert "@import" not in report
    assert not re.findall(r"url\((?!['\"]?(?:data:|#))", report)


def test_evaluate_prints_a_json_object_per_result_and_nothing_else(evaluation):
    done, out, _ = evaluation
    rows = table_rows(out / "results.csv")
    assert len(done.lines) == len(rows)
    for line, row in zip(done.lines, rows, strict=True):
        assert list(line) == list(row)
        assert line["metric"] == row["metric"]
        if row["value"]:
            assert line["value"] == float(row["value"])
        else:
            assert line["value"] is None
        assert isinstance(line["n"], int)


def test_evaluate_resumes(softcam, evaluation):
    _, out, command = evaluation
    before = (out / "results.csv").read_bytes()
    (out / "results.csv").unlink()
    done = softcam(*command, "--out", out, "--resume", cwd=out.parent)
    assert done.code == 0, done.err
    assert (out / "results.csv").read_bytes() == before


def test_evaluate_needs_a_reader_where_there_are_several(softcam, evaluation, study, photograph):
    _, out, command = evaluation
    case = study.add_case(photograph)
    for reader in ("anna", "ben"):
        study.add_annotation(
            case, kind="box", points=[[10, 5], [30, 25]], label="MA", reader=reader
        )
    args = (
        *(*command[:2], "--data", study.path, "--metrics", "pointing_game"),
        *("--out", out.parent / "read", *QUICK),
    )
    done = softcam(*args)
    assert done.code == 1
    assert "anna" in done.err
    assert "ben" in done.err
    for reader in ("anna", "union"):
        done = softcam(*args, "--reader", reader, "--overwrite", "--json")
        assert done.code == 0, done.err
        assert {line["n"] for line in done.lines} == {1}


def test_evaluate_goes_on_after_a_failed_file_and_exits_1(softcam, evaluation, tmp_path):
    _, out, command = evaluation
    data = shutil.copytree(out.parent / "data", tmp_path / "data")
    (data / "images/3.png").unlink()
    args = (*command[:2], "--data", data / "labels.csv", "--metrics", "accuracy")
    done = softcam(*args, "--out", tmp_path / "out", "--json", *QUICK)
    assert done.code == 1
    assert "labels.csv, row 5" in done.err
    assert [line["n"] for line in done.lines if line["metric"] == "accuracy"] == [4]


def test_evaluate_used_wrongly_exits_2(softcam, evaluation, tmp_path):
    _, _, command = evaluation
    assert softcam("evaluate").code == 2
    data = command[command.index("--data") : command.index("--data") + 2]
    done = softcam(*command[:2], *data, "--out", tmp_path / "out", "--metrics", "nonsense")
    assert done.code == 2
    assert "nonsense" in done.err
    assert not (tmp_path / "out").exists()


# softcam annotations


@pytest.fixture
def marked(study, photograph):
    """A study of one photograph, 80 x 60 pixels, with a box, an ellipse and a point."""
    case = study.add_case(photograph)
    for kind, points in (
        ("box", [[10, 5], [30, 25]]),
        ("ellipse", [[40, 30], [20, 10]]),
        ("polygon", [[50, 40], [70, 42], [60, 55]]),
    ):
        study.add_annotation(case, kind=kind, points=points, label="MA", reader="reader-1")
    return study


PLAIN_FORMATS = ("coco", "voc", "yolo", "yolo-seg", "labelme", "rsna-csv", "geojson", "masks")


@pytest.mark.parametrize("name", PLAIN_FORMATS)
def test_annotations_export_writes_every_format(softcam, marked, tmp_path, name):
    done = softcam("annotations", "export", marked.path, "--format", name, "--out", tmp_path / "o")
    assert done.code == 0, done.err
    assert [path for path in (tmp_path / "o").rglob("*") if path.is_file()]


def test_dicom_formats_are_known(softcam):
    text = softcam("annotations", "export", "--help", COLUMNS="200").out
    for name in (*PLAIN_FORMATS, "dicom-seg", "dicom-sr"):
        assert name in text


def test_box_formats_write_any_shapes_enclosing_box(softcam, marked, tmp_path):
    softcam("annotations", "export", marked.path, "--format", "rsna-csv", "--out", tmp_path)
    rows = (tmp_path / "annotations.csv").read_text().splitlines()
    boxes = [[float(value) for value in row.split(",")[1:5]] for row in rows[1:]]
    assert boxes == [[10, 5, 20, 20], [20, 20, 40, 20], [50, 40, 20, 15]]


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("coco", "annotations.json"),
        ("geojson", "annotations.json"),
        ("rsna-csv", "annotations.csv"),
    ],
)
def test_single_file_formats_write_annotations(softcam, marked, tmp_path, name, file):
    softcam("annotations", "export", marked.path, "--format", name, "--out", tmp_path / "o")
    assert [path.name for path in (tmp_path / "o").iterdir()] == [file]


def test_what_a_format_cannot_hold_goes_to_stderr(softcam, marked, tmp_path):
    asked = ("annotations", "export", marked.path, "--format", "voc", "--out", tmp_path / "o")
    done = softcam(*asked, "--json")
    assert done.code == 0
    assert "1 x ellipse written as its enclosing box (image eye.png)" in done.err
    (line,) = done.lines
    assert line["annotations"] == 3


def annotations_json(folder: Path, *names: str) -> Path:
    """A COCO file with one box in each image of these names."""
    file = folder / "in.json"
    content = {
        "images": [{"id": i, "file_name": name} for i, name in enumerate(names)],
        "annotations": [
            {"image_id": i, "category_id": 1, "bbox": [i, 2, 3, 4]} for i in range(len(names))
        ],
        "categories": [{"id": 1, "name": "HE"}],
    }
    file.write_text(json.dumps(content))
    return file


def test_annotations_import_takes_a_file_or_a_folder(softcam, study, photograph, tmp_path):
    case = study.add_case(photograph)
    file = annotations_json(tmp_path, "eye.png")
    asked = ("annotations", "import", study.path)
    assert softcam(*asked, file, "--format", "coco", "--reader", "file").code == 0
    (tmp_path / "in").mkdir()
    file.rename(tmp_path / "in" / "annotations.json")
    assert softcam(*asked, tmp_path / "in", "--format", "coco", "--reader", "folder").code == 0
    assert [a.reader for a in study.annotations(case)] == ["file", "folder"]


@pytest.mark.parametrize(
    ("name", "chosen"),
    [("left/eye.png", "left/eye.png"), ("x/fovea.png", "right/fovea.png"), ("fovea", None)],
)
def test_images_match_by_path_else_name_else_stem(softcam, study, tmp_path, name, chosen):
    for place in ("left/eye.png", "right/eye.png", "right/fovea.png"):
        path = tmp_path / "photos" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("L", (80, 60)).save(path)
        study.add_case(path)
    file = annotations_json(tmp_path, name)
    done = softcam("annotations", "import", study.path, file, "--format", "coco")
    assert done.code == 0, done.err
    (record,) = study.annotations()
    expected = tmp_path / "photos" / (chosen or "right/fovea.png")
    assert study.case(record.case).path == expected


def test_unmatched_images_are_listed_and_nothing_is_overwritten(softcam, marked, tmp_path):
    before = [(a.id, a.shape, a.label, a.modified) for a in marked.annotations()]
    file = annotations_json(tmp_path, "eye.png", "other.png")
    done = softcam("annotations", "import", marked.path, file, "--format", "coco", "--json")
    assert done.code == 0
    assert "other.png" in done.err
    assert done.lines[0]["unmatched"] == ["other.png"]
    after = [(a.id, a.shape, a.label, a.modified) for a in marked.annotations()]
    assert after[:3] == before
    assert len(after) == 4


def test_an_import_is_one_undo_step(softcam, study, tmp_path):
    for name in ("a.png", "b.png"):
        Image.new("L", (80, 60)).save(tmp_path / name)
        study.add_case(tmp_path / name)
    file = annotations_json(tmp_path, "a.png", "b.png")
    softcam("annotations", "import", study.path, file, "--format", "coco")
    assert len(study.annotations()) == 2
    study.undo()
    assert study.annotations() == []
    assert not study.can_undo()


def test_agreement_is_between_readers_and_between_reader_and_model(
    softcam, marked, model, tmp_path
):
    (case,) = marked.cases()
    second = {"kind": "box", "points": [[10, 5], [30, 25]], "label": "MA", "reader": "reader-2"}
    marked.add_annotation(case.id, **second)
    marked.set_label(case.id, "healthy", "reader-2")
    file = tmp_path / "model.safetensors"
    softcam_core.save_model(model, file)
    asked = ("annotations", "agreement", marked.path)
    done = softcam(*asked, "--model", file, "--json")
    assert done.code == 0, done.err
    pairs = {(row["reader"], row["other"]) for row in done.lines}
    assert pairs == {
        ("reader-1", "reader-2"),
        ("reader-1", file.name),
        ("reader-2", file.name),
    }
    recall = next(row for row in done.lines if row["measure"] == "lesion_recall")
    assert recall["value"] == pytest.approx(1 / 3)
    assert "Dice" in softcam(*asked).out
    alone = softcam(*asked, "--reader", "reader-1")
    assert (alone.code, len(alone.err.splitlines())) == (1, 1)


def test_bench_gives_its_rows(softcam):
    asked = ("--quick", "--arch", "squeezenet1_1", "--peers", "forward", "--threads", "1")
    done = softcam("bench", *asked, "--json")
    assert done.code == 0, done.err
    assert done.lines
    for row in done.lines:
        assert set(row) >= {"name", "ours_s", "peer", "peer_s", "ratio"}
        assert row["ratio"] == pytest.approx(row["peer_s"] / row["ours_s"])


# Training: the e2e run lives in test_train.py; these are the sentences about the configuration.


def test_an_unknown_key_is_an_error_that_names_the_nearest(softcam, tmp_path):
    (tmp_path / "labels.csv").write_text("path,label\n")
    config = tmp_path / "c.toml"
    config.write_text('[data]\ncsv = "labels.csv"\n[train]\nepoch = 3\n')
    done = softcam("train", config)
    assert done.code == 1
    assert "epoch" in done.err
    assert "epochs" in done.err
    assert "Traceback" not in done.err


def test_every_key_has_a_default_but_the_csv(tmp_path):
    from softcam_core.training.config import load_config

    (tmp_path / "labels.csv").write_text("path,label\n")
    (tmp_path / "c.toml").write_text('[data]\ncsv = "labels.csv"\n')
    config = load_config(tmp_path / "c.toml")
    assert config.data.image_size == 512
    assert config.data.geometry == "squash"
    assert config.data.augment == "fundus"
    assert config.model.arch == "resnet50"
    assert config.model.head == "softcam"
    assert config.model.weights == "none"
    assert (config.loss.l1, config.loss.l2, config.loss.guidance) == (0, 0, 0)
    assert (config.train.epochs, config.train.batch_size, config.train.lr) == (70, 16, 1e-3)
    assert (config.train.seed, config.train.device, config.train.precision) == (0, "auto", "32")


# Files


def test_a_model_file_is_safetensors_with_a_json_description(model, tmp_path):
    from safetensors import safe_open

    softcam_core.save_model(model, tmp_path / "m.safetensors")
    with safe_open(tmp_path / "m.safetensors", framework="np") as file:
        description = json.loads(file.metadata()["softcam"])
    assert description["arch"] == "resnet18"
    assert description["head"] == "softcam"
    assert description["classes"] == CLASSES
    for key in ("format_version", "input", "lambdas", "training", "card"):
        assert key in description
    for key in ("size", "geometry", "mean", "std", "colour"):
        assert key in description["input"]


def test_no_pickle_is_ever_loaded_in_full(tmp_path):
    class Bomb:
        def __reduce__(self):
            return (Path.touch, (tmp_path / "exploded",))

    import pickle

    path = tmp_path / "model.safetensors"
    path.write_bytes(pickle.dumps(Bomb()))
    with pytest.raises(Exception, match="model"):
        softcam_core.load_model(path)
    assert not (tmp_path / "exploded").exists()


def test_a_study_is_one_sqlite_file(study, photograph, tmp_path):
    study.add_case(photograph)
    study.close()
    assert [p.name for p in tmp_path.glob("own.softcam*")] == ["own.softcam"]
    with sqlite3.connect(tmp_path / "own.softcam") as db:
        tables = {row[0] for row in db.execute("select name from sqlite_master")}
    assert {"cases", "readers", "annotations"} <= tables


def test_opening_a_folder_makes_its_study_in_the_users_folder(
    viewer, photograph, tmp_path, monkeypatch
):
    data = tmp_path / "data"
    monkeypatch.setenv("SOFTCAM_DATA_DIR", str(data))
    assert viewer(photograph.parent, "--screenshot", tmp_path / "s.png").code == 0
    assert list(data.rglob("*.softcam"))
    assert [p.name for p in photograph.parent.iterdir()] == [photograph.name]


def test_model_input_ignores_the_display_window(tmp_path):
    from dataclasses import replace

    from softcam_core.imaging.preprocess import InputSpec, model_input
    from softcam_core.imaging.stored import StoredImage
    from softcam_core.imaging.window import Window

    pixels = np.arange(64 * 64, dtype=np.uint16).reshape(64, 64)
    image = StoredImage(pixels, (0, 4095), Window(0, 10), None, "DICOM")
    other = replace(image, window=Window(2000, 2001))
    spec = InputSpec(size=(32, 32))
    assert np.array_equal(model_input(image, spec)[0], model_input(other, spec)[0])


# Python


def test_import_is_quick_and_loads_neither_torch_nor_qt():
    code = (
        "import sys, softcam_core; "
        "print([m for m in sys.modules if m.split('.')[0] in ('torch', 'PySide6', 'torchvision')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_torchvision_imports_after_it():
    code = "import softcam_core, torchvision; print(torchvision.models.resnet18.__name__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.strip() == "resnet18", done.stderr


def test_save_and_load_give_the_same_model_in_eval_mode(model, batch, tmp_path):
    import torch

    softcam_core.save_model(model, tmp_path / "m.safetensors")
    loaded = softcam_core.load_model(tmp_path / "m.safetensors", device="cpu")
    assert not loaded.training
    with torch.no_grad():
        assert torch.equal(loaded(batch).logits, model(batch).logits)


def test_output_has_logits_and_evidence_whose_mean_is_the_logit(model, batch):
    import torch

    with torch.no_grad():
        out = model(batch)
    assert out.logits.shape == (2, 2)
    assert out.evidence.shape == (2, 2, 3, 2)
    assert torch.allclose(out.evidence.mean((2, 3)), out.logits, atol=1e-6)


def test_a_black_box_has_no_evidence(batch):
    import torch

    box = softcam_core.build_model("resnet18", classes=CLASSES, head="blackbox", weights=None)
    with torch.no_grad():
        assert box.eval()(batch).evidence is None


def test_the_dual_branch_head_adds_its_outputs(batch):
    both = softcam_core.build_model("resnet18", classes=CLASSES, head="dual-branch").eval()
    out = both(batch)
    assert out.sigmoid_logits.shape == (2, 2)
    assert out.localization.shape[:2] == (2, 2)


def test_from_classifier_reports_what_it_did(batch):
    import torch
    import torchvision

    net = torchvision.models.resnet18(num_classes=2).eval()
    converted, report = softcam_core.from_classifier(net, arch="resnet18", classes=CLASSES)
    assert report.exact is True
    assert isinstance(report.reason, str)
    assert report.max_abs_difference <= 1e-4
    assert "exact" in str(report)
    with torch.no_grad():
        assert torch.allclose(converted.eval()(batch).logits, net(batch), atol=1e-4)


def test_attribute_gives_raw_detached_maps_of_the_classes_asked_for(model, batch):
    import torch

    maps = softcam_core.attribute(model, batch, method="gradcam", classes=["disease"])
    assert maps.shape == (2, 1, 3, 2)
    assert not maps.requires_grad
    every = softcam_core.attribute(model, batch, method="gradcam")
    assert torch.equal(every[:, 1:], maps)
    assert torch.equal(softcam_core.attribute(model, batch, "gradcam", classes=[1]), maps)


def test_attribute_takes_a_plain_torchvision_classifier(batch):
    import torchvision

    net = torchvision.models.resnet18(num_classes=4).eval()
    assert softcam_core.attribute(net, batch, method="gradcam").shape == (2, 4, 3, 2)


@pytest.mark.parametrize(
    "method",
    ["gradcam++", "xgradcam", "layercam", "scorecam", "guided_backprop", "integrated_gradients"],
)
def test_attribute_knows_every_method(model, batch, method):
    softcam_core.attribute(model, batch, method=method)


def test_precision_and_sensitivity_are_float64_per_image():
    import torch

    maps, masks = torch.rand(3, 4, 4), torch.rand(3, 32, 40) > 0.5
    for metric in (
        softcam_core.metrics.activation_precision,
        softcam_core.metrics.activation_sensitivity,
    ):
        values = metric(maps, masks)
        assert values.shape == (3,)
        assert values.dtype == torch.float64
        from_numpy = metric(maps.numpy(), masks.numpy())
        assert np.allclose(np.asarray(from_numpy), values.numpy())


METRICS = [
    "topk_localization_precision",
    "activation_consistency",
    "deletion_curve",
    "area_under_deletion_curve",
    "average_drop",
    "increase_in_confidence",
    "max_box_acc",
    "max_box_acc_v2",
    "gt_known_localization",
    "pxap",
]


@pytest.mark.parametrize("name", METRICS)
def test_every_metric_is_there(name):
    assert callable(getattr(softcam_core.metrics, name))
    assert name in softcam_core.metrics.__all__


@pytest.fixture
def maps():
    """Maps (3, 4, 4) and masks (3, 32, 40), as tensors."""
    import torch

    chance = torch.Generator().manual_seed(2)
    masks = torch.rand(3, 32, 40, generator=chance) > 0.5
    return torch.randn(3, 4, 4, generator=chance), masks


def test_topk_localization_precision_gives_k_values(maps):
    import torch

    values = softcam_core.metrics.topk_localization_precision(*maps, k=7, patch=8, score="mean")
    assert values.shape == (7,)
    assert values.dtype == torch.float64
    assert softcam_core.metrics.topk_localization_precision(*maps).shape == (30,)
    from_numpy = softcam_core.metrics.topk_localization_precision(
        *(part.numpy() for part in maps), k=7, patch=8
    )
    assert np.allclose(np.asarray(from_numpy), values.numpy())


def test_activation_consistency_takes_disease_maps_or_all_maps():
    import torch

    maps = torch.randn(5, 2, 4, 4)
    diseased = torch.tensor([True, False, True, True, False])
    both = softcam_core.metrics.activation_consistency(maps, diseased)
    own = softcam_core.metrics.activation_consistency(maps[:, 1], diseased)
    for found in (both, own):
        assert found.positive.shape == (3,)
        assert found.negative.shape == (2,)
        assert found.positive.dtype == found.negative.dtype == torch.float64
    positive = (maps[diseased, 1] > 0).double().mean(dim=(1, 2))
    negative = (maps[~diseased, 1] < 0).double().mean(dim=(1, 2))
    assert torch.allclose(both.positive, positive)
    assert torch.allclose(own.positive, positive)
    assert torch.allclose(both.negative, negative)
    assert torch.allclose(own.negative, negative)


def test_deletion_curve_gives_k_plus_1_values_and_on_request_the_patches_used():
    import torch

    def predict(x):
        return torch.softmax(torch.stack([x.mean(dim=(1, 2, 3)), x[:, 0, 0, 0]], dim=1), dim=1)

    images, maps, classes = torch.rand(2, 3, 40, 40), torch.rand(2, 4, 4), torch.tensor([0, 1])
    curves = softcam_core.metrics.deletion_curve(predict, images, maps, classes, k=6, patch=10)
    assert curves.shape == (2, 7)
    assert curves.dtype == torch.float64
    assert torch.equal(curves[:, 0], torch.ones(2, dtype=torch.float64))
    again, used = softcam_core.metrics.deletion_curve(
        predict, images, maps, classes, k=6, patch=20, return_used=True
    )
    assert used.tolist() == [4, 4]
    assert torch.equal(again[:, 4:], again[:, 4:5].expand(2, 3))
    areas = softcam_core.metrics.area_under_deletion_curve(curves)
    assert areas.shape == (2,)
    expected = (curves[:, 1:] + curves[:, :-1]).sum(dim=1) / 2 / 6
    assert torch.allclose(areas, expected)


def test_average_drop_and_increase_in_confidence_are_percents():
    p, masked = np.array([0.8, 0.5, 0.5, 0.4]), np.array([0.4, 0.6, 0.5, 0.7])
    assert float(softcam_core.metrics.average_drop(p, masked)) == pytest.approx(12.5)
    assert float(softcam_core.metrics.increase_in_confidence(p, masked)) == pytest.approx(50)


def test_box_metrics_take_a_list_of_boxes_in_the_maps_pixels():
    import torch

    scores = torch.zeros(2, 40, 50)
    scores[0, 10:20, 15:35] = 1
    scores[1, 0:5, 0:5] = 1
    boxes = [torch.tensor([[15, 10, 34, 19]]), torch.tensor([[30, 30, 40, 39], [20, 1, 25, 9]])]
    assert float(softcam_core.metrics.max_box_acc(scores, boxes, iou=0.5)) == 50
    assert np.asarray(softcam_core.metrics.max_box_acc_v2(scores, boxes)).tolist() == [50, 50, 50]
    known = softcam_core.metrics.gt_known_localization(scores, boxes, threshold=0.2)
    assert np.asarray(known).tolist() == [True, False]
    assert np.asarray(known).dtype == bool


def test_pxap_is_a_percent_and_255_is_left_out():
    import torch

    scores, masks = torch.zeros(1, 10, 10), torch.zeros(1, 10, 10, dtype=torch.uint8)
    scores[0, :4], masks[0, :4] = 1, 1
    assert float(softcam_core.metrics.pxap(scores, masks)) == pytest.approx(100)
    masks[0, 2:4] = 255
    assert float(softcam_core.metrics.pxap(scores, masks)) == pytest.approx(100)
    masks[0, 2:4] = 0
    assert float(softcam_core.metrics.pxap(scores, masks)) < 60


def test_wrong_shapes_name_argument_received_and_expected():
    with pytest.raises(ValueError, match=r"(?s)masks.*3.*4"):
        softcam_core.metrics.activation_precision(np.zeros((3, 4, 4)), np.zeros((4, 8, 8), bool))


# Study


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100])
def test_a_damaged_study_raises_and_is_left_alone(tmp_path, content):
    path = tmp_path / "bad.softcam"
    path.write_bytes(content or b"\0")
    before = path.read_bytes()
    with pytest.raises(softcam_core.errors.StudyError):
        softcam_core.Study.open(path)
    assert path.read_bytes() == before


def test_a_newer_study_raises_and_is_left_alone(tmp_path):
    path = tmp_path / "new.softcam"
    softcam_core.Study.open(path).close()
    with sqlite3.connect(path) as db:
        db.execute("update meta set value = '999' where key = 'schema_version'")
        db.execute("pragma user_version = 999")
    db.close()
    before = path.read_bytes()
    with pytest.raises(softcam_core.errors.StudyError, match="newer"):
        softcam_core.Study.open(path)
    assert path.read_bytes() == before


def test_the_same_file_again_is_the_same_case(study, photograph):
    case = study.add_case(photograph)
    assert study.add_case(photograph) == case
    assert [c.id for c in study.cases()] == [case]


def test_a_grade_is_kept(study, photograph):
    case = study.add_case(photograph)
    study.set_label(case, "moderate", reader="reader-1")
    assert study.cases()[0].label == "moderate"


SHAPES = {
    "box": {"points": [[10, 5], [30, 25]]},
    "ellipse": {"points": [[40, 30], [20, 10]], "angle": 30},
    "polygon": {"points": [[5, 5], [40, 8], [20, 50]]},
    "freehand": {"points": [[5, 5], [40, 8], [20, 50], [6, 30]]},
    "point": {"points": [[12, 13]]},
}


@pytest.mark.parametrize("kind", SHAPES)
def test_a_shape_is_on_disk_when_the_call_returns(study, photograph, kind):
    case = study.add_case(photograph)
    ann = study.add_annotation(case, kind=kind, label="MA", reader="reader-1", **SHAPES[kind])
    other = softcam_core.Study.open(study.path)
    (record,) = other.annotations(case)
    other.close()
    assert record.id == ann
    assert record.kind == kind
    assert np.allclose(record.points, SHAPES[kind]["points"])
    assert record.label == "MA"
    assert record.reader == "reader-1"
    assert record.created <= record.modified


def test_a_mask_comes_back_pixel_for_pixel(study, photograph):
    case = study.add_case(photograph)
    drawn = np.random.default_rng(3).random((60, 80)) > 0.7
    study.add_annotation(case, kind="mask", mask=drawn, label="MA", reader="reader-1")
    assert np.array_equal(study.mask(case), drawn)


def test_ids_are_stable_through_edits_and_undo(study, photograph):
    case = study.add_case(photograph)
    ann = study.add_annotation(case, kind="box", points=[[1, 1], [9, 9]], label="", reader="r")
    study.update_annotation(ann, points=[[2, 2], [9, 9]])
    study.delete_annotation(ann)
    assert study.annotations(case) == []
    study.undo()
    assert [a.id for a in study.annotations(case)] == [ann]
    study.undo()
    assert np.allclose(study.annotations(case)[0].points, [[1, 1], [9, 9]])
    study.redo()
    assert np.allclose(study.annotations(case)[0].points, [[2, 2], [9, 9]])


def test_annotations_come_in_creation_order_and_by_reader(study, photograph):
    case = study.add_case(photograph)
    ids = [
        study.add_annotation(case, kind="point", points=[[i, i]], label="", reader=reader)
        for i, reader in enumerate(["b", "a", "b"])
    ]
    assert [a.id for a in study.annotations(case)] == ids
    assert [a.id for a in study.annotations(case, reader="b")] == [ids[0], ids[2]]


def test_a_pixel_belongs_to_a_shape_if_its_centre_lies_inside(study, photograph):
    case = study.add_case(photograph)
    study.add_annotation(
        case, kind="box", points=[[10.4, 5.6], [20.6, 8.5001]], label="", reader="r"
    )
    mask = study.mask(case)
    assert mask.shape == (60, 80)
    assert mask.dtype == bool
    rows, columns = np.nonzero(mask)
    assert (columns.min(), columns.max(), rows.min(), rows.max()) == (10, 20, 6, 8)


def test_masks_are_unions_by_label_and_reader(study, photograph):
    case = study.add_case(photograph)
    study.add_annotation(case, kind="box", points=[[0, 0], [4, 4]], label="MA", reader="a")
    study.add_annotation(case, kind="box", points=[[2, 2], [6, 6]], label="EX", reader="b")
    assert study.mask(case).sum() == 16 + 16 - 4
    assert study.mask(case, label="MA").sum() == 16
    assert study.mask(case, reader="b").sum() == 16


def test_a_killed_process_leaves_no_lock_behind(photograph, tmp_path):
    code = (
        "import os, signal, sys, softcam_core\n"
        "s = softcam_core.Study.open(sys.argv[1]); c = s.add_case(sys.argv[2])\n"
        "s.add_annotation(c, kind='point', points=[[1, 2]], label='MA', reader='r')\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    path = tmp_path / "killed.softcam"
    subprocess.run([sys.executable, "-c", code, path, photograph], cwd=ROOT, check=False)
    study = softcam_core.Study.open(path)
    assert len(study.annotations(study.cases()[0].id)) == 1
    study.add_annotation(study.cases()[0].id, kind="point", points=[[3, 3]], label="", reader="r")
    study.close()


def test_commands_never_prompt(softcam):
    """Every command ends by itself with no standard input."""
    assert run("softcam_core.cli", "train").code == 2
