"""Actions: where a prediction comes from."""

from app.actions.spec import ActionSpec

EVIDENCE: tuple[ActionSpec, ...] = (
    ActionSpec(
        "tool_lasso",
        "Compare",
        "&Lasso a region",
        ("Q",),
        "ph.circle-dashed",
        group="tool",
        checkable=True,
        short="Lasso",
        data="lasso",
        tip="Draw around a place to see what it adds to the prediction; it marks nothing",
        after_line=True,
    ),
    ActionSpec("forget_lasso", "Compare", "&Forget the lassoed region"),
    ActionSpec(
        "without_pixels",
        "Compare",
        "Predict &without those pixels",
        ("Shift+X",),
        tip="Cover the pixels of the region that the evidence ledger is about, and predict again",
    ),
    ActionSpec(
        "copy_ledger",
        "Compare",
        "Copy the &evidence ledger",
        tip="Copy its numbers as text, without the name of the case",
    ),
)
"""The evidence ledger and its region."""
