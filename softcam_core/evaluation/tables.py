"""The tables of a run, as the paper and the poster lay them out. Free of torch."""

from __future__ import annotations

from softcam_core.evaluation.results import Summary
from softcam_core.evaluation.table_types import Table


def tables_of(summary: Summary) -> tuple[Table, ...]:
    """Return the tables of the numbers that there are."""
    return summary.tables
