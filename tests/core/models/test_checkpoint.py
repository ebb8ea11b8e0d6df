"""A model file brings the same model back, or says in one sentence why it cannot."""

import dataclasses
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from softcam_core.errors import DeviceError, ModelError
from softcam_core.imaging.preprocess import InputSpec
from softcam_core.models import checkpoint
from softcam_core.models.build import build_model
from softcam_core.models.checkpoint import load_model, save_model
from softcam_core.models.header import model_id, read_spec
from softcam_core.models.migrate import FORMAT_VERSION
from tests.core.models.networks import bits, changed, images

CLASSES = ["healthy", "drusen, soft", "Ödem"]


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "model.safetensors"
    save_model(build_model("shufflenet_v2_x0_5", CLASSES), path)
    return path


@pytest.mark.parametrize(
    ("arch", "head", "options"),
    [
        ("shufflenet_v2_x0_5", "softcam", {"dropout": "0.2"}),
        ("shufflenet_v2_x0_5", "blackbox", {"dropout": "0.2"}),
        ("squeezenet1_1", "softcam", {"squeezenet_head": "exact"}),
        ("squeezenet1_1", "softcam", {}),
        ("squeezenet1_1", "blackbox", {}),
        ("resnet18", "softcam", {}),
    ],
)
def test_round_trip(tmp_path: Path, arch: str, head: str, options: dict[str, str]) -> None:
    model = build_model(
        arch,
        CLASSES,
        head,
        input=InputSpec(size=(96, 64), geometry="pad", colour="grey", fundus_crop=True),
        options=options,
        modality="oct",
        card={"title": "A", "limits": "B"},
    )
    model.spec = dataclasses.replace(
        model.spec,
        lambdas={"l1": 1e-5, "grid": [3, 2]},
        map_limits={"evidence": 4.5},
        training={"epochs": 3},
    )
    path = tmp_path / "model.safetensors"
    save_model(model, path)
    loaded = load_model(path)
    assert type(loaded) is type(model)
    assert loaded.spec == read_spec(path)
    assert dataclasses.replace(loaded.spec, network={}) == model.spec
    assert loaded.spec.network["parameters"] == sum(p.numel() for p in model.parameters())
    with torch.no_grad():
        features = model.eval().features(images(1, 96, 64))
    assert loaded.spec.network["map"] == list(features.shape[2:])
    assert changed(loaded, bits(model)) == []
    assert not any(module.training for module in loaded.modules())
    assert all(parameter.requires_grad for parameter in loaded.parameters())
    with torch.no_grad():
        x = images(2, 96, 64)
        assert torch.equal(loaded(x).logits, model.eval()(x).logits)


def test_a_loaded_model_can_be_trained_and_its_file_replaced(saved: Path) -> None:
    """Nothing of the file stays mapped: writing into it does not change the loaded model."""
    model = load_model(saved)
    before = bits(model)
    with saved.open("r+b") as file:
        file.write(bytes(saved.stat().st_size))
    assert changed(model, before) == []
    model.train()(images(2, 64, 64)).logits.sum().backward()


def test_model_id_tells_weights_apart_and_not_cards(saved: Path) -> None:
    first = model_id(saved)
    raw = saved.read_bytes()
    model = load_model(saved)
    model.spec = dataclasses.replace(model.spec, card={"title": "other"})
    save_model(model, saved)
    assert saved.read_bytes() != raw
    assert model_id(saved) == first
    with torch.no_grad():
        next(model.parameters()).add_(1)
    save_model(model, saved)
    assert model_id(saved) != first


@pytest.mark.parametrize(
    "changes",
    [
        {"classes": ["drusen, soft", "healthy", "Ödem"]},
        {"input": {"size": [512, 512], "mean": [0, 0, 0]}},
        {"options": {"dropout": "0.2"}},
    ],
)
def test_model_id_tells_the_same_weights_with_another_meaning_apart(
    saved: Path, changes: dict[str, object]
) -> None:
    first = model_id(saved)
    edit_spec(saved, **changes)
    assert model_id(saved) != first


def test_model_id_tells_exchanged_tensors_apart(saved: Path) -> None:
    """The weights' bytes stay as they are: the header alone gives them other names."""
    first, raw = model_id(saved), saved.read_bytes()
    length = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + length])
    names = [n for n, e in header.items() if e.get("shape") == [24] and e["dtype"] == "F32"][:2]
    header[names[0]], header[names[1]] = header[names[1]], header[names[0]]
    text = json.dumps(header).encode()
    saved.write_bytes(len(text).to_bytes(8, "little") + text + raw[8 + length :])
    assert model_id(saved) != first


def test_spec_and_id_are_read_without_torch(saved: Path) -> None:
    code = (
        "import sys; from softcam_core.models.header import read_spec, model_id; "
        f"print(read_spec({str(saved)!r}).arch, len(model_id({str(saved)!r})), "
        "'torch' in sys.modules)"
    )
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root)
    assert done.stdout.split() == ["shufflenet_v2_x0_5", "64", "False"], done.stderr


def test_a_failed_save_leaves_the_old_file_and_nothing_else(
    saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = saved.read_bytes()

    def fails(tensors: object, path: Path, metadata: object) -> None:
        path.write_bytes(b"half")
        raise OSError("No space left on device")

    monkeypatch.setattr(checkpoint, "save_file", fails)
    with pytest.raises(ModelError, match=r"model.safetensors.*No space left"):
        save_model(build_model("shufflenet_v2_x0_5", CLASSES), saved)
    assert saved.read_bytes() == before
    assert list(saved.parent.iterdir()) == [saved]


def test_a_save_replaces_the_file_whole(saved: Path, tmp_path: Path) -> None:
    """Who still reads the old file goes on reading it: it is never half written."""
    before = saved.read_bytes()
    os.link(saved, tmp_path / "old")
    save_model(build_model("shufflenet_v2_x0_5", ["other", "more"]), saved)
    assert (tmp_path / "old").read_bytes() == before
    assert read_spec(saved).classes == ("other", "more")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_model_may_be_read_by_whoever_may_read_a_new_file(saved: Path, tmp_path: Path) -> None:
    (tmp_path / "new").touch()
    assert saved.stat().st_mode == (tmp_path / "new").stat().st_mode


def test_saving_into_a_missing_folder_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"cannot be written.*choose another folder"):
        save_model(build_model("shufflenet_v2_x0_5", CLASSES), tmp_path / "no" / "m.safetensors")


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float64])
def test_weights_of_another_precision_compute_as_float32(saved: Path, dtype: torch.dtype) -> None:
    model = load_model(saved)

    def other(tensors: dict[str, torch.Tensor]) -> None:
        for name, tensor in tensors.items():
            if tensor.is_floating_point():
                tensors[name] = tensor.to(dtype)

    edit_tensors(saved, other)
    loaded = load_model(saved)
    for name, tensor in loaded.state_dict().items():
        expected = model.state_dict()[name]
        assert tensor.dtype == expected.dtype
        assert torch.equal(tensor, expected.to(dtype).to(expected.dtype)), name
    with torch.no_grad():
        assert loaded(images(1, 64, 64)).logits.isfinite().all()


# Files that are no model


def edit_spec(path: Path, **changes: object) -> None:
    """Write the file again with other words in its description."""
    text = json.loads(read_spec(path).to_json()) | changes
    save_file(load_file(path), path, metadata={"softcam": json.dumps(text)})


def edit_tensors(path: Path, change: Callable[[dict[str, torch.Tensor]], object]) -> None:
    tensors = load_file(path)
    text = read_spec(path).to_json()
    tensors = {name: tensor.clone() for name, tensor in tensors.items()}
    change(tensors)
    save_file(tensors, path, metadata={"softcam": text})


def cut(path: Path, size: int) -> None:
    path.write_bytes(path.read_bytes()[:size])


def as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def as_checkpoint(path: Path, zipped: bool = True) -> None:
    torch.save({"fc.weight": torch.ones(1)}, path, _use_new_zipfile_serialization=zipped)


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda p: p.unlink(), "does not exist"),
    "folder": (as_folder, "is a folder"),
    "empty": (lambda p: p.write_bytes(b""), "not a SoftCAM model"),
    "text": (lambda p: p.write_text("hello, this is no model at all"), "not a SoftCAM model"),
    "picture": (lambda p: p.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64)), "not a SoftCAM model"),
    "pickle": (as_checkpoint, "PyTorch checkpoint.*softcam convert makes"),
    "old pickle": (
        lambda p: as_checkpoint(p, zipped=False),
        "PyTorch checkpoint.*softcam convert makes",
    ),
    "header cut": (lambda p: cut(p, 200), "truncated"),
    "one byte cut": (lambda p: cut(p, p.stat().st_size - 1), r"truncated \([\d,]+ of [\d,]+ bytes"),
    "header broken": (
        lambda p: p.write_bytes((20).to_bytes(8, "little") + b'{"a": {"shape": ...]' + bytes(9)),
        "header.*damaged",
    ),
    "header odd": (
        lambda p: p.write_bytes((13).to_bytes(8, "little") + b'{"a": [1, 2]}'),
        "header.*damaged",
    ),
    "foreign": (
        lambda p: save_file({"a": torch.ones(1)}, p),
        "no SoftCAM model.*softcam convert makes",
    ),
    "description broken": (
        lambda p: save_file({"a": torch.ones(1)}, p, metadata={"softcam": "{"}),
        "description is damaged",
    ),
    "description short": (
        lambda p: save_file({"a": torch.ones(1)}, p, metadata={"softcam": '{"format_version": 1}'}),
        "description is incomplete or has values that cannot be",
    ),
    "newer": (
        lambda p: edit_spec(p, format_version=FORMAT_VERSION + 1),
        "format version 3, this program reads up to 2; update",
    ),
    "unknown head": (lambda p: edit_spec(p, head="triple"), "unknown head"),
    "unknown arch": (lambda p: edit_spec(p, arch="convnext_nano"), "convnext_nano.*does not know"),
    "other arch": (lambda p: edit_spec(p, arch="resnet18"), "does not fit its own description"),
    "header without end": (
        lambda p: p.write_bytes((10**5).to_bytes(8, "little") + b'{"a":' + b"[" * (10**5 - 5)),
        "header.*damaged",
    ),
    "description without end": (
        lambda p: save_file({"a": torch.ones(1)}, p, metadata={"softcam": "[" * 10**5}),
        "description is damaged",
    ),
    "description a number": (
        lambda p: p.write_bytes((32).to_bytes(8, "little") + b'{"__metadata__": {"softcam": 5}}'),
        "description is damaged",
    ),
    "other classes": (lambda p: edit_spec(p, classes=["a", "b"]), r"head.fc.bias has shape \(3,\)"),
    "one class": (lambda p: edit_spec(p, classes=["a"]), "one class alone"),
    "no normalisation": (lambda p: edit_spec(p, input={"std": [0, 0, 0]}), "is incomplete"),
    "class twice": (lambda p: edit_spec(p, classes=["a", "b", "a"]), r"class twice \(a, b, a\)"),
    "not a number": (
        lambda p: edit_tensors(p, lambda t: t["head.fc.bias"].fill_(float("nan"))),
        r"no finite numbers \(tensor head.fc.bias\)",
    ),
    "quantised": (
        lambda p: edit_tensors(p, lambda t: t.update({"head.fc.bias": t["head.fc.bias"].char()})),
        "head.fc.bias as torch.int8, expected torch.float32",
    ),
    "tensor missing": (lambda p: edit_tensors(p, lambda t: t.pop("head.fc.weight")), "shape none"),
    "tensor more": (lambda p: edit_tensors(p, lambda t: t.update(x=torch.ones(1))), "tensor x"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_no_model_is_one_sentence_naming_the_file(saved: Path, case: str) -> None:
    spoil, words = BAD[case]
    spoil(saved)
    with pytest.raises(ModelError, match=words) as error:
        load_model(saved)
    text = str(error.value)
    assert str(saved) in text
    assert "\n" not in text
    assert text.endswith(".")


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="permissions bind only other users than root"
)
def test_a_file_without_permission_is_one_sentence(saved: Path) -> None:
    saved.chmod(0)
    with pytest.raises(ModelError, match=r"cannot be read.*permissions"):
        load_model(saved)


def test_a_device_that_is_not_there_is_said_before_reading(tmp_path: Path) -> None:
    with pytest.raises(DeviceError, match="gpu"):
        load_model(tmp_path / "missing.safetensors", device="gpu")


def test_no_code_in_a_pickle_is_run(tmp_path: Path) -> None:
    import pickle

    class Bomb:
        def __reduce__(self) -> tuple:
            return Path.touch, (tmp_path / "exploded",)

    path = tmp_path / "model.pth"
    path.write_bytes(pickle.dumps({"fc.weight": Bomb()}))
    with pytest.raises(ModelError):
        load_model(path)
    with pytest.raises(ModelError, match="cannot be read safely"):
        build_model("resnet18", CLASSES, weights=path)
    assert not (tmp_path / "exploded").exists()
