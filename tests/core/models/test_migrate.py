"""Model files of earlier versions open in this one, and mean the same."""

import gzip
import json
from pathlib import Path

import pytest
import torch

from softcam_core.demo import demo_models
from softcam_core.errors import ModelError
from softcam_core.models.checkpoint import load_model, save_model
from softcam_core.models.header import METADATA_KEY, model_id, read_header, read_spec
from softcam_core.models.migrate import FORMAT_VERSION, MIGRATIONS, migrated

FILES = Path(__file__).parent / "files"
LOGITS = [5.5196, 1.8174]
IDENTITY = "f826ea1978bca1f326bdca41b9a15041ac67bba376626b1c369af9a13ce04e9e"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "version-1.safetensors"
    path.write_bytes(gzip.decompress((FILES / "version-1.safetensors.gz").read_bytes()))
    return path


def version(path: Path) -> int:
    return int(json.loads(read_header(path).metadata[METADATA_KEY])["format_version"])


def test_a_file_of_version_1_opens_with_its_numbers_and_its_words(old: Path) -> None:
    """Logits, identity and texts as the program of that time printed them."""
    before = old.read_bytes()
    assert version(old) == 1
    model = load_model(old)
    x = torch.linspace(-1, 2, 3 * 96 * 64).reshape(1, 3, 96, 64)
    with torch.no_grad():
        assert model(x).logits[0].tolist() == pytest.approx(LOGITS, abs=1e-3)
    assert model_id(old) == IDENTITY
    spec = model.spec
    assert spec.format_version == FORMAT_VERSION
    assert spec.classes == ("normal", "drusen, soft")
    assert (spec.input.size, spec.input.geometry, spec.input.colour) == ((96, 64), "pad", "grey")
    assert (spec.title, spec.card["licence"], spec.modality) == (
        "A model of version 1",
        "CC0",
        "oct",
    )
    assert spec.lambdas == {"l1": 1e-4, "l2": 0.0, "grid": [5, 3]}
    assert spec.map_limits == {"evidence": 2.5}
    assert spec.training == {"epochs": 3, "metrics": {"val_accuracy": 0.9}}
    assert spec.conversion["exact"] is True
    assert spec.conversion["max_abs_difference"] == 0
    assert "1x1 convolution" in spec.conversion["reason"]
    assert spec.network == {"parameters": 723522, "map": [5, 3]}
    assert old.read_bytes() == before


def test_saved_again_it_is_of_this_version_and_the_same_model(old: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.safetensors"
    save_model(load_model(old), new)
    assert version(new) == FORMAT_VERSION
    assert model_id(new) == IDENTITY
    assert read_spec(new) == load_model(old).spec


@pytest.mark.parametrize("path", demo_models(), ids=lambda path: path.stem)
def test_the_bundled_models_open_and_know_their_maps(path: Path) -> None:
    spec = load_model(path).spec
    assert spec.format_version == FORMAT_VERSION
    assert spec.network["map"] == [side // 32 for side in spec.input.size]
    assert spec.network["parameters"] > 300_000


def test_every_version_has_a_step_to_the_next() -> None:
    assert sorted(MIGRATIONS) == list(range(1, FORMAT_VERSION))


def test_an_approximate_conversion_stays_one() -> None:
    sentence = (
        "Converted from a torchvision classifier; approximate: VGG's (own) reason (largest logit "
        "difference 0.25)."
    )
    record = migrated({"format_version": 1, "card": {"conversion": sentence}})["conversion"]
    assert record["exact"] is False
    assert record["reason"] == "VGG's (own) reason"
    assert record["max_abs_difference"] == 0.25


def test_a_sentence_of_somebodys_own_is_kept_as_the_reason() -> None:
    record = migrated({"format_version": 1, "card": {"conversion": "by hand"}})["conversion"]
    assert record["reason"] == "by hand"
    assert record["max_abs_difference"] is None


def test_a_migration_leaves_what_it_is_given_as_it_was() -> None:
    given = {"format_version": 1, "card": {"conversion": "exact: x (largest logit difference 1)"}}
    copy = json.loads(json.dumps(given))
    migrated(given)
    assert given == copy


@pytest.mark.parametrize("version", [0, -1, None, "1", 1.5, True, [], {}])
def test_no_version_is_damage(version: object) -> None:
    with pytest.raises(ModelError, match="damaged"):
        migrated({"format_version": version})


def test_a_newer_version_is_one_sentence() -> None:
    with pytest.raises(ModelError, match=rf"version 9, .* up to {FORMAT_VERSION}; update"):
        migrated({"format_version": 9})
