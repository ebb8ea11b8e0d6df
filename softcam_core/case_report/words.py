"""Every fixed text of a case report, and how it becomes one in the reader's language.

The window translates `TEXTS` and hands the result over; without one the report is in English.
What goes into the places ``{0}`` is never looked up.
"""

from __future__ import annotations

from collections.abc import Mapping

DISCLAIMER = "Research use only. Not for diagnosis."

TEXTS: tuple[str, ...] = (
    DISCLAIMER,
    "Case report",
    "Case {0}",
    "Case {0}: {1}",
    "Page {0} of {1}",
    # The head of the report
    "Made on",
    "Software",
    "Reader",
    "Cases",
    "Identity",
    "Patients' names, numbers and dates are left out; so are the files' names.",
    "Patients' names, numbers and dates are left out; the files' names are in.",
    # The case
    "Grade",
    "Status",
    "Image",
    "Pixel spacing",
    "none given",
    "not known: sizes are in image pixels",
    "{0} × {1} mm (row × column)",
    "{0} × {1} px, {2}",
    "{0} × {1} px, {2}, frame {3} of {4}",
    "fundus photograph",
    "OCT B-scan",
    "chest film",
    "phantom (drawn)",
    "Demo: a phantom drawn by this program, not an image of a patient.",
    "unread",
    "in progress",
    "done",
    "flagged",
    "This case could not be reported",
    "the image",
    "the study",
    "Blinded: the protocol hides what models and other readers say of this case until the reader's "
    "first read is locked. This report contains nothing of either.",
    "The protocol hides what models say of this case until the reader's first read is locked. This "
    "report contains nothing of it.",
    "No open model suits this image: the report has no prediction and no maps.",
    # Pictures
    "Image with the marks of {0}",
    "{0} marked nothing on it.",
    "Further maps",
    "Numbers as in the table of marks.",
    "{0} for {1}",
    "is the prediction",
    "is the score of a class not predicted",
    "is the evidence by construction",
    "localization branch, not the prediction",
    "post-hoc approximation",
    "{0}; colours between fixed limits, the same for every case; zero is transparent.",
    "{0}; no limit is known for this method, so the colours are full at the 99.5th percentile of "
    "this image alone.",
    "logit",
    "a.u.",
    # The prediction
    "Prediction",
    "Class",
    "Probability",
    "Logit",
    "Evidence for",
    "Evidence against",
    "Evidence for and against are the positive and the negative cells of the class's map, each "
    "divided by the number of cells: together they are the logit, and nothing else is.",
    "This model has no evidence: nothing in it adds up to the logit, and maps are made afterwards.",
    "The {0} most probable of {1} classes.",
    "{0} predicts {1} with a probability of {2}.",
    "{0} % of the evidence for {1} lies inside the marks of {2}.",
    "any reader (union)",
    "most readers (majority)",
    "the adjudication",
    "Measured against the marks of {0}, not those of {1} in the picture.",
    "Nothing speaks for {0}: no cell of its map is positive.",
    # Regions
    "Evidence inside the marks, for {0}",
    "Region",
    "Share of the evidence for",
    "Adds to the logit",
    "Probability now",
    "Without that evidence",
    "Without those pixels",
    "all marks together",
    "Without that evidence: the region's cells are taken from the map and the logits added up "
    "again; this is exact. Without those pixels: the region is painted in the mean colour and the "
    "model asked again.",
    "Where the probability is higher without the pixels, they held it down, or the cover itself "
    "looks to the model like a sign of the class; it says nothing of the evidence.",
    "A cell on the edge of a region counts with the share of it that lies inside.",
    # Marks
    "Marks of {0}",
    "No.",
    "Label",
    "Kind",
    "Size",
    "Area",
    "Certainty",
    "Note",
    "box",
    "ellipse",
    "polygon",
    "freehand",
    "spline",
    "point",
    "mask",
    "length",
    "angle",
    "possible",
    "probable",
    "definite",
    "Sizes are in millimetres, by the image's own pixel spacing: width × height of what encloses "
    "the mark, or the length measured.",
    "Pixel spacing is not known, so sizes are in image pixels: width × height of what encloses the "
    "mark, or the length measured.",
    "{0} has marked nothing on this image.",
    # Reading
    "Reading",
    "Protocol",
    "open: nothing is hidden",
    "AI second: models are hidden until the first read is locked",
    "after the reveal",
    "not blind: the model was seen {0}",
    "Marks",
    "blinded: models and other readers are hidden until the first read is locked",
    "Read",
    "Begun",
    "Locked",
    "Active time",
    "not locked",
    "first read",
    "read {0}",
    "{0} s",
    "{0} min {1} s",
    "No read of this case was recorded for {0}.",
    # Agreement
    "Agreement of the maps with the marks",
    "Map",
    "AP",
    "AS",
    "Top-k",
    "Hit",
    "yes",
    "no",
    "AP, activation precision: share of the map's positive part inside the marks. AS, activation "
    "sensitivity: how strongly the map covers the marks, from its own minimum to its maximum; read "
    "it beside AP. Top-k: of the {0} patches of {1} pixels of the model's input that the map ranks "
    "highest, the share that holds a mark. Hit: the highest pixel lies on the marks, or within {2} "
    "pixels of the model's input of them.",
    # Models and maps beside each other
    "What each model predicts",
    "Model",
    "Predicted class",
    "Probability of {0}",
    "How far the maps agree, for {0}",
    "Map A",
    "Map B",
    "Rank correlation",
    "IoU of top 10 %",
    "Rank correlation (Spearman): do both maps order the places of the image alike, from "
    "\N{MINUS SIGN}1 to 1. IoU of top 10 %: of the cells among the highest tenth of either map, "
    "the share that is so in both. Both at the coarser of the two grids.",
    # Models
    "Model: {0}",
    "Architecture",
    "Head",
    "Description",
    "Training data",
    "Intended use",
    "Limits",
    "Licence",
    "Conversion",
    "exact",
    "approximate: its logits may differ from the original's",
    "not stated",
    "Model id (SHA-256)",
    "SoftCAM: its evidence map is its prediction",
    "Black box: predicts without evidence; maps are made afterwards",
    "Dual branch: a black box and a second head that localises",
    # What maps can tell
    "What the maps can and cannot tell",
    "An evidence map shows which cells of the image made up this model's score, as finely as the "
    "model's grid and no finer; a post-hoc map only approximates what moved the model, in "
    "arbitrary units.",
    "Neither shows that the model is right, nor that a marked place is the disease: colour outside "
    "the lesions, or none on them, is a reason to doubt the prediction and not a finding.",
)


class Words:
    """Looks texts up and fills in their places."""

    def __init__(self, translations: Mapping[str, str] | None = None) -> None:
        """Use ``translations`` of `TEXTS`; what is not in it stays English."""
        self._translations = translations or {}

    def __call__(self, text: str, *values: object) -> str:
        """Return a text in the reader's language with ``values`` in its places."""
        found = self._translations.get(text) or text
        return found.format(*values) if values else found
