"""The report: a page, its figures as files, and pictures of single cases."""

from softcam_core.evaluation.report.examples import Show, Shown
from softcam_core.evaluation.report.write import write_report

__all__ = ["Show", "Shown", "write_report"]
