"""The child process dies: the reader is told, and the work goes on."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.controller import Controller
from app.jobs.client import JobClient
from app.state import ViewerState


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[JobClient]:
    """A child of the test's own: its threads end with the test."""
    client = JobClient()
    client.start()
    yield client
    client.close()


def test_a_killed_child_comes_back_with_its_models(
    opened: Controller, state: ViewerState, jobs: JobClient, messages: list[str], shown: Any
) -> None:
    assert jobs.pid is not None
    os.kill(jobs.pid, signal.SIGKILL)
    opened.next()
    shown()
    assert len(messages) == 1
    assert "started again" in messages[0]
    assert state.failures == {}
    for model, method in zip(state.models, ["evidence", "gradcam"], strict=True):
        analysis = state.analysis(model)
        assert analysis is not None
        assert method in analysis.maps
