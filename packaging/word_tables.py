"""The tables of words that are translated where they are shown, not where they are written.

``module:VARIABLE`` names a mapping (its values count), a list, or a text, ``NAME()`` a function
that returns one; ``.a,b`` the fields of its rows, or, in digits, the place in rows that are tuples.
"""

from __future__ import annotations

from typing import NamedTuple


class WordTable(NamedTuple):
    """A table, and the context that its words are looked up in."""

    context: str
    place: str
    phrases: bool = False
    """Whether its texts are looked up phrase by phrase: `app.language.in_phrases`."""


WORD_TABLES = (
    WordTable("actions", "app.actions:ACTIONS.text,tip,short,submenu"),
    WordTable("actions", "app.actions:MENUS"),
    WordTable("core", "softcam_core.explain.identical:_PREFIX"),
    WordTable("core", "softcam_core.models.card:HEADS"),
    WordTable("core", "softcam_core.explain.methods:METHODS"),
    WordTable("actions", "app.dialogs.gestures:GESTURES.0"),
    WordTable("actions", "app.dialogs.gestures:GESTURES.1"),
    WordTable("actions", "app.dialogs.gestures:RESERVED"),
    WordTable("core", "softcam_core.explain.methods:TITLES"),
    WordTable("core", "softcam_core.evaluation.metric_ids:BASELINE_TITLES"),
    WordTable("core", "softcam_core.evaluation.metric_ids:METRICS.title"),
    WordTable("core", "softcam_core.agreement.table:MEASURES.0"),
    WordTable("core", "softcam_core.annotations.labels:presets().name"),
    WordTable("core", "softcam_core.annotations.labels:presets().labels.meaning"),
    WordTable("core", "softcam_core.annotations.formats.masks:Masks.name"),
    WordTable("core", "softcam_core.annotations.formats.rsna:RsnaCsv.name"),
    WordTable("core", "softcam_core.annotations.formats.yolo:Yolo.name"),
    WordTable("core", "softcam_core.annotations.formats.yolo_seg:YoloSeg.name"),
    WordTable("core", "word_tables:FRAGMENTS"),
    WordTable("core", "softcam_core.training.recipes:recipes().title", phrases=True),
    WordTable("FileCommands", "app.commands.file:IMAGE_FILTER"),
    WordTable("case_report", "softcam_core.case_report.words:TEXTS"),
    WordTable("evaluation", "app.evaluation.choices:KINDS"),
    WordTable("evaluation", "app.evaluation.differences_tab:KINDS"),
    WordTable("evaluation", "app.evaluation.figures:KINDS.0"),
    WordTable("evaluation", "app.evaluation.results_table:BEST_TIP"),
    WordTable("MetricsPanel", "app.evidence.metrics_panel:PRECISION_TIP"),
    WordTable("MetricsPanel", "app.evidence.metrics_panel:SENSITIVITY_TIP"),
    WordTable("MetricsPanel", "app.evidence.metrics_panel:TOPK_TIP"),
    WordTable("MetricsPanel", "app.evidence.metrics_panel:HIT_TIP"),
    WordTable("WorklistPanel", "app.worklist.filter:WorklistFilter.ORDERS"),
    WordTable("training", "app.training.words:MODALITIES"),
    WordTable("training", "app.training.words:ARCHITECTURES"),
    WordTable("training", "app.training.words:AUGMENTATIONS"),
    WordTable("training", "app.training.words:PRECISIONS"),
    WordTable("training", "app.training.words:FORMATS"),
    WordTable("training", "app.training.words:SPLITS"),
    WordTable("training", "app.training.words:STAGES"),
    WordTable("training", "app.training.words:KINDS.title,text"),
    WordTable("training", "app.training.data_form:SPLITS.0"),
    WordTable("training", "app.training.starts:OWN"),
    WordTable("training", "app.training.live.words:STANDING"),
    WordTable("training", "app.training.live.words:METRICS"),
    WordTable("training", "app.training.live.key_words:WORDS"),
    WordTable("training", "app.training.live.curve_figures:DASHES"),
    WordTable("training", "app.training.live.curve_figures:KINDS.title,note"),
    WordTable("training", "softcam_core.training.sweep.records:PENALTY_NAMES"),
    WordTable("training", "softcam_core.training.sweep.records:SECOND_NAMES"),
)

FRAGMENTS = (
    "the study",
    "The study",
    "the grades that came with the images",
    "the lesions given with the images",
    "the grades of all readers",
    "the lesions that any reader drew",
    "the lesions that most readers drew",
    "{0} and, where there is none, {1}",
    "{0} does not name patients: each image counts as a patient of its own.",
    "{0} has no patient column: each image counts as a patient of its own.",
    "{0} has no split of its own: split by patient, {1} %, seed {2}.",
    "{0} has no validation set: split by patient, {1} %, seed {2}.",
    "read more cases",
    "add a split column",
    "Description",
    "Intended use",
    "Limits",
    "Licence",
    "Classes",
    "size of the map",
    "pixels from 0 to 1",
    "evidence in logit units",
    "{0} × {1} cells for an input of {2}; a cell stands for {3} × {4} px of it",
)
"""Parts of the core's sentences that it puts together."""

CARD = "softcam_core/models/card.py"
"""Whose every text is a word of the card, but for the names of its fields."""

TEXT_ARGUMENTS: dict[str, tuple[int | str, ...]] = {
    "Column": (0, 4, "tip"),
    "_metric": (0, 2),
    "Part": (1,),
}
"""Calls whose arguments, in modules with a ``tr``, are texts that are translated when shown."""

CORE_FOLDERS = (
    "softcam_core/agreement",
    "softcam_core/annotations",
    "softcam_core/case_report",
    "softcam_core/demo",
    "softcam_core/engines",
    "softcam_core/evaluation",
    "softcam_core/explain",
    "softcam_core/imaging",
    "softcam_core/models",
    "softcam_core/plates",
    "softcam_core/training",
    "softcam_core/paths.py",
)
"""What of the core can raise where the window shows it; the command line's own stays English."""

NOTED = (
    r"softcam_core/(agreement|annotations|explain|training)/|"
    r"softcam_core/evaluation/(notes|located|faithful|measure|summary|run|study_data)\.py|"
    r"softcam_core/plates/compose\.py"
)
"""Where the core notes in sentences what it does not raise, and the window shows them."""

FOR_FORMS = "softcam_core/training"
"""Whose sentences the window shows with its forms' names: `app.jobs.training_spoken.for_form`."""

NOT_FOR_WINDOWS = (
    r"--[a-z]|\bsoftcam (train|sweep|dataset|evaluate)\b|softcam_core\.|torch\.(nn|compile|jit)|"
    r"\b(data|model|train|loss|sweep|output)\.[a-z]\w+|InputSpec|make_engine|pip install|"
    r"\(B, D|\bname (a|the) (module|layer|classifier|features)|dotted name|"
    r"\bfeatures and\b.*\bclass|"
    r"torchrun|state_dict|\barch\b|\.float\(\)|CUDA device|of this run|TensorBoard|"
    r"\bvgg_head|\bin Python\b|The engine|TOML|torchvision|A bootstrap|pointing game is|"
    r"whole numbers of at least|threshold of boxes|The layer|network's|a hook|hooks"
)
"""Sentences to those who type commands or write Python; no window leads there."""
