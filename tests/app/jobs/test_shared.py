"""Arrays between two ends of a pipe: exact, and gone from shared memory whoever dies."""

from __future__ import annotations

import multiprocessing
import os
import secrets
from collections.abc import Iterator

import numpy as np
import pytest
from conftest import segments, wait  # type: ignore[import-not-found]

from app.jobs import shared
from app.jobs.shared import Channel

LARGE = np.arange(300_000, dtype=np.float64)


@pytest.fixture
def ends() -> Iterator[tuple[Channel, Channel]]:
    first, second = multiprocessing.get_context("spawn").Pipe(duplex=True)
    token = f"{os.getpid():x}-{secrets.token_hex(3)}-"
    parent, child = Channel(first, token, "p"), Channel(second, token, "c")
    yield parent, child
    parent.abandon()
    child.abandon()
    assert not segments(os.getpid())


def test_what_is_sent_arrives_and_its_memory_is_free_again(ends: tuple[Channel, Channel]) -> None:
    parent, child = ends
    parent.send({"small": LARGE[:5], "large": [LARGE, LARGE.astype(np.float32)], "text": "a"})
    got = child.receive()
    assert got["text"] == "a"
    assert np.array_equal(got["small"], LARGE[:5])
    assert np.array_equal(got["large"][0], LARGE)
    assert np.array_equal(got["large"][1], LARGE.astype(np.float32))
    assert not segments(os.getpid())


def test_what_the_other_side_never_read_is_removed_by_the_sender(
    ends: tuple[Channel, Channel],
) -> None:
    parent, _ = ends
    parent.send(LARGE)
    assert wait(lambda: bool(segments(os.getpid())), 5)
    parent.abandon()
    assert not segments(os.getpid())


def test_what_a_dead_sender_left_is_removed_by_the_reader(ends: tuple[Channel, Channel]) -> None:
    parent, child = ends
    for _ in range(3):
        child.send(LARGE)
    child.flush()
    parent.receive()
    assert len(segments(os.getpid())) == 2
    parent.abandon()
    assert not segments(os.getpid())


@pytest.mark.skipif(not shared._SHM.is_dir(), reason="no /dev/shm to look into")
def test_a_segment_whose_maker_died_before_it_had_a_size_is_removed(
    ends: tuple[Channel, Channel],
) -> None:
    parent, child = ends
    (shared._SHM / f"{child._own}1").touch()
    assert segments(os.getpid())
    parent.abandon()
    assert not segments(os.getpid())


def test_without_room_in_shared_memory_arrays_cross_by_the_pipe(
    ends: tuple[Channel, Channel], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared, "_room", lambda size: False)
    parent, child = ends
    parent.send(LARGE)
    assert np.array_equal(child.receive(), LARGE)


def test_the_end_of_the_other_side_is_heard(ends: tuple[Channel, Channel]) -> None:
    parent, child = ends
    child.abandon()
    with pytest.raises(EOFError):
        parent.receive()
