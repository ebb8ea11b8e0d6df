"""Puts a case report together, part by part, out of what is stored and what the models say."""

from __future__ import annotations

from collections.abc import Sequence

from softcam_core.annotations.records import ReadRecord
from softcam_core.annotations.seen import AFTER_REVEAL, NOT_BLIND, read_as
from softcam_core.case_report.comparison import agreement_part, models_part
from softcam_core.case_report.gather import Gathered
from softcam_core.case_report.maps import map_part, picture_part
from softcam_core.case_report.numbers import SPACE, moment
from softcam_core.case_report.pictures import canvas
from softcam_core.case_report.prediction import (
    class_part,
    metrics_part,
    region_part,
)
from softcam_core.case_report.values import Asked, CaseReport, Fact, Looked, Part, Table
from softcam_core.case_report.words import Words
from softcam_core.case_report.written import marks_part
from softcam_core.resources import is_demo

_MODALITIES = {"fundus": "fundus photograph", "oct": "OCT B-scan", "cxr": "chest film"}
_PROTOCOLS = {
    "open": "open: nothing is hidden",
    "ai-second": "AI second: models are hidden until the first read is locked",
    "blinded": "blinded: models and other readers are hidden until the first read is locked",
}


def build_case(asked: Asked, found: Gathered, looks: Sequence[Looked], words: Words) -> CaseReport:
    """Return what is printed of a case.

    Args:
        asked: which case, and what may be said of it; while the protocol hides the models,
            ``looks`` are not even read.
        found: as `softcam_core.case_report.gather.gather` returns it.
        looks: what each model says; the first one's prediction is the report's.
        words: the reader's language.
    """
    shown = [] if asked.model_hidden else list(looks)
    base = canvas(found.image)
    parts = [picture_part(asked, found, base, shown, words)]
    if shown:
        parts.append(class_part(shown[0], found, asked, words))
        for part in (
            models_part(shown, words),
            map_part(found, base, shown, words),
            agreement_part(shown, words),
            region_part(shown[0], found, asked, words),
            metrics_part(shown, asked, words),
        ):
            parts += [part] if part is not None else []
    parts.append(marks_part(asked, found, words))
    parts.append(_reading(asked, found, words))
    return CaseReport(
        _title(asked, words),
        _facts(asked, found, words),
        (*_notices(asked, shown, words), *_demo(asked, words)),
        tuple(parts),
    )


def failed_case(asked: Asked, sentence: str, words: Words) -> CaseReport:
    """Return what is printed of a case that cannot be reported: why.

    The sentence names the image, or the study; where the report leaves names out, so does this.
    """
    if not asked.name:
        for path, what in ((asked.path, "the image"), (asked.study, "the study")):
            for name in (str(path), path.name):
                sentence = sentence.replace(name, words(what))
        sentence = sentence[:1].upper() + sentence[1:]
    part = Part(words("This case could not be reported"), sentences=(sentence,))
    return CaseReport(_title(asked, words), (), (), (part,))


def _title(asked: Asked, words: Words) -> str:
    if asked.name:
        return words("Case {0}: {1}", asked.number, asked.name)
    return words("Case {0}", asked.number)


def _facts(asked: Asked, found: Gathered, words: Words) -> tuple[Fact, ...]:
    image, (rows, columns) = found.image, found.size
    text = "{0} × {1} px, {2}"
    values: tuple[object, ...] = columns, rows, image.format
    if image.frames > 1:
        text, values = (
            "{0} × {1} px, {2}, frame {3} of {4}",
            (*values, image.frame + 1, image.frames),
        )
    spacing = words("not known: sizes are in image pixels")
    if image.spacing is not None:
        row, column = image.spacing
        spacing = words("{0} × {1} mm (row × column)", f"{row:.4g}", f"{column:.4g}")
    kind = words(_MODALITIES[asked.modality]) if asked.modality in _MODALITIES else asked.modality
    if is_demo(asked.path):
        kind = words("phantom (drawn)")
    size = words(text, *values)
    facts = [
        Fact(words("Grade"), found.grade or words("none given")),
        Fact(words("Status"), words(asked.status) if asked.status else words("unread")),
        Fact(words("Image"), f"{kind}, {size}" if kind else size),
        Fact(words("Pixel spacing"), spacing),
    ]
    return tuple(facts)


def _demo(asked: Asked, words: Words) -> tuple[str, ...]:
    demo = "Demo: a phantom drawn by this program, not an image of a patient."
    return (words(demo),) if is_demo(asked.path) else ()


def _notices(asked: Asked, shown: Sequence[Looked], words: Words) -> tuple[str, ...]:
    if asked.model_hidden and asked.others_hidden:
        return (
            words(
                "Blinded: the protocol hides what models and other readers say of this case until "
                "the reader's first read is locked. This report contains nothing of either."
            ),
        )
    if asked.model_hidden:
        return (
            words(
                "The protocol hides what models say of this case until the reader's first read is "
                "locked. This report contains nothing of it."
            ),
        )
    if not shown:
        return (words("No open model suits this image: the report has no prediction and no maps."),)
    return ()


def _reading(asked: Asked, found: Gathered, words: Words) -> Part:
    protocol = Fact(words("Protocol"), words(_PROTOCOLS.get(asked.mode, asked.mode)))
    if not found.reads:
        none = words("No read of this case was recorded for {0}.", asked.reader)
        return Part(words("Reading"), facts=(protocol,), sentences=(none,))
    rows = tuple(
        (
            words("first read") if read.stage == 1 else words("read {0}", read.stage),
            _mode(read, found, words),
            moment(read.started),
            words("not locked") if read.locked is None else moment(read.locked),
            _time(read.active_seconds, words),
            *state,
        )
        for read, state in zip(
            found.reads, found.states or (("", ""),) * len(found.reads), strict=True
        )
    )
    names = ("Read", "Protocol", "Begun", "Locked", "Active time", "Grade", "Marks")
    columns = tuple(words(n) for n in names)
    table = Table("", columns, (False, False, False, False, True, False, False), rows)
    return Part(words("Reading"), facts=(protocol,), tables=(table,))


def _mode(read: ReadRecord, found: Gathered, words: Words) -> str:
    """Return how a read was made in truth: one after the reveal is no blinded one."""
    told = read_as(read, found.seen)
    if told == NOT_BLIND and found.seen is not None:
        return words("not blind: the model was seen {0}", moment(found.seen))
    if told == AFTER_REVEAL:
        return words("after the reveal")
    return words(_PROTOCOLS[told]).partition(":")[0] if told in _PROTOCOLS else told


def _time(seconds: float, words: Words) -> str:
    minutes, rest = divmod(round(seconds), 60)
    text = words("{0} min {1} s", minutes, rest) if minutes else words("{0} s", rest)
    return text.replace(" ", SPACE)
