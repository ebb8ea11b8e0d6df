"""What the machine cannot do, in one sentence; and determinism that ends with the run."""

import os

import pytest
import torch

from softcam_core.errors import ConfigError, TrainingError
from softcam_core.training.config import Config, DataConfig, TrainConfig
from softcam_core.training.runtime import (
    explained,
    explained_loading,
    make_fabric,
    reproducible,
    seed_pass,
    smaller_batch,
)

CUDA = torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")
CPU = RuntimeError(
    "[enforce fail at alloc_cpu.cpp:124] err == 0. DefaultCPUAllocator: can't allocate memory: "
    "you tried to allocate 123 bytes. Error code 12 (Cannot allocate memory)"
)
WINDOWS = RuntimeError("DefaultCPUAllocator: not enough memory: you tried to allocate 8 bytes.")
PYTHON = MemoryError("Unable to allocate 1. GiB for an array")


def config(batch=16, accumulate=1, **more) -> Config:
    train = TrainConfig(batch_size=batch, accumulate=accumulate, device="cpu", **more)
    return Config(data=DataConfig(csv="t.csv", image_size=512), train=train)


@pytest.mark.parametrize("error", [CUDA, CPU, WINDOWS, PYTHON])
def test_a_full_memory_names_a_batch_that_makes_the_same_steps(error):
    with pytest.raises(TrainingError) as told, explained(config(16, 2)):
        raise error
    assert str(told.value) == (
        "The memory is full with batches of 16 images of 512 x 512 px; try train.batch_size=8 "
        "with train.accumulate=4, which makes the same steps."
    )


def test_a_batch_of_one_needs_smaller_images():
    guard = explained(config(1))
    with (
        pytest.raises(TrainingError, match=r"batches of one image of .*; lower data.image_size"),
        guard,
    ):
        raise CUDA


@pytest.mark.parametrize(
    ("batch", "accumulate", "smaller"),
    [(16, 1, (8, 2)), (8, 3, (4, 6)), (5, 1, (1, 5)), (5, 2, (2, 5)), (7, 3, (3, 7)), (1, 4, None)],
)
def test_a_smaller_batch_is_at_most_half_and_the_step_stays(batch, accumulate, smaller):
    assert smaller_batch(batch, accumulate) == smaller


@pytest.mark.parametrize("error", [PYTHON, CPU])
def test_a_memory_full_of_images_names_the_cache(error):
    guard = explained_loading(config())
    with pytest.raises(TrainingError, match=r"set data.cache_gb below 4, or lower"), guard:
        raise error


def test_other_errors_stay_what_they_are():
    for guard in (explained, explained_loading):
        with pytest.raises(RuntimeError, match="shapes"), guard(config()):
            raise RuntimeError("shapes differ")


def test_what_does_not_repeat_is_one_sentence():
    text = "upsample_bicubic2d_backward_out_cuda does not have a deterministic implementation, ..."
    guard = explained(config())
    with (
        pytest.raises(TrainingError, match=r"^upsample_\w+ does not repeat to the bit .*false\.$"),
        guard,
    ):
        raise RuntimeError(text)


@pytest.mark.parametrize("said", ["[gloo/transport/tcp] Connection closed by peer", "NCCL error"])
def test_a_process_that_is_lost_is_one_sentence(monkeypatch, said):
    with pytest.raises(RuntimeError, match=r"gloo|NCCL"), explained(config()):
        raise RuntimeError(said)
    monkeypatch.setattr(torch.distributed, "is_initialized", lambda: True)
    guard = explained(config())
    with pytest.raises(TrainingError, match=r"Another process .* --resume\."), guard:
        raise RuntimeError(said)


def test_determinism_ends_with_the_run(monkeypatch):
    monkeypatch.delenv("CUBLAS_WORKSPACE_CONFIG", raising=False)
    before = torch.are_deterministic_algorithms_enabled()
    with reproducible(deterministic=True):
        assert torch.are_deterministic_algorithms_enabled()
        assert os.environ["CUBLAS_WORKSPACE_CONFIG"] == ":4096:8"
        assert torch.backends.cudnn.deterministic
    assert torch.are_deterministic_algorithms_enabled() == before
    assert "CUBLAS_WORKSPACE_CONFIG" not in os.environ
    with reproducible():
        assert torch.are_deterministic_algorithms_enabled() == before
    monkeypatch.setenv("CUBLAS_WORKSPACE_CONFIG", ":16:8")
    with reproducible(deterministic=True):
        assert os.environ["CUBLAS_WORKSPACE_CONFIG"] == ":16:8"
    assert os.environ["CUBLAS_WORKSPACE_CONFIG"] == ":16:8"


def test_every_pass_draws_its_own_dropout():
    drawn = {}
    for key in [(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1)]:
        seed_pass(*key)
        drawn[key] = float(torch.rand(()))
    assert len(set(drawn.values())) == 4
    seed_pass(0, 0, 0)
    assert float(torch.rand(())) == drawn[0, 0, 0]


def test_synchronised_batch_norm_needs_cuda():
    with pytest.raises(ConfigError, match=r"train.sync_batchnorm needs CUDA .* set it to false"):
        make_fabric(config(sync_batchnorm=True))


def test_uneven_machines_are_one_sentence(monkeypatch):
    monkeypatch.setenv("LOCAL_WORLD_SIZE", "2")
    monkeypatch.setenv("WORLD_SIZE", "3")
    with pytest.raises(ConfigError, match="3 processes are not divided evenly"):
        make_fabric(config())
