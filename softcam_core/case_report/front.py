"""The head of a report: when, with what and by whom it was made, and what it leaves out."""

from __future__ import annotations

from datetime import datetime

from softcam_core import __version__
from softcam_core.case_report.numbers import moment
from softcam_core.case_report.values import Fact, Front
from softcam_core.case_report.words import DISCLAIMER, Words


def front(
    *,
    made: datetime,
    reader: str,
    cases: int,
    named: bool,
    words: Words,
    language: str = "en",
) -> Front:
    """Return the head of a report.

    Args:
        made: when, UTC.
        reader: whose marks and grades it tells of.
        cases: how many it tells of.
        named: the images' file names are in it.
        words: the reader's language, and ``language`` its code.
    """
    identity = (
        "Patients' names, numbers and dates are left out; the files' names are in."
        if named
        else "Patients' names, numbers and dates are left out; so are the files' names."
    )
    return Front(
        title=words("Case report"),
        facts=(
            Fact(words("Made on"), moment(made)),
            Fact(words("Software"), f"SoftCAM Viewer {__version__}"),
            Fact(words("Reader"), reader),
            Fact(words("Cases"), str(cases)),
            Fact(words("Identity"), words(identity)),
        ),
        disclaimer=words(DISCLAIMER),
        page=words("Page {0} of {1}"),
        language=language,
    )
