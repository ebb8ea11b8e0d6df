"""File > Case report in the real program: a PDF and a page of a demo case, with its marks."""

import html
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from softcam_core.annotations.protocol import Protocol, set_protocol
from softcam_core.annotations.study import Study

sys.path.insert(0, str(Path(__file__).parent))
from test_window import drive

STEPS = """
from pathlib import Path
from app.output.report_dialog import ReportDialog

targets = [Path(target) for target in {targets!r}]

def draw(w):
    w.commands._place = lambda title, kind, name, suffix: targets[0]
    w.state.set_tool("box")
    canvas = w.grid.canvas(0)
    drag(canvas, canvas.to_screen(60, 60), canvas.to_screen(120, 120))
    report(w)

def report(w):
    w.actions_table["case_report"].trigger()
    dialog = next((d for d in w.findChildren(ReportDialog) if d.isVisible()), None)
    if dialog is None:  # The mark is not stored yet, and the window says so.
        QTimer.singleShot(200, lambda: report(w))
        return
    form = dialog.form
    form.format.setCurrentIndex(form.format.findData(targets[0].suffix[1:]))
    dialog.written.connect(lambda path: written(w, path))
    dialog.save.click()

def written(w, path):
    print("WRITTEN", targets.pop(0) == path)
    QTimer.singleShot(300, (lambda: report(w)) if targets else w.close)

QTimer.singleShot(60_000, app.quit)
when(lambda w: w.state.painted and w.state.study is not None and len(w.state.models) > 0, draw)
"""


def reports(tmp_path: Path, study: Path) -> tuple[Path, str]:
    """Draw a box on the first demo case and report on it; return the PDF and the page."""
    pdf, page = tmp_path / "r.pdf", tmp_path / "r.html"
    done = drive(STEPS.format(targets=[str(pdf), str(page)]), "--demo", "--study", study)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("WRITTEN True") == 2, done.stdout + done.stderr
    assert pdf.read_bytes().startswith(b"%PDF")
    return pdf, html.unescape(page.read_text("utf-8"))


def text_of(pdf: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    done = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8")


def test_a_case_is_reported_with_marks_and_prediction(tmp_path: Path) -> None:
    pdf, page = reports(tmp_path, tmp_path / "s.softcam")
    visible = re.sub(r"<style>.*?</style>|<[^>]*>", " ", page, flags=re.S)
    for text in (visible, text_of(pdf)):
        assert "predicts" in text
        assert "lies inside the marks of reader-1" in text
        assert "Sparse SoftCAM, fundus phantoms" in text
        assert "60 × 60" in text
        assert "fundus-01" not in text
    assert "Research use only. Not for diagnosis." in visible


def test_a_blinded_report_has_nothing_of_the_model(tmp_path: Path) -> None:
    with Study.open(tmp_path / "s.softcam") as study:
        set_protocol(study, Protocol("blinded"), "head of the study")
    pdf, page = reports(tmp_path, tmp_path / "s.softcam")
    visible = re.sub(r"<style>.*?</style>|<[^>]*>", " ", page, flags=re.S)
    for text in (visible, text_of(pdf)):
        assert "Blinded" in text
        assert "60 × 60" in text
        for word in ("SoftCAM, fundus", "Probability", "NPDR", "Logit", "SHA-256"):
            assert word not in text
