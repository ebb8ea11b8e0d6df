"""What is written is what is read back, by those who must be quick and may not load torch."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest

from softcam_core.errors import EvaluationError
from softcam_core.evaluation.results import (
    Difference,
    Result,
    Summary,
    load_summary,
    write_results,
)
from tests.core.evaluation.conftest import Run

NOTHING = math.nan


def test_summary_comes_back_as_it_was(binary: Run) -> None:
    loaded = load_summary(binary.folder)
    assert loaded.plain() == binary.summary.plain()
    for one, other in zip(loaded.results, binary.summary.results, strict=True):
        for mine, theirs in zip(vars(one).values(), vars(other).values(), strict=True):
            assert mine == theirs or (math.isnan(mine) and math.isnan(theirs))
    assert type(loaded.tables[0]) is type(binary.summary.tables[0])


def test_undefined_numbers_are_null_in_json_and_nan_again(tmp_path: Path) -> None:
    undefined = (NOTHING, NOTHING, NOTHING)
    summary = Summary(
        run={"models": []},
        results=(Result("m", "-", "auc", *undefined, n=0, undefined=3),),
        differences=(Difference("m", "a", "m", "b", "audc", *undefined, NOTHING, n=0),),
        curves={"deletion": [{"mean": [1.0, NOTHING]}]},
    )
    write_results(tmp_path, summary)
    plain = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    assert plain["results"][0]["value"] is None
    assert plain["curves"]["deletion"][0]["mean"] == [1.0, None]
    loaded = load_summary(tmp_path)
    assert math.isnan(loaded.results[0].low)
    assert math.isnan(loaded.differences[0].p)
    assert (tmp_path / "results.csv").read_text().splitlines()[1] == "m,-,auc,,,,0,3"


def test_names_that_a_spreadsheet_would_run_are_text(tmp_path: Path) -> None:
    result = Result("=cmd()", "-", "auc", 0.5, 0.25, 0.75, 3, 0)
    write_results(tmp_path, Summary(run={}, results=(result,)))
    line = (tmp_path / "results.csv").read_text().splitlines()[1]
    assert line == "'=cmd(),-,auc,0.5,0.25,0.75,3,0"
    assert load_summary(tmp_path).results[0].model == "=cmd()"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"run": {}}'])
def test_damaged_results_are_one_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "results.json").write_text(text)
    with pytest.raises(EvaluationError, match=r"missing or damaged; evaluate again"):
        load_summary(tmp_path)


def test_missing_results_are_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"results\.json are missing or damaged"):
        load_summary(tmp_path)


def test_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EvaluationError, match=r"results\.csv cannot be written"):
        write_results(tmp_path / "file", Summary(run={}))


def test_one_number_is_found_by_its_key(binary: Run) -> None:
    for one in binary.summary.results:
        assert binary.summary.result(one.model, one.method, one.metric) is one
    assert binary.summary.result("resnet-dense", "evidence", "no such") is None


def test_reading_and_summarising_load_no_torch(binary: Run) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from softcam_core.evaluation.results import load_summary\n"
        "assert not {'torch', 'sklearn', 'scipy', 'pandas', 'matplotlib'} & set(sys.modules)\n"
        "import softcam_core.evaluation.definitions, softcam_core.evaluation.tables\n"
        "import softcam_core.evaluation.summary\n"
        "assert not {'torch', 'sklearn', 'scipy', 'pandas', 'matplotlib'} & set(sys.modules)\n"
        "load_summary(Path(sys.argv[1]))\n"
        "softcam_core.evaluation.summary.summarise(Path(sys.argv[1]), 100)\n"
        "assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code, str(binary.folder)], check=True, timeout=300)
