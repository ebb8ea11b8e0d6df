"""Runs with undefined values, summarised once for all tests."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from softcam_core.evaluation.results import Summary, write_results
from softcam_core.evaluation.summary import summarise
from softcam_core.evaluation.tables import write_tables
from tests.core.evaluation.oracle import Table
from tests.core.evaluation.runs import BINARY, FOUR, own_patients, write_rich

RESAMPLES, SEED = 120, 5


@dataclass
class Run:
    """A run, what it gives, and ``per_image.csv`` for those who compute it again."""

    folder: Path
    summary: Summary
    table: Table


def summarised(folder: Path) -> Run:
    """Summarise a run and write everything."""
    summary = summarise(folder, RESAMPLES, SEED)
    write_results(folder, summary)
    write_tables(folder, summary)
    return Run(folder, summary, Table(folder))


@pytest.fixture(scope="session")
def binary(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Two classes, two backbones, every kind of model; two images a patient."""
    folder = tmp_path_factory.mktemp("binary")
    write_rich(folder, classes=BINARY)
    return summarised(folder)


@pytest.fixture(scope="session")
def four(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Four classes, one backbone, an image a patient."""
    folder = tmp_path_factory.mktemp("four")
    models = ("resnet-blackbox", "resnet-sparse")
    write_rich(folder, classes=FOUR, models=models, change=own_patients)
    return summarised(folder)
