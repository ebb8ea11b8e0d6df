"""What the core says of evaluations, in a window's words."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import softcam_core.evaluation
from app.jobs.spoken import for_window
from softcam_core.errors import EvaluationError
from softcam_core.evaluation.folder import held, prepare

CORE = Path(softcam_core.evaluation.__file__).parent
RUN = {
    "fingerprint": "a",
    "models": [{"id": "m"}],
    "data": {"digest": "d"},
    "parameters": {"k": 1},
    "notes": [],
    "versions": {},
}


def said(call):
    with pytest.raises(EvaluationError) as error:
        call()
    return for_window(str(error.value))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"models": [{"id": "n"}]}, "other models"),
        ({"data": {"digest": "e"}}, "other data, or the data have changed since"),
        ({"parameters": {"k": 2}}, "other parameters (k)"),
        ({}, "other software versions"),
    ],
)
def test_a_refused_resume_leads_to_a_new_run(tmp_path, change, why):
    folder = tmp_path / "a; b--c"
    prepare(folder, RUN, resume=False, overwrite=False)
    other = {**RUN, "fingerprint": "b", **change}
    assert said(lambda: prepare(folder, other, resume=True, overwrite=False)) == (
        f"This evaluation cannot be gone on with, it was of {why}; press Evaluate to start a new "
        "one."
    )


def test_a_folder_that_is_taken(tmp_path):
    prepare(tmp_path, RUN, resume=False, overwrite=False)
    sentence = said(lambda: prepare(tmp_path, RUN, resume=False, overwrite=False))
    assert sentence.endswith("choose it above and press Resume.")

    def twice():
        with held(tmp_path), held(tmp_path):
            pass

    assert said(twice) == (
        "Another program is measuring this evaluation; wait for it, or start a new one."
    )


def test_no_sentence_of_the_core_keeps_an_option_of_the_command_line():
    found = []
    for path in CORE.rglob("*.py"):
        parts = []
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                parts += node.values
                found.append(
                    "".join(
                        part.value if isinstance(part, ast.Constant) else "X"
                        for part in node.values
                    )
                )
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found += [node.value] * (node not in parts)
    options = [text for text in found if " --" in text and text.endswith(".") and "\n" not in text]
    assert len(options) >= 3
    for text in options:
        assert "--" not in for_window(text), text
