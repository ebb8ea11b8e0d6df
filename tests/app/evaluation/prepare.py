"""Makes a finished run of drawn numbers: ``prepare.py FOLDER IMAGES``."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def main(folder: Path, images: int) -> None:
    sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "core" / "evaluation")]
    from sample import write_sample

    from softcam_core.evaluation.records import write_per_image
    from softcam_core.evaluation.results import write_results
    from softcam_core.evaluation.summary import summarise

    write_sample(folder, images=images)
    write_per_image(folder)
    write_results(folder, summarise(folder))
    (folder / "report.html").write_text("<p>Report</p>", encoding="utf-8")
    (folder / "figures").mkdir()
    (folder / "figures" / "topk.svg").write_text("<svg/>", encoding="utf-8")


main(Path(sys.argv[1]), int(sys.argv[2]))
