"""The ledger in words: one sentence on the region, and why there is none."""

from __future__ import annotations

import numpy as np

from app.evidence.ledger.account import Account
from app.evidence.ledger.asked import Region
from app.state import ViewerState
from app.texts import hidden_notice, loading_text, plain, signed, tr
from softcam_core.imaging.colormap import FAINT


def sentence(state: ViewerState, account: Account, region: Region) -> str:
    """Return how much of the evidence for the class in view lies inside the region.

    Of the positive evidence, that is: see `softcam_core.explain.ledger.inside_share`.
    """
    entry = account.entry
    if entry is None:
        return no_ledger(state)
    name, logit = entry.names[account.shown], float(entry.analysis.logits[account.shown])
    if not entry.sums.evidence_for[account.shown] > 0:
        if account.shown == entry.order[0] and len(entry.names) > 1:
            return tr(
                "No cell speaks for “{0}” (logit {1}); it is predicted because the logits of all "
                "other classes are lower."
            ).format(name, signed(logit))
        return tr("Nothing in this image speaks for “{0}” (logit {1}).").format(name, signed(logit))
    if not region.shapes:
        return tr("Draw or select a region, or lasso one (Q), to see what it adds.")
    if account.adding:
        return tr("Adding up {0} marks…").format(len(region.shapes))
    if account.region is None:
        return ""
    if not account.region.covered:
        return tr("The model does not see {0}.").format(region_name(region))
    inside = float(account.region.inside[account.shown])
    found = tr("{0} of the evidence for “{1}” lies inside {2}.").format(
        percent(inside), name, region_name(region)
    )
    if logit < 0:
        against = tr("More speaks against it: its logit is {0}.").format(signed(logit))
        found = f"{found} {against}"
    return found


def faintness(state: ViewerState, account: Account) -> str:
    """Return why the map of the class in view looks empty although it has a logit; else empty.

    Its colours run to a limit that is the same for all images of the model.
    """
    entry = account.entry
    if entry is None:
        return ""
    strongest = float(np.abs(entry.evidence[account.shown]).max())
    limit = state.limit((entry.model.id, "evidence"))
    if not 0 < strongest < FAINT * limit:
        return ""
    return tr(
        "The map looks empty: its strongest cell is {0}, and its colours run to {1}. Many weak "
        "cells make the logit."
    ).format(plain(strongest, 2), plain(limit, 1))


def no_ledger(state: ViewerState) -> str:
    """Return why there are no numbers."""
    if state.case is None:
        return tr("Open an image to see where its prediction comes from.")
    if state.model_hidden():
        return hidden_notice()
    if state.models_loading and not state.models:
        return loading_text()
    if not state.models:
        return tr("Open a SoftCAM model to see where its prediction comes from.")
    if state.image_error:
        return tr("The image cannot be read, so there is no evidence of it.")
    model = state.evidence_model()
    if model is not None:
        failed = state.failures.get((model.id, "evidence"), "")
        return failed or tr("Computing the evidence…")
    if state.predicting_model() is None:
        return tr("None of the open models suits this kind of image.")
    return tr("A black box has no evidence to account for; open a SoftCAM model.")


def region_name(region: Region) -> str:
    """Return what the region is, as a sentence goes on after “inside”."""
    labels, count = set(region.labels), len(region.shapes)
    if region.place:
        return tr("the strongest region {0} of “{1}”").format(*region.place)
    if region.lasso:
        return tr("the lassoed region")
    if count == 1 and region.labels[0]:
        return tr("the marked {0}").format(region.labels[0])
    if count == 1:
        return tr("the marked region")
    if len(labels) == 1 and region.labels[0]:
        return tr("the {0} lesions marked {1}").format(number(count), region.labels[0])
    return tr("the {0} marked lesions").format(number(count))


def number(count: int) -> str:
    """Return a number from two up, in words as far as people write it so."""
    words = {
        2: tr("two"),
        3: tr("three"),
        4: tr("four"),
        5: tr("five"),
        6: tr("six"),
        7: tr("seven"),
        8: tr("eight"),
        9: tr("nine"),
    }
    return words.get(count, str(count))


def percent(share: float) -> str:
    """Return a share in percent; with a decimal where whole numbers would say all or nothing."""
    digits = 1 if 0 < share < 0.01 or 0.99 < share < 1 else 0
    return tr("{0} %").format(plain(100 * share, digits))
