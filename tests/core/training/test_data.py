"""Inputs in batches: those of `model_input`, whatever the cache and the threads."""

import time

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from softcam_core.errors import ConfigError, ImageError
from softcam_core.imaging.geometry import Region
from softcam_core.imaging.preprocess import InputSpec, model_input
from softcam_core.imaging.read import read_image
from softcam_core.training.config import DataConfig
from softcam_core.training.data import ImageStore, refuse_too_many_failures
from softcam_core.training.pixels import covered
from softcam_core.training.sources import read_data
from softcam_core.training.table import Sample

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


def test_an_image_that_is_drawn_again_is_changed_otherwise(toy):
    store = loaded(toy)
    (batch,) = store.batches([4, 4, 4], 3, scheme="released-fundus", seed=5, draws=[0, 1, 2])
    first, second, third = batch.images
    assert not torch.equal(first, second)
    assert not torch.equal(second, third)


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


def test_an_image_that_vanishes_later_is_one_sentence(toy):
    store = loaded(toy, cache_bytes=0)
    (toy.parent / "3.png").unlink()
    with pytest.raises(ImageError, match=r"3\.png could be read when the training began") as told:
        list(store.batches([1, 2, 3, 4], 2))
    assert str(told.value).count(". ") == 0
    (toy.parent / "5.png").write_bytes((toy.parent / "6.png").read_bytes())
    with pytest.raises(ImageError, match=r"5\.png was changed while it was trained on"):
        store.pixels(5)


def test_an_image_that_vanishes_later_is_no_loss_where_it_is_kept(toy, tmp_path):
    full = loaded(toy)
    kept = ImageStore(read_data(DataConfig(csv=str(toy))), SPEC, 0, cache_dir=tmp_path / "kept")
    list(kept.load(2))
    (toy.parent / "3.png").unlink()
    (a,), (b,) = full.batches([3], 1), kept.batches([3], 1)
    assert torch.equal(a.images, b.images)


def test_a_batch_is_made_ahead_but_not_the_whole_epoch(toy, monkeypatch):
    store = loaded(toy)
    seen: list[int] = []
    pixels = store.pixels
    monkeypatch.setattr(store, "pixels", lambda i: seen.append(i) or pixels(i))
    batches = store.batches(range(32), 4, threads=2)
    next(batches)
    time.sleep(0.2)
    assert sorted(seen) == list(range(12))
    batches.close()
    assert len(seen) == 12


def test_the_mean_of_deep_and_grey_images_is_that_of_their_numbers(tmp_path):
    rng = np.random.default_rng(0)
    deep = rng.integers(0, 65536, (2, 16, 16), np.uint16)
    colour = rng.integers(0, 256, (16, 16, 3), np.uint8)
    Image.fromarray(deep[0]).save(tmp_path / "a.png")
    Image.fromarray(deep[1]).save(tmp_path / "b.png")
    Image.fromarray(colour).save(tmp_path / "c.png")
    Image.fromarray(colour).save(tmp_path / "d.png")
    table = tmp_path / "t.csv"
    table.write_text("path,label,split\na.png,n,train\nb.png,y,train\nc.png,y,train\nd.png,n,val\n")
    store = ImageStore(read_data(DataConfig(csv=str(table))), InputSpec(size=(16, 16)), 2**20)
    list(store.load(1))
    grey = deep.reshape(-1, 1).repeat(3, 1) / 65535
    every = np.concatenate([grey, colour.reshape(-1, 3) / 255])
    assert store.mean == pytest.approx(every.mean(0), abs=6e-7)
    assert store.std == pytest.approx(every.std(0), abs=6e-7)


def masks_of(sample: Sample) -> np.ndarray | None:
    """The bright square of a toy image, for every other image; nothing in image 5."""
    number = int(sample.path.stem)
    if number % 2 == 0:
        return None
    found = np.asarray(Image.open(sample.path))[..., 0] == 230
    return found & (number != 5)


@pytest.mark.parametrize("geometry", ["squash", "crop", "pad"])
@pytest.mark.parametrize("scheme", ["none", "released-fundus", "cxr"])
def test_lesions_move_with_their_images(toy, geometry, scheme):
    # Larger than the image: no pixel of the input then covers two of the image's.
    spec = InputSpec(size=(144, 160), geometry=geometry)
    store = ImageStore(read_data(DataConfig(csv=str(toy))), spec, 2**30, lesions=masks_of)
    list(store.load(2))
    plain = ImageStore(read_data(DataConfig(csv=str(toy))), spec, 2**30)
    list(plain.load(2))
    options = {"scheme": scheme, "seed": 1, "epoch": 2}
    (batch,) = store.batches(range(24), 24, **options)
    (bare,) = plain.batches(range(24), 24, **options)
    assert torch.equal(batch.images, bare.images)  # a mask changes nothing in the image
    assert (bare.lesions, bare.drawn) == (None, None)
    assert batch.lesions.shape == (24, 144, 160)
    assert batch.lesions.dtype == batch.drawn.dtype == torch.bool
    assert batch.drawn.tolist() == [i % 2 == 1 and i != 5 for i in range(24)]
    for i in (1, 3, 7, 9, 11):
        x = batch.images[i] * torch.tensor(store.std).view(3, 1, 1)
        red = (x + torch.tensor(store.mean).view(3, 1, 1))[0]
        mask = batch.lesions[i]
        square = red > 0.5
        # The edge is blurred by the resampling, and a pixel of the input counts whole.
        assert (square & mask).sum() / (square | mask).sum() > 0.8, i


def test_the_smallest_lesion_stays_and_lies_where_the_input_shows_it():
    mask = np.zeros((400, 600), bool)
    mask[101, 302] = True
    assert np.argwhere(covered(mask, Region(0, 0, 600, 400), (40, 60))).tolist() == [[10, 30]]
    assert np.argwhere(covered(mask, Region(300, 100, 310, 104), (4, 10))).tolist() == [[1, 2]]
    assert np.argwhere(covered(mask, Region(-100, -100, 700, 500), (6, 8))).tolist() == [[2, 4]]
    # Seven pixels to five: one of the image's lies in two of the input's.
    narrow = np.zeros((1, 7), bool)
    narrow[0, 1] = True
    assert covered(narrow, Region(0, 0, 7, 1), (1, 5)).tolist() == [[True, True, *[False] * 3]]


@settings(deadline=None)
@given(st.data())
def test_a_mask_pixel_is_found_in_exactly_the_inputs_that_overlap_it(data):
    side = st.integers(1, 9)
    (height, width), (rows, columns) = (data.draw(st.tuples(side, side)) for _ in range(2))
    y, x = data.draw(st.integers(0, height - 1)), data.draw(st.integers(0, width - 1))
    mask = np.zeros((height, width), bool)
    mask[y, x] = True
    found = covered(mask, Region(0, 0, width, height), (rows, columns))
    for r in range(rows):
        for c in range(columns):
            down = max(y * rows, r * height) < min((y + 1) * rows, (r + 1) * height)
            across = max(x * columns, c * width) < min((x + 1) * columns, (c + 1) * width)
            assert found[r, c] == (down and across)


def test_a_mask_that_does_not_fit_leaves_the_image_out(toy):
    def wrong(sample: Sample) -> np.ndarray | None:
        return np.ones((40, 36), bool) if sample.path.name == "7.png" else None

    store = ImageStore(read_data(DataConfig(csv=str(toy))), SPEC, 2**30, lesions=wrong)
    list(store.load(2))
    (failure,) = store.failures
    assert failure.reason.startswith("The lesion mask of 7.png is 36 x 40 px, the image 40 x 36;")
