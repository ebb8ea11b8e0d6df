"""A case's rows hold what was measured, beside peers that are used as they document."""

import dataclasses
import subprocess
import sys

import pytest
import torch
from torch import Tensor, nn

from softcam_core.bench import run
from softcam_core.bench.cases import FORWARD, PEERS, SUITE, Case, Way, chosen_cases
from softcam_core.bench.equality import compare
from softcam_core.bench.peers import PeerError, installed, peer_task
from softcam_core.bench.run import Settings, measure_memory, run_case
from softcam_core.bench.subject import (
    Subject,
    feature_layer,
    make_subject,
    random_classifier,
    random_image,
)
from softcam_core.explain import attribute
from softcam_core.explain.methods import METHODS
from softcam_core.models.backbones import BACKBONES
from tests.core.models.networks import bits, changed

CPU = torch.device("cpu")
ROUGH = Settings(classes=3, repeats=1, threads=1, memory=False)


def subject(method: str = "gradcam", arch: str = "resnet18") -> Subject:
    return make_subject(method, arch, 64, 3, CPU)


def test_the_suite_asks_for_what_exists() -> None:
    for case in SUITE:
        assert case.method in METHODS
        assert case.arch in BACKBONES
        assert set(case.peers) <= set(PEERS)


def test_the_random_network_is_always_the_same_and_its_logits_vary() -> None:
    one, two = (random_classifier("resnet18", 5) for _ in range(2))
    assert changed(one, bits(two)) == []
    with torch.no_grad():
        spread = one(random_image(96, count=6, seed=9)).std(dim=0)
    assert spread.min() > 0.5
    norms = [m for m in one.modules() if isinstance(m, nn.BatchNorm2d)]
    assert all(norm.running_mean.abs().max() > 0 for norm in norms)
    assert not any(module.training for module in one.modules())


@pytest.mark.parametrize(
    ("arch", "layer"),
    [("resnet18", "layer4"), ("squeezenet1_1", "features"), ("vgg16", "features")],
)
def test_the_layer_that_peers_explain_is_the_one_that_enters_pooling(arch: str, layer: str) -> None:
    assert feature_layer(make_subject("gradcam", arch, 64, 3, CPU)) == layer


@pytest.mark.parametrize("peer", ["torchcam", "torchcam-retain-graph", "grad-cam"])
@pytest.mark.parametrize("arch", ["resnet18", "squeezenet1_1"])
def test_peers_make_the_same_gradcam_and_leave_our_network_alone(peer: str, arch: str) -> None:
    if not installed(peer):
        pytest.skip(f"{peer} is not installed")
    given = subject(arch=arch)
    before = bits(given.model)
    theirs = peer_task(peer, "gradcam", given)()
    ours = attribute(given.model, given.x, "gradcam", given.classes)
    assert compare("gradcam", peer, ours, theirs, "32").equal
    assert changed(given.model, before) == []


@pytest.mark.parametrize("method", ["guided_backprop", "integrated_gradients", "occlusion"])
def test_captum_explains_the_same_pixels(method: str) -> None:
    if not installed("captum"):
        pytest.skip("captum is not installed")
    given = make_subject(method, "squeezenet1_1", 48, 2, CPU)
    theirs = peer_task("captum", method, given)()
    ours = attribute(given.model, given.x, method, given.classes)
    assert compare(method, "captum", ours, theirs, "32").equal


@pytest.mark.parametrize("method", ["cam", "xgradcam", "layercam", "scorecam"])
def test_torchcam_makes_the_same_maps(method: str) -> None:
    if not installed("torchcam"):
        pytest.skip("torchcam is not installed")
    given = make_subject(method, "resnet18", 32, 2, CPU)
    theirs = peer_task("torchcam", method, given)()
    ours = attribute(given.model, given.x, method, given.classes)
    assert compare(method, "torchcam", ours, theirs, "32").equal


def test_a_peer_without_the_method_says_so() -> None:
    with pytest.raises(PeerError, match="captum has no counterpart of gradcam"):
        peer_task("captum", "gradcam", subject())


def test_a_row_per_peer_and_way_with_the_ratio_of_the_medians(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fixed(tasks, repeats, **_given):
        seconds = {"ours": [3.0, 1.0, 2.0], "ours signed": [4.0, 4, 4], FORWARD: [8.0, 9.0, 1.0]}
        return {side: seconds[side] for side in tasks}, {
            side: task() for side, task in tasks.items()
        }

    monkeypatch.setattr(run, "alternate", fixed)
    ways = (Way(), Way("signed", {"signed": True}), Way("never", needs="no_such_module"))
    rows = run_case(Case("gradcam", "squeezenet1_1", 64, (FORWARD,), ways), ROUGH)
    assert [row.name for row in rows] == [
        "gradcam squeezenet1_1 64 px",
        "gradcam signed squeezenet1_1 64 px",
    ]
    assert [(row.ours_s, row.peer, row.peer_s, row.ratio) for row in rows] == [
        (2.0, FORWARD, 8.0, 4.0),
        (4.0, FORWARD, 8.0, 2.0),
    ]


def test_maps_that_differ_are_flagged(monkeypatch: pytest.MonkeyPatch) -> None:
    if not installed("torchcam"):
        pytest.skip("torchcam is not installed")
    case = Case("gradcam", "squeezenet1_1", 64, ("torchcam",))
    (row,) = run_case(case, ROUGH)
    assert row.equal is True

    def wrong(*given: object) -> Tensor:
        return attribute(*given).flip(-1)

    monkeypatch.setattr(run, "attribute", wrong)
    (row,) = run_case(case, ROUGH)
    assert row.equal is False
    assert row.difference > 0.01


def test_evidence_averages_to_the_original_logits() -> None:
    (row,) = run_case(Case("evidence", "resnet18", 64, (FORWARD,)), ROUGH)
    assert row.equal is True
    assert row.difference < 1e-4


def test_the_number_of_threads_holds_for_the_rounds_and_is_put_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before, seen = torch.get_num_threads(), []

    def look(tasks, *_given, **_more):
        seen.append(torch.get_num_threads())
        times = {side: [1.0] for side in tasks}
        return times, {side: task() for side, task in tasks.items()}

    monkeypatch.setattr(run, "alternate", look)
    settings = dataclasses.replace(ROUGH, threads=before + 1)
    (row,) = run_case(Case("gradcam", "squeezenet1_1", 64, (FORWARD,)), settings)
    assert seen == [before + 1] == [row.threads]
    assert torch.get_num_threads() == before


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the high-water mark")
def test_memory_is_measured_in_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    started = []
    plain = subprocess.run

    def watched(command, **given):
        started.append(command)
        return plain(command, **given)

    monkeypatch.setattr(subprocess, "run", watched)
    settings = Settings(classes=2, repeats=1, threads=1)
    (row,) = run_case(Case("gradcam", "squeezenet1_1", 64, (FORWARD,)), settings)
    assert len(started) == 2  # ours and the forward pass
    assert 0 <= row.ours_mb < 100
    assert row.peer_mb is not None


def test_a_child_that_fails_is_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    notes: list[str] = []
    settings = Settings(classes=2, repeats=1, threads=1)
    (row,) = run_case(Case("gradcam", "squeezenet1_1", 64, (FORWARD,)), settings, notes.append)
    assert row.ours_mb is None
    assert len(notes) == 2


def test_memory_of_a_peer_and_of_ours_can_both_be_asked_for() -> None:
    order = {"method": "gradcam", "arch": "squeezenet1_1", "size": 64}
    settings = {"classes": 2, "threads": 1}
    for side, options in (("ours", {}), (FORWARD, None)):
        measured = measure_memory({**order, "side": side, "options": options, "settings": settings})
        assert measured is None or measured >= 0


def test_what_is_asked_for_becomes_cases() -> None:
    cases = chosen_cases(["vgg16", "resnet18"], ["evidence", "gradcam"], 96)
    assert [(c.method, c.arch, c.size) for c in cases] == [
        ("evidence", "vgg16", 96),
        ("evidence", "resnet18", 96),
        ("gradcam", "vgg16", 96),
        ("gradcam", "resnet18", 96),
    ]
    assert chosen_cases([], [], None) == SUITE
    assert {case.size for case in chosen_cases([], [], 96)} == {96}
