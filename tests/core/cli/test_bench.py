"""``softcam bench`` from the command line: rows, files, and mistakes in one sentence."""

import json
from pathlib import Path

import pytest

from softcam_core.bench import peers
from softcam_core.bench.cases import PEERS

KEYS = {"name", "ours_s", "peer", "peer_s", "ratio", "ours_mb", "peer_mb", "difference", "equal"}
SMALL = ("--quick", "--arch", "squeezenet1_1", "--methods", "gradcam", "--threads", "1")


def test_quick_json_has_the_keys_and_nothing_else_on_stdout(softcam) -> None:
    done = softcam("bench", *SMALL, "--json")
    assert done.code == 0, done.err
    assert done.lines
    for line in done.lines:
        assert set(line) >= KEYS
        assert line["ratio"] == pytest.approx(line["peer_s"] / line["ours_s"])
        assert line["equal"] in (True, None)
    assert done.lines[0]["peer"] == "forward"


def test_the_table_and_the_files(softcam, tmp_path: Path) -> None:
    done = softcam("bench", *SMALL, "--peers", "forward", "--out", tmp_path / "out")
    assert done.code == 0, done.err
    assert "gradcam squeezenet1_1 64 px" in done.out
    assert "costs" in done.out
    written = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert written == ["bench.csv", "bench.json", "bench.svg"]
    assert json.loads((tmp_path / "out" / "bench.json").read_text())["machine"]["torch"]


def test_a_missing_peer_is_a_note_and_the_others_go_on(
    softcam, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = peers.find_spec
    monkeypatch.setattr(
        peers, "find_spec", lambda name: None if name in set(PEERS.values()) else there(name)
    )
    done = softcam("bench", *SMALL, "--json")
    assert done.code == 0
    assert [line["peer"] for line in done.lines] == ["forward"]
    for peer in ("torchcam", "grad-cam", "captum"):
        assert f"{peer} is not installed" in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (("--methods", "gradcamm"), "gradcamm"),
        (("--arch", "resnet51"), "resnet51"),
        (("--peers", "captn"), "captn"),
        (("--clock", "sun"), "sun"),
        (("--engine", "steam"), "steam"),
        (("--precision", "64"), "64"),
        (("--classes", "1"), "classes"),
        (("--size", "0"), "size"),
    ],
)
def test_a_wrong_word_is_a_usage_error_that_names_it(softcam, given, named) -> None:
    done = softcam("bench", *given)
    assert done.code == 2
    assert named in done.err
    assert "Traceback" not in done.err


def test_what_the_network_does_not_allow_fails_in_one_sentence(softcam) -> None:
    done = softcam("bench", *SMALL, "--methods", "cam,gradcam")
    assert done.code == 1
    assert "cam squeezenet1_1" in done.err
    assert "Traceback" not in done.err
    assert "gradcam squeezenet1_1" in done.out


def test_the_users_own_model(softcam, model: Path) -> None:
    asked = ("--model", model, "--methods", "evidence,gradcam", "--threads", "1")
    done = softcam("bench", "--quick", *asked, "--json")
    assert done.code == 0, done.err
    assert {line["name"] for line in done.lines} == {"evidence model 64 px", "gradcam model 64 px"}
    assert all(line["equal"] in (True, None) for line in done.lines)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("--arch", "vit_b_16", "--size", "64"), "choose another --size"),
        (("--quick", "--device", "cuda:99"), "choose cpu"),
    ],
)
def test_what_cannot_be_measured_is_one_sentence(softcam, given, words) -> None:
    done = softcam("bench", "--no-memory", "--repeats", "1", "--methods", "gradcam", *given)
    assert done.code == 1
    assert words in done.err
    assert len(done.err.strip().splitlines()) == 1
