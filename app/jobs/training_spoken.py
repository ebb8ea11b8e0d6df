"""The core's sentences on training, which name keys of a configuration, for a window's form."""

from __future__ import annotations

import re

KEYS = {
    "data.reader": "Labels of",
    "data.labels_from": "Class from",
    "data.grade_classes": "the table of grades",
    "data.lesion_classes": "the table of lesions",
    "data.healthy": "No lesion",
    "data.cases": "Kind",
    "data.shares": "Split",
    "data.csv": "the table",
    "data.format": "Layout",
    "data.task": "Classes",
    "data.image_size": "Input",
    "data.augment": "Augment",
    "data.hard_model": "Hard cases",
    "data.hard_weight": "Drawn",
    "data.cache_gb": "the memory for images",
    "data.max_failed": "the share that may fail",
    "model.arch": "Network",
    "model.weights": "Start from",
    "model.head": "Recipe",
    "loss.l1": "Sparsity",
    "loss.l2": "Ridge",
    "loss.guidance": "Weight",
    "train.batch_size": "Batch",
    "train.accumulate": "passes",
    "train.lr": "Rate",
    "train.precision": "Precision",
    "train.device": "Device",
    "train.epochs": "Epochs",
    "train.patience": "Stop early",
    "train.seed": "Seed",
    "output.dir": "the run's folder",
}
"""Key of the configuration -> its name in the form."""
_KEY = re.compile("|".join(re.escape(key) for key in sorted(KEYS, key=len, reverse=True)))
_WORDS = (
    (r"\S+\.softcam\b", "the study"),
    (r"; add --resume to go on, --overwrite to replace it, or choose another [^.;]*", ""),
    (r"(,? and|;|:) go on with --resume\.", r"\1 press Resume."),
    (r"; train again with --resume\.", "; press Resume."),
    (r" ?\(--[a-z-]+( [a-z]+)?\)", ""),
)


def for_form(sentence: str) -> str:
    """Return a sentence with the form's names in place of the configuration's."""
    for pattern, words in _WORDS:
        sentence = re.sub(pattern, words, sentence)
    sentence = _KEY.sub(lambda found: KEYS[found.group()], sentence)
    # A name of a file stays as it is.
    return f"The {sentence[4:]}" if sentence.startswith("the ") else sentence
