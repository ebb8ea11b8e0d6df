"""Time left, words, and the folders of runs."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.training.clock import Clock
from app.training.places import folder_of, new_folder
from app.training.status import Status
from app.training.widgets import place_whole
from app.training.words import duration
from softcam_core.errors import TrainingError


def test_the_first_epoch_is_told_by_its_steps():
    now = [0.0]
    clock = Clock(4, lambda: now[0])
    clock.step("training", 1, 1)
    assert clock.left(1, 1, 11) is None
    now[0] = 10.0
    clock.step("training", 1, 6)
    # Two seconds a step, 11 steps an epoch: 22 s each, and 6 / 11 of the first are over.
    assert clock.left(1, 6, 11) == pytest.approx(22 * (4 - 6 / 11))


def test_later_epochs_are_told_by_those_before():
    clock = Clock(10)
    for epoch in range(1, 8):
        clock.epoch({"epoch": epoch, "seconds": 100.0 if epoch < 3 else 20.0}, 10)
    assert clock.left(8, 5, 10) == pytest.approx(20 * 2.5)


def test_nothing_is_told_of_a_run_without_epochs():
    assert Clock().left(1, 5, 10) is None


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (1, "5 seconds"),
        (62, "60 seconds"),
        (840, "14 minutes"),
        (7200, "2.0 hours"),
        (90_000, "25 hours"),
    ],
)
def test_a_duration_is_as_coarse_as_it_is_uncertain(seconds, text):
    assert duration(seconds) == text


def test_the_status_shows_a_few_sentences_and_counts_the_others(qtbot):
    status = Status()
    qtbot.addWidget(status)
    status.say(*(f"Sentence {n}." for n in range(6)))
    assert status.label.text().splitlines()[-1] == "… and 2 more"
    assert len(status.label.text().splitlines()) == 5
    status.begin(3)
    status.step("images", 0, 5, 10)
    assert (status.bar.maximum(), status.bar.value()) == (10, 5)
    status.step("training", 2, 1, 2)
    assert status.bar.value() == 1500
    status.step("validation", 2, 1, 2)
    assert status.bar.value() == 2000
    status.add("Resuming in epoch 2 of 3.")
    assert "Resuming" in status.label.text()
    status.epoch({"epoch": 2}, 3)
    status.step("training", 3, 1, 2)
    assert "Resuming" not in status.label.text()
    assert "Sentence 5." in status.label.text()
    status.end()
    assert status.bar.isHidden()


def test_a_folder_of_its_own_for_each_run(open_study, data_dir):
    folder = folder_of(open_study)
    assert folder.parent == data_dir / "training"
    first, second = new_folder(folder, "elastic net"), new_folder(folder, "elastic net")
    assert first != second
    assert first.name.endswith("-elastic-net")
    (data_dir / "file").touch()
    with pytest.raises(TrainingError, match="cannot be written to"):
        new_folder(data_dir / "file", "dense")


def test_a_window_that_the_screen_cannot_hold_keeps_its_title_in_view(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    inside = QLabel()
    inside.setMinimumSize(5000, 5000)
    QVBoxLayout(window).addWidget(inside)
    place_whole(window, QSize(300, 300))
    free = window.screen().availableGeometry()
    assert window.pos() == free.topLeft()
