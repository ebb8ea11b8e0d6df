"""What an evaluation runs over: the images of a table or of a study. Free of torch."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from softcam_core.errors import EvaluationError
from softcam_core.evaluation.items import EvaluationData, Item, Truth
from softcam_core.evaluation.plan import Plan
from softcam_core.paths import is_device, is_file, is_folder

__all__ = ["EvaluationData", "Item", "Truth", "is_study", "open_data", "read_data"]

_SQLITE = b"SQLite format 3\0"


def read_data(
    path: Path | str,
    *,
    reader: str | None = None,
    split: str = "auto",
    cases: Collection[int] | None = None,
    labels: Sequence[str] = (),
) -> EvaluationData:
    """Read a table (CSV) or open a study; close it when done.

    Args:
        path: the table, or the study, whose marks stay as they are.
        reader: whose marks of a study are the truth, or ``union``, ``majority``, ``adjudicated``;
            None: what the study was told, or its only reader.
        split: rows of a table: ``auto`` (test, else val, else all), ``all``, ``train``, ``val`` or
            ``test``.
        cases: ids of the only cases of a study to take.
        labels: of a study, the only marks that count; none for all.

    Raises:
        SoftcamError: one sentence; nothing can be evaluated. What is wrong with single rows is in
            the result's ``problems`` and raised by its ``truth``.
    """
    path = Path(path)
    if is_folder(path):
        raise EvaluationError(
            f"{path} is a folder; give a study (.softcam) or a table (CSV), which softcam dataset "
            "writes of a folder."
        )
    if is_device(path):
        raise EvaluationError(f"{path} is no file; give a table (CSV) or a study (.softcam).")
    if is_study(path):
        if split not in ("auto", "all"):
            raise EvaluationError(f"{path.name} is a study, which has no split {split}.")
        from softcam_core.evaluation.study_data import StudyData

        return StudyData(path, reader, cases, labels)
    if reader is not None or cases is not None or labels:
        raise EvaluationError(f"{path.name} is a table, which has no readers, cases and labels.")
    from softcam_core.evaluation.table_data import TableData

    return TableData(path, split)


def open_data(plan: Plan) -> EvaluationData:
    """Open the data of a plan; see `read_data`."""
    return read_data(
        plan.data, reader=plan.reader, split=plan.split, cases=plan.cases, labels=plan.labels
    )


def is_study(path: Path) -> bool:
    """Return whether a file is a study rather than a table, by its name or its first bytes."""
    if path.suffix.lower() == ".softcam":
        return True
    if not is_file(path):
        return False
    try:
        with path.open("rb") as stream:
            return stream.read(len(_SQLITE)) == _SQLITE
    except (OSError, ValueError):
        return False
