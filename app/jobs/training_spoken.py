"""The core's sentences on training, which name keys of a configuration, for a window's form."""

from __future__ import annotations

import re
from pathlib import Path

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
    "data.max_failed": "the share that may be missing",
    "model.arch": "Network",
    "model.weights": "Start from",
    "model.head": "Recipe",
    "loss.l1": "Sparsity",
    "loss.l2": "Ridge",
    "loss.guidance": "Weight",
    "train.batch_size": "Batch",
    "train.lr": "Rate",
    "train.precision": "Precision",
    "train.device": "Device",
    "train.epochs": "Epochs",
    "train.patience": "Stop early",
    "train.seed": "Seed",
    "output.dir": "the run's folder",
}
"""Key of the configuration -> its name in the form."""
_NAMES = "|".join(map(re.escape, KEYS))
_KEY = re.compile(rf"(?<![\w./\\-])({_NAMES})(?!\w)")
_ANOTHER = r"(into|choose) another output\.dir( for the sweep)?"
_WORDS = (
    # The study is the one that is open.
    (r"\b([Ss]tudy) the study\b", r"\1"),
    (r" \(the study\)", " of the study"),
    (
        r"[Tt]he study has no reader (.+?); choose one of .+$",
        r"\1 has marked nothing in the study "
        "and graded nothing; choose another under Labels of.",
    ),
    # The command line.
    (
        r"; add --resume to go on, --overwrite to replace it, or choose another "
        r"(output\.dir|[^.;]*)",
        "",
    ),
    (r", add --overwrite to replace the run, or choose another output\.dir", ", or train anew"),
    (r"choose another output\.dir, or add --overwrite to replace it", "train anew"),
    (
        r"\b(make room) or choose another output\.dir, and go on with --resume",
        r"\1 and press Resume",
    ),
    (
        r"( cannot be written to .+?) \([^()]*\(os error 28\)\); choose another folder",
        r"\1, since the disk is full; make room and press Resume",
    ),
    (r"\bgo on with --resume", "press Resume"),
    (r"\btrain again with --resume", "press Resume"),
    (r"\btrain without --resume into another output\.dir", "train anew"),
    (r"\bsweep into another output\.dir(, or with --overwrite)?", "sweep anew"),
    (r"; wait for it, or choose another output\.dir", "; wait for it"),
    (rf"\b(train )?{_ANOTHER}", "train anew"),
    (r"\bname the table with csv = .*$", "choose one."),
    (r", which only `softcam train` may do; give the path of a local file", "; choose a file"),
    (r" ?\(--[a-z-]+( [a-z]+)?\)", ""),
    # What is no field of the form.
    (r', or set data\.shared_patients = "drop" to train without their images', ""),
    (r"\bmore than the (\d+%) of data\.max_failed", r"and at most \1 may be missing"),
    (r"\bset data\.cache_gb below [\d.e+-]+, or lower", "lower"),
    (
        r"\btrain\.batch_size=(\d+) with train\.accumulate=\d+, which makes the same steps",
        r"\1 images in a batch",
    ),
    (r"; data\.patient_from can find them in the files' names", ""),
    (r"; data\.test_per_class is not used", ""),
    (r"\bset loss\.guidance to 0\b", "do not keep the evidence inside drawn lesions"),
    (r", and larger ones in sweep\.l[12] may do as well", "; larger ones may do as well"),
    (r" \((data|model|loss|train|sweep)\.[a-z_0-9]+\)", ""),
    # Whose marks: names that stand for no reader.
    (r"\bthe grades by given\b", "the grades that came with the images"),
    (r"\bthe lesions drawn by given\b", "the lesions given with the images"),
    (r"\bthe grades by (union|majority)\b", "the grades of all readers"),
    (r"\bthe lesions drawn by union\b", "the lesions that any reader drew"),
    (r"\bthe lesions drawn by majority\b", "the lesions that most readers drew"),
    (r"^given graded nothing in the study\b", "No grades came with the images"),
    (r"\bin which given and\b", "in which the labels given with the images and"),
    (r"\bby given of\b", "given with the images of"),
    (r"\b1 images\b", "1 image"),
)


def for_form(sentence: str, study: str = "") -> str:
    """Return a sentence with the form's names in place of the configuration's.

    Args:
        sentence: of the core.
        study: path of the open study, which is "the study".
    """
    for own in (study, Path(study).name) if study else ():
        sentence = sentence.replace(own, "the study")
    for pattern, words in _WORDS:
        sentence = re.sub(pattern, words, sentence)
    sentence = _KEY.sub(lambda found: KEYS[found.group()], sentence)
    # A name of a file stays as it is.
    return f"The {sentence[4:]}" if sentence.startswith("the ") else sentence
