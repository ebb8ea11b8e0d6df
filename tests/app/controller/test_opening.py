"""Folders, files and studies: the first image at once, the rest behind, mistakes in a sentence."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from app.controller import Controller
from app.state import ViewerState
from softcam_core.annotations.study import Study

Folder = Callable[..., Path]


def test_a_folder_opens_with_its_first_image_in_natural_order(
    controller: Controller, state: ViewerState, folder: Folder, shown: Any
) -> None:
    place = folder(12)
    controller.open_paths([place])
    shown()
    assert [case.name for case in state.cases] == [f"case {n}.png" for n in range(1, 13)]
    assert state.case == state.cases[0]
    assert state.image is not None
    assert np.array_equal(state.image.pixels, np.asarray(Image.open(place / "case 1.png")))
    assert state.study is not None
    assert place not in state.study.path.parents
    assert not [p for p in place.iterdir() if p.suffix != ".png"]


def test_the_first_image_does_not_wait_for_the_study(
    controller: Controller,
    state: ViewerState,
    folder: Folder,
    qtbot: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import threading

    gate = threading.Event()
    opened = Study.open

    def slow(path: Path, *more: Any, **named: Any) -> Study:
        gate.wait(10)
        return opened(path, *more, **named)

    monkeypatch.setattr(Study, "open", slow)
    controller.open_paths([folder(3)])
    qtbot.waitUntil(lambda: state.image is not None)
    assert state.study is None
    gate.set()
    qtbot.waitUntil(lambda: state.case is not None)


def test_single_files_open_alone(
    controller: Controller, state: ViewerState, folder: Folder, shown: Any
) -> None:
    place = folder(4)
    controller.open_paths([place / "case 3.png", place / "case 2.png"])
    shown()
    assert [case.name for case in state.cases] == ["case 3.png", "case 2.png"]


def test_an_empty_folder_is_one_sentence(
    controller: Controller, state: ViewerState, tmp_path: Path, messages: list[str], qtbot: Any
) -> None:
    (tmp_path / "empty").mkdir()
    controller.open_paths([tmp_path / "empty"])
    qtbot.waitUntil(lambda: bool(messages))
    assert "No images were found" in messages[0]
    assert str(tmp_path / "empty") in messages[0]
    qtbot.waitUntil(controller.settled)
    assert state.case is None


def test_an_unreadable_image_says_so_and_the_rest_goes_on(
    controller: Controller, state: ViewerState, folder: Folder, shown: Any, qtbot: Any
) -> None:
    place = folder(3)
    (place / "case 2.png").write_bytes(b"\x89PNG\r\n\x1a\nbroken")
    failed: list[tuple[int, str]] = []
    state.image_failed.connect(lambda case, sentence: failed.append((case, sentence)))
    controller.open_paths([place])
    shown()
    controller.next()
    qtbot.waitUntil(lambda: bool(failed))
    assert state.case is not None
    assert failed[0][0] == state.case.id
    assert "case 2.png" in failed[0][1]
    assert state.image is None
    assert state.image_error == failed[0][1]
    qtbot.waitUntil(controller.settled)
    controller.next()
    shown()
    assert state.image is not None
    assert state.image_error == ""


def test_an_unreadable_first_image_says_so_too(
    controller: Controller, state: ViewerState, folder: Folder, qtbot: Any
) -> None:
    place = folder(2)
    (place / "case 1.png").write_bytes(b"nothing")
    failed: list[int] = []
    state.image_failed.connect(lambda case, _: failed.append(case))
    controller.open_paths([place])
    qtbot.waitUntil(lambda: bool(failed) and state.case is not None)
    assert state.case is not None
    assert failed[-1] == state.case.id


def test_a_damaged_study_is_told_and_the_images_are_shown(
    controller: Controller,
    state: ViewerState,
    folder: Folder,
    shown: Any,
    messages: list[str],
    tmp_path: Path,
) -> None:
    bad = tmp_path / "bad.softcam"
    bad.write_bytes(b"not a study at all")
    controller.open_paths([folder(2)], study=bad)
    shown()
    assert len(messages) == 1
    assert "bad.softcam" in messages[0]
    assert state.study is None
    assert [case.name for case in state.cases] == ["case 1.png", "case 2.png"]
    assert bad.read_bytes() == b"not a study at all"
    controller.set_status("done")
    assert "No study is open" in messages[1]
    assert state.cases[0].status == "unread"


def test_what_was_marked_is_there_when_the_folder_is_opened_again(
    controller: Controller, state: ViewerState, folder: Folder, shown: Any
) -> None:
    place = folder(3)
    controller.open_paths([place])
    shown()
    controller.set_status("flagged")
    controller.select_case(state.cases[2].id)
    assert state.study is not None
    state.study.add_annotation(
        state.cases[2].id, kind="box", points=[[1, 1], [9, 9]], label="MA", reader=state.reader
    )
    state.annotations_changed.emit(state.cases[2].id)
    controller.open_paths([place])
    shown()
    assert [case.status for case in state.cases] == ["flagged", "unread", "in progress"]
    assert len(state.study.annotations(state.cases[2].id)) == 1


def test_a_study_opens_at_the_case_that_was_left(
    controller: Controller, state: ViewerState, folder: Folder, shown: Any, qtbot: Any
) -> None:
    place = folder(5)
    controller.open_paths([place])
    qtbot.waitUntil(lambda: len(state.cases) == 5)
    assert state.study is not None
    path = state.study.path
    controller.open_study(path, case=place / "case 4.png")
    shown()
    assert state.case is not None
    assert state.case.name == "case 4.png"
    assert len(state.cases) == 5


def test_a_study_saved_elsewhere_is_a_whole_copy(
    controller: Controller, state: ViewerState, folder: Folder, shown: Any, tmp_path: Path
) -> None:
    controller.open_paths([folder(2)])
    shown()
    assert state.study is not None
    assert state.case is not None
    before = state.study.path
    state.study.add_annotation(
        state.case.id, kind="box", points=[[1, 1], [9, 9]], label="MA", reader=state.reader
    )
    controller.save_study_as(tmp_path / "copy.softcam")
    shown()
    assert state.study.path == tmp_path / "copy.softcam"
    assert len(state.study.annotations(state.case.id)) == 1
    assert before.is_file()
    assert not list(tmp_path.glob(".*.new"))


def test_what_is_in_work_can_be_stored_before_another_folder_opens(
    controller: Controller, state: ViewerState, folder: Folder, shown: Any
) -> None:
    first, second = folder(1), folder(1, name="second")
    controller.open_paths([first])
    shown()
    case = state.cases[0].id

    def store() -> None:
        assert state.study is not None
        state.study.add_annotation(case, kind="point", points=[[1, 1]], label="MA")

    state.study_closing.connect(store)
    controller.open_paths([second])
    state.study_closing.disconnect(store)
    shown()
    controller.open_paths([first])
    shown()
    assert state.study is not None
    assert len(state.study.annotations(case)) == 1


def test_a_study_that_cannot_be_saved_there_stays_open(
    controller: Controller,
    state: ViewerState,
    folder: Folder,
    shown: Any,
    tmp_path: Path,
    messages: list[str],
) -> None:
    controller.open_paths([folder(2)])
    shown()
    assert state.study is not None
    before = state.study.path
    controller.save_study_as(tmp_path / "missing" / "copy.softcam")
    shown()
    assert "cannot be saved" in messages[0]
    assert state.study.path == before


def test_leafing_quickly_ends_on_the_last_case_and_skips_what_was_passed(
    controller: Controller, state: ViewerState, folder: Folder, shown: Any, monkeypatch: Any
) -> None:
    from softcam_core.imaging import read

    place = folder(30, size=(300, 200))
    decoded: list[str] = []
    read_image = read.read_image

    def slow(path: Path, frame: int = 0) -> Any:
        decoded.append(path.name)
        time.sleep(0.02)
        return read_image(path, frame)

    monkeypatch.setattr(read, "read_image", slow)
    controller.open_paths([place])
    shown()
    for _ in range(29):
        controller.next()
    controller.previous()
    shown()
    assert state.case is not None
    assert state.case.name == "case 29.png"
    assert len(set(decoded)) < 15
    assert state.image is not None
    assert np.array_equal(state.image.pixels, np.asarray(Image.open(place / "case 29.png")))


def test_next_unread_skips_what_was_read_and_starts_over(
    controller: Controller, state: ViewerState, folder: Folder, shown: Any, messages: list[str]
) -> None:
    controller.open_paths([folder(4)])
    shown()
    controller.set_status("done", state.cases[1].id)
    controller.next_unread()
    assert state.case == state.cases[2]
    controller.set_status("done", state.cases[3].id)
    controller.next_unread()
    assert state.case == state.cases[0]
    for case in state.cases:
        controller.set_status("done", case.id)
    controller.next_unread()
    assert messages == ["Every case has been read."]


def test_ten_thousand_files_never_stop_the_window(
    controller: Controller, state: ViewerState, tmp_path: Path, qtbot: Any
) -> None:
    # Other tests' torch is no part of the window: its objects would slow the collector down.
    gc.collect()
    gc.freeze()
    place = tmp_path / "many"
    place.mkdir()
    Image.new("L", (8, 8)).save(place / "0.png")
    content = (place / "0.png").read_bytes()
    for number in range(1, 10_000):
        (place / f"{number}.png").write_bytes(content)
    controller.open_paths([place])
    qtbot.waitUntil(lambda: state.image is not None, timeout=5000)
    assert len(state.cases) < 10_000
    qtbot.waitUntil(lambda: len(state.cases) == 10_000, timeout=60_000)
    assert [case.name for case in state.cases[:3]] == ["0.png", "1.png", "2.png"]
    assert state.study is not None
    assert len(state.study.cases()) == 10_000


@pytest.mark.skipif(os.name != "posix", reason="other systems' file names are text")
def test_a_file_whose_name_is_no_text_opens_among_the_others(
    controller: Controller, state: ViewerState, folder: Folder, shown: Any, messages: list[str]
) -> None:
    place = folder(2)
    odd = Path(os.fsdecode(os.fsencode(place) + b"/bad\xff.png"))
    try:
        (place / "case 1.png").rename(odd)
    except OSError:
        pytest.skip("the file system takes only text")
    controller.open_paths([place])
    shown()
    assert [case.path for case in state.cases] == [odd, place / "case 2.png"]
    assert state.case is not None
    assert state.case.name == r"bad\xff.png"
    assert state.image is not None
    assert messages == []


def test_the_demo_comes_with_its_known_lesions(
    controller: Controller, state: ViewerState, qtbot: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    from softcam_core.annotations.mask_files import read_mask
    from softcam_core.demo import demo_cases

    monkeypatch.setattr(controller, "open_model", lambda path: None)
    known = {case.path.absolute(): case for case in demo_cases()}
    controller.open_demo()
    qtbot.waitUntil(lambda: len(state.cases) == len(known), timeout=20_000)
    assert state.study is not None
    for case in state.cases:
        truth = known[case.path.absolute()]
        marks = state.study.annotations(case.id, "given")
        assert {mark.label for mark in marks} == set(truth.masks)
        if truth.mask is not None:
            marked, _ = read_mask(truth.mask)
            assert np.array_equal(state.study.mask(case.id, reader="given"), marked)
    assert state.study.annotation_counts(state.reader) == {}
    assert state.study.labels() == []  # so that the set of the modality is offered
    # A file of the user's own begins without them.
    controller.open_demo(tmp_path / "own.softcam")
    own = tmp_path / "own.softcam"
    qtbot.waitUntil(lambda: state.study is not None and state.study.path == own)
    qtbot.waitUntil(lambda: len(state.cases) == len(known), timeout=20_000)
    assert state.study.annotations() == []
