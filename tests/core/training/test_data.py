"""Inputs in batches: those of `model_input`, whatever the cache and the threads."""

import numpy as np
import pytest
import torch
from PIL import Image

from softcam_core.errors import ConfigError
from softcam_core.imaging.preprocess import InputSpec, model_input
from softcam_core.imaging.read import read_image
from softcam_core.training.config import DataConfig
from softcam_core.training.data import ImageStore, refuse_too_many_failures
from softcam_core.training.sources import read_data

SPEC = InputSpec(size=(32, 48))


def loaded(table, cache_bytes: int = 2**30, spec: InputSpec = SPEC) -> ImageStore:
    store = ImageStore(read_data(DataConfig(csv=str(table))), spec, cache_bytes)
    assert list(store.load(threads=2))[-1] == 32
    return store


def test_batches_hold_what_the_model_will_see_later(toy):
    store = loaded(toy)
    spec = InputSpec(size=(32, 48), mean=store.mean, std=store.std)
    (batch,) = store.batches([30, 3, 7], 8)
    assert batch.images.shape == (3, 3, 32, 48)
    assert batch.labels.tolist() == [0, 1, 1]
    for x, index in zip(batch.images, [30, 3, 7], strict=True):
        expected, _ = model_input(read_image(toy.parent / f"{index}.png"), spec)
        # Kept as uint8: half a grey level, in units of the normalised input.
        assert np.abs(x.numpy() - expected).max() <= 0.51 / 255 / min(store.std)


def test_the_training_set_has_mean_0_and_std_1(toy):
    store = loaded(toy)
    x = torch.cat([b.images for b in store.batches(store.table.indices("train"), 8)])
    assert x.mean((0, 2, 3)).abs().max() < 1e-4
    assert (x.std((0, 2, 3), correction=0) - 1).abs().max() < 1e-4


def test_neither_cache_nor_threads_change_a_batch(toy):
    full, none = loaded(toy), loaded(toy, cache_bytes=0)
    assert full.cached == 32
    assert none.cached == 0
    assert full.mean == none.mean
    options = {"scheme": "released-fundus", "seed": 5, "epoch": 2}
    one = list(full.batches(range(20), 8, threads=1, **options))
    other = list(none.batches(range(20), 8, threads=4, **options))
    assert [len(b.indices) for b in one] == [8, 8, 4]
    for a, b in zip(one, other, strict=True):
        assert torch.equal(a.images, b.images)
    (next_epoch, *_) = full.batches(range(20), 8, scheme="released-fundus", seed=5, epoch=3)
    assert not torch.equal(next_epoch.images, one[0].images)


def test_deep_images_keep_their_depth(tmp_path):
    values = np.linspace(0, 65535, 32 * 32).astype(np.uint16).reshape(32, 32)
    for name in "ab":
        Image.fromarray(values).save(tmp_path / f"{name}.png")
    Image.fromarray(values).save(tmp_path / "c.png")
    table = tmp_path / "t.csv"
    table.write_text("path,label,split\na.png,n,train\nb.png,y,train\nc.png,y,val\n")
    store = ImageStore(read_data(DataConfig(csv=str(table))), InputSpec(size=(32, 32)), 2**20)
    list(store.load(1))
    assert store.pixels(0).dtype == np.uint16
    assert np.array_equal(store.pixels(0), values)


def test_unreadable_images_are_left_out_by_name(toy):
    (toy.parent / "4.png").write_bytes(b"no image")
    (toy.parent / "25.png").unlink()
    store = loaded(toy)
    assert sorted(f.sample.path.name for f in store.failures) == ["25.png", "4.png"]
    assert all(f.reason.endswith(".") for f in store.failures)
    assert len(store.table.samples) == 30
    (batch,) = store.batches(store.table.indices("val"), 10)
    names = [store.table.samples[i].path.name for i in batch.indices]
    assert names == [f"{i}.png" for i in (24, 26, 27, 28, 29, 30, 31)]
    assert batch.labels.tolist() == [0, 0, 1, 0, 1, 0, 1]
    refuse_too_many_failures("labels.csv", store.failures, 32, 0.1)
    with pytest.raises(ConfigError, match="2 of 32 images cannot be read, more than the 5%"):
        refuse_too_many_failures("labels.csv", store.failures, 32, 0.05)


def test_a_flat_training_set_is_not_divided_by_nothing(tmp_path):
    for name in "abc":
        Image.new("L", (32, 32), 51).save(tmp_path / f"{name}.png")
    table = tmp_path / "t.csv"
    table.write_text("path,label,split\na.png,n,train\nb.png,y,train\nc.png,y,val\n")
    store = ImageStore(read_data(DataConfig(csv=str(table))), InputSpec(size=(8, 8)), 2**20)
    list(store.load(1))
    assert store.mean == pytest.approx((0.2, 0.2, 0.2))
    assert store.std == (1.0, 1.0, 1.0)
