"""The core's sentences on evaluations, which name the command line's options, for a window."""

from __future__ import annotations

import re

_WORDS = (
    (
        r"The evaluation in .* was of (.*); choose another folder, or replace it with "
        r"--overwrite\.",
        r"This evaluation cannot be gone on with, it was of \1; press Evaluate to start a new one.",
    ),
    (
        r"The folder (.*) holds an evaluation already; go on with --resume, .*--overwrite\.",
        r"The folder \1 holds an evaluation already; choose it above and press Resume.",
    ),
    (
        r"Another program is writing the evaluation in .*; wait for it, or choose another folder\.",
        "Another program is measuring this evaluation; wait for it, or start a new one.",
    ),
    (r"; evaluate again with --resume\.", "; press Evaluate to measure again."),
    (r"(,? and|;) go on with --resume\.", r"\1 press Resume."),
    (r" ?--deletion-images all takes all images\.", ""),
    (r"; ?$", "."),
    (r" ?\(--[a-z-]+( [a-z]+)?\)", ""),
)


def for_window(sentence: str) -> str:
    """Return a sentence without options of the command line."""
    if "--" not in sentence and "Another program" not in sentence:
        return sentence
    for pattern, words in _WORDS:
        sentence = re.sub(pattern, words, sentence, flags=re.DOTALL)
    return sentence
