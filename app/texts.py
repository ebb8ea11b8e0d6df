"""The words and numbers of a pane: what a map is, how it relates to the prediction, its values."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from app.language import core_word, in_language
from app.state import Analysis, Case, LoadedModel, PaneMetrics
from softcam_core.explain.methods import TITLES
from softcam_core.resources import resource_path

METHOD_NAMES = TITLES
SIGNED = frozenset(
    {"evidence", "cam", "guided_backprop", "integrated_gradients", "smoothgrad", "occlusion"}
)
SIGMOID_BRANCH = frozenset({"cam", "gradcam", "gradcam++", "xgradcam", "layercam"})
"""Methods that look at the localization branch of a dual-branch model."""
NO_VALUE = "–"
MINUS = "\N{MINUS SIGN}"


def tr(text: str) -> str:
    """Return a text in the user's language."""
    return QCoreApplication.translate("texts", text)


def hidden_notice() -> str:
    """Return what stands where the model's word would be while the protocol hides it."""
    return tr("Hidden until your first read is locked (Ctrl+Return).")


def awaited_notice() -> str:
    """Return what stands where marks would be that who adjudicates may not see yet."""
    return tr("Hidden until you have locked a first read of this case yourself.")


def given_up_notice() -> str:
    """Return why somebody who adjudicated cannot read."""
    return tr("You have adjudicated in this study and can make no blinded first read of it.")


def loading_text() -> str:
    """Return what stands where a model will be in a moment."""
    return tr("Loading models…")


def method_name(method: str) -> str:
    """Return a method's name as people write it; "" is the image alone."""
    return core_word(METHOD_NAMES.get(method, method)) if method else tr("Image")


def units(method: str) -> str:
    """Return the units of a method's map: logits for evidence, arbitrary ones for the rest."""
    return "logit" if method == "evidence" else "a.u."


def rectified(method: str) -> bool:
    """Return whether a method's map has no negative values by definition."""
    return method not in SIGNED


def relation(
    method: str, analysis: Analysis | None, predicted: bool = True, head: str = "softcam"
) -> str:
    """Return how a map relates to the prediction; ``predicted``: it shows the predicted class."""
    if method == "evidence":
        return tr("is the prediction") if predicted else tr("is the score of a class not predicted")
    if on_sigmoid_branch(method, head):
        return tr("localization branch, not the prediction")
    if analysis is not None and method in analysis.identical:
        return tr("identical by construction")
    return tr("post-hoc approximation")


def on_sigmoid_branch(method: str, head: str) -> bool:
    """Return whether a map is of the localization branch of a dual-branch model."""
    return head == "dual-branch" and method in SIGMOID_BRANCH


def relation_tip(
    method: str, analysis: Analysis | None, predicted: bool = True, head: str = "softcam"
) -> str:
    """Return what the relation means, in a sentence or two."""
    if on_sigmoid_branch(method, head):
        return tr("Made from a second head, trained only to locate; the first head alone predicts.")
    if method == "evidence" and not predicted:
        return tr("Evidence for a class that is not predicted: its mean is that class's logit.")
    if method == "evidence":
        return tr("The mean of these cells is the class's logit: they are the prediction itself.")
    if analysis is not None and method in analysis.identical:
        return identical_tip(analysis.identical[method])
    return tr("Computed after the fact: it approximates what moved the model, and may miss it.")


def identical_tip(reason: str) -> str:
    """Return why two maps are identical by construction, and in which sense their numbers are."""
    sense = tr(
        "In this sense: cell by cell, up to one factor. AP, AS and rank correlation may still "
        "differ slightly: negative cells and the bias count in one of the maps alone, and maps "
        "are smoothed between their cells."
    )
    return f"{in_language(reason)} {sense}"


def pixel_text(pixel: NDArray[Any] | None) -> str:
    """Return a stored pixel value: three numbers for colour, one for grey."""
    if pixel is None:
        return NO_VALUE
    if np.ndim(pixel):
        return "RGB " + " ".join(f"{int(channel):3d}" for channel in pixel)
    value = pixel.item()
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def value_text(value: float | None) -> str:
    """Return a map's value with its sign."""
    return NO_VALUE if value is None else signed(value)


def signed(value: float, digits: int = 2) -> str:
    """Return a number with its sign and a fixed number of digits; zero has none."""
    text = f"{value:+.{digits}f}".replace("-", MINUS)
    return text if float(f"{value:.{digits}f}") else text[1:]


def plain(value: float, digits: int) -> str:
    """Return a number with a fixed number of digits; what rounds to zero has no sign."""
    text = f"{value:.{digits}f}"
    return text.replace("-", MINUS) if float(text) else text.lstrip("-")


def probability(value: float) -> str:
    """Return a probability; near 0 and 1 with a third digit, so that it never claims to be either.

    >>> probability(0.5), probability(0.9966), probability(0.99996), probability(0.0)
    ('0.50', '0.997', '>0.999', '<0.001')
    """
    if math.isnan(value):
        return NO_VALUE
    if value < 0.0005:
        return "<0.001"
    if value >= 0.9995:
        return ">0.999"
    return f"{value:.{probability_digits(value)}f}"


def probability_digits(value: float) -> int:
    """Return with how many digits a probability is written."""
    return 2 if 0.005 <= value < 0.995 else 3


def probability_change(before: float, after: float) -> str:
    """Return the change between two probabilities as `probability` writes them."""
    moved = round(after, probability_digits(after)) - round(before, probability_digits(before))
    digits = 3 if 0 < abs(moved) < 0.005 else 2
    return signed(moved, digits)


def share_text(name: str, value: float, analysis: Analysis, model: LoadedModel, cells: int) -> str:
    """Return a cell's evidence, and what it adds to its class's logit, also in percent of it.

    The logit is the mean of all cells, so a cell adds its value divided by their number.
    """
    part = value / cells
    logit = float(analysis.logits[model.spec.classes.index(name)])
    if abs(logit) < 1e-9:
        return tr("{0}: cell {1} · adds {2} to the logit").format(name, signed(value), signed(part))
    return tr("{0}: cell {1} · adds {2} to the logit {3} ({4} %)").format(
        name, signed(value), signed(part), signed(logit), plain(100 * part / logit, 1)
    )


def time_left(seconds: float) -> str:
    """Return an estimate of the time left, as coarse as it is uncertain."""
    if seconds < 5:
        return tr("A few seconds left.")
    if seconds < 55:
        return tr("About {0} s left.").format(5 * math.ceil(seconds / 5))
    minutes = math.ceil(seconds / 60 - 0.25)
    if minutes < 60:
        return tr("About {0} min left.").format(minutes)
    return tr("About {0} h {1} min left.").format(*divmod(minutes, 60))


def metric_text(value: float | None) -> str:
    """Return a share with three digits, or a dash where it is undefined."""
    return NO_VALUE if value is None or math.isnan(value) else f"{value:.3f}"


def marks_text(count: int) -> str:
    """Return a number of marks in words."""
    return tr("1 mark") if count == 1 else tr("{0} marks").format(count)


def status_word(status: str) -> str:
    """Return how far a case is, in words; stored it is in English."""
    words = {
        "unread": tr("unread"),
        "in progress": tr("in progress"),
        "done": tr("done"),
        "flagged": tr("flagged"),
    }
    return words.get(status, status)


def cases_text(count: int) -> str:
    """Return "1 case" or "3 cases"."""
    return tr("1 case") if count == 1 else tr("{0} cases").format(count)


def whose_name(whose: str, reader: str) -> str:
    """Return whose marks count, in words; ``whose`` as in `ViewerState.truth`."""
    names = {
        "": tr("your marks ({0})").format(reader),
        "union": tr("what any reader marked (union)"),
        "majority": tr("what most readers marked (majority)"),
        "adjudicated": tr("the adjudicated marks"),
    }
    return names.get(whose) or tr("the marks of {0}").format(whose)


def metrics_text(metrics: PaneMetrics | None, whose: str = "") -> str:
    """Return a pane's line of metrics, and whose marks they are of unless the reader's own."""
    precision = metric_text(metrics.precision if metrics else None)
    sensitivity = metric_text(metrics.sensitivity if metrics else None)
    text = f"AP {precision}   AS {sensitivity}"
    return f"{text}   {tr('marks: {0}').format(whose)}" if whose else text


def is_out_of_place(model: LoadedModel, case: Case | None) -> bool:
    """Return whether a demo model, which knows drawn phantoms alone, looks at another image."""
    demo = resource_path("demo")
    return (
        case is not None and model.path.is_relative_to(demo) and not case.path.is_relative_to(demo)
    )
