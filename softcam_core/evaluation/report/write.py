"""The report of a run: one page, and its figures as files."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from softcam_core.errors import EvaluationError
from softcam_core.evaluation.definitions import methods_paragraph, references_of
from softcam_core.evaluation.records import read_records
from softcam_core.evaluation.report.cases import choose_cases
from softcam_core.evaluation.report.differences import difference_views
from softcam_core.evaluation.report.examples import Examples, Show, draw_examples
from softcam_core.evaluation.report.figures import draw_all
from softcam_core.evaluation.report.html import Content, Figure, render
from softcam_core.evaluation.report.tables import table_view
from softcam_core.evaluation.results import Summary
from softcam_core.figures.save import as_png, as_svg, inline
from softcam_core.figures.style import drawing

REPORT = "report.html"
FIGURES = "figures"


def write_report(folder: Path, summary: Summary, show: Show | None = None) -> Path:
    """Write ``report.html`` and ``figures/*.svg`` and ``*.png`` (300 dpi) into a run's folder.

    The same run gives the same bytes. The page refers to nothing outside itself: figures are SVG
    elements, example pictures are ``data:`` addresses.

    Args:
        folder: of the run, for the values of single images and for the files.
        summary: its numbers, as `softcam_core.evaluation.summary.summarise` returns them.
        show: (index, model, method) -> what to draw of an example; None for no examples.

    Returns:
        The path of ``report.html``.

    Raises:
        EvaluationError: the folder cannot be written.
    """
    examples: list[Examples] = []
    if show is not None:
        examples = draw_examples(choose_cases(read_records(folder), summary.run), show)
    text = methods_paragraph(summary)
    content = Content(
        tables=[table_view(table) for table in summary.tables],
        differences=difference_views(summary),
        figures=_write_figures(folder / FIGURES, summary),
        examples=examples,
        methods=text.split("\n\n"),
        references=references_of(text),
        problems=summary.failed,
    )
    path = folder / REPORT
    _write(path, render(summary, content).encode())
    return path


def _write_figures(folder: Path, summary: Summary) -> list[Figure]:
    figures = []
    with drawing():
        for drawn in draw_all(summary):
            svg = as_svg(drawn.figure, drawn.title)
            _write(folder / f"{drawn.name}.svg", svg)
            _write(folder / f"{drawn.name}.png", as_png(drawn.figure))
            page = Markup(inline(svg, drawn.name, f"{drawn.title}. {drawn.caption}"))
            figures.append(Figure(drawn.name, drawn.title, drawn.caption, page, drawn.wide))
    return figures


def _write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    partial = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(exist_ok=True)
        partial.write_bytes(data)
        partial.replace(path)
    except OSError as error:
        raise EvaluationError(
            f"The file {path} cannot be written ({error.strerror}); choose another folder."
        ) from error
