"""Eval mode ends when the last block that asked for it ends."""

import gc
import threading
import weakref

import pytest
from torch import nn

from softcam_core.models.evaluating import evaluating


def network() -> nn.Sequential:
    net = nn.Sequential(nn.Dropout(), nn.Sequential(nn.BatchNorm2d(2), nn.ReLU())).train()
    net[1][1].eval()
    return net


def flags(net: nn.Module) -> list[bool]:
    return [module.training for module in net.modules()]


def test_every_part_goes_back_to_what_it_was() -> None:
    net = network()
    before = flags(net)
    with evaluating(net):
        assert not any(flags(net))
    assert flags(net) == before
    with pytest.raises(KeyError), evaluating(net):
        raise KeyError
    assert flags(net) == before


def test_blocks_within_blocks() -> None:
    net = network()
    before = flags(net)
    with evaluating(net):
        with evaluating(net):
            assert not any(flags(net))
        assert not any(flags(net))
    assert flags(net) == before


def test_a_thread_that_leaves_does_not_disturb_another() -> None:
    net = network()
    before = flags(net)
    inside, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with evaluating(net):
            inside.set()
            leave.wait(5)

    thread = threading.Thread(target=hold)
    thread.start()
    assert inside.wait(5)
    with evaluating(net):
        leave.set()
        thread.join()
        assert not any(flags(net))
    assert flags(net) == before


def test_many_threads_at_once() -> None:
    net = network()
    before = flags(net)
    wrong: list[int] = []

    def work() -> None:
        for turn in range(300):
            with evaluating(net):
                if any(flags(net)):
                    wrong.append(turn)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert flags(net) == before


def test_models_are_not_kept_alive() -> None:
    net = network()
    with evaluating(net):
        pass
    seen = weakref.ref(net)
    del net
    gc.collect()
    assert seen() is None
