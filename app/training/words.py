"""The words of training: what is trained, on which network, from which weights."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from PySide6.QtCore import QCoreApplication

from softcam_core.models.spec import Head
from softcam_core.training.config.schema import Lambda

MODALITIES = {"fundus": "Fundus photographs", "oct": "OCT B-scans", "cxr": "Chest films"}


def tr(text: str) -> str:
    """Return a text in the user's language."""
    return QCoreApplication.translate("training", text)


@dataclass(frozen=True)
class Kind:
    """A way to train, offered by its name.

    Attributes:
        id: as the core's `kind` calls it.
        title, text: for people.
        head: of the model.
        penalties: the lambdas that it has.
    """

    id: str
    title: str
    text: str
    head: Head = "softcam"
    penalties: tuple[Lambda, ...] = ()


KINDS: tuple[Kind, ...] = (
    Kind(
        "sparse",
        "Sparse: few active cells",
        "Evidence only where it counts: precise maps for small lesions (lasso penalty).",
        penalties=("l1",),
    ),
    Kind(
        "ridge",
        "Ridge: whole lesions",
        "Evidence is kept low but not cut off: maps that miss less of a lesion (ridge penalty).",
        penalties=("l2",),
    ),
    Kind(
        "elastic net",
        "Elastic net: between the two",
        "Both penalties: between sparse and ridge.",
        penalties=("l1", "l2"),
    ),
    Kind(
        "dense",
        "Dense: no penalty",
        "The maps are the prediction, and nothing holds them back: the reference of a sweep.",
    ),
    Kind(
        "black box",
        "Black box: no evidence",
        "An ordinary classifier, explained after the fact: what SoftCAM is compared with.",
        head="blackbox",
    ),
    Kind(
        "dual branch",
        "Dual branch: a second head that locates",
        "A trained classifier stays as it is, to the last digit; a second head learns to locate.",
        head="dual-branch",
    ),
)
KIND_OF = {kind.id: kind for kind in KINDS}

ARCHITECTURES = {
    "shufflenet_v2_x0_5": "ShuffleNet v2 0.5 · smallest, for a CPU",
    "squeezenet1_1": "SqueezeNet 1.1 · small",
    "squeezenet1_0": "SqueezeNet 1.0",
    "mobilenet_v3_small": "MobileNet v3 small",
    "efficientnet_b0": "EfficientNet B0",
    "resnet18": "ResNet-18 · middle-sized",
    "resnet50": "ResNet-50 · the paper's, for a GPU",
    "vgg16": "VGG-16 · the paper's, large",
    "densenet121": "DenseNet-121",
    "inception_v3": "Inception v3 · the poster's",
    "convnext_tiny": "ConvNeXt tiny",
}

AUGMENTATIONS = {
    "fundus": "Fundus: turned, mirrored, colours varied",
    "oct": "OCT: mirrored, shifted a little",
    "cxr": "Chest film: mirrored, turned a little",
    "none": "None",
    "released-fundus": "As in the authors' code: fundus",
    "released-cxr": "As in the authors' code: chest film",
}
PRECISIONS = {"32": "32 bits", "bf16": "bfloat16", "16": "16 bits (GPU)"}
FORMATS = {
    "auto": "Recognise it",
    "table": "Table: path, label, …",
    "folders": "A folder per class",
    "kaggle-dr": "Kaggle diabetic retinopathy",
    "oct": "Retinal OCT (Kermany)",
    "rsna": "RSNA pneumonia",
    "wsol": "WSOL metadata",
}
SPLITS = {"train": "Training", "val": "Validation", "test": "Test"}
STAGES = {
    "images": "Reading images",
    "training": "Training",
    "validation": "Validating",
    "limits": "Measuring the maps' limits",
    "maps": "Keeping maps",
}


def modality_word(modality: str) -> str:
    """Return the name of a kind of image."""
    return tr(MODALITIES.get(modality, modality)) if modality else tr("Other images")


def stage_word(stage: str) -> str:
    """Return the name of a stage of a run."""
    return tr(STAGES.get(stage, stage))


def duration(seconds: float) -> str:
    """Return an estimated time, as coarse as it is uncertain."""
    if seconds < 90:
        return tr("{0} seconds").format(max(5, 5 * round(seconds / 5)))
    minutes = round(seconds / 60)
    if minutes < 100:
        return tr("{0} minutes").format(minutes)
    hours = seconds / 3600
    return tr("{0} hours").format(f"{hours:.1f}" if hours < 10 else f"{hours:.0f}")


def time_text(seconds: float, epochs: int, device: str) -> str:
    """Return how long a training will take, in a sentence."""
    if epochs == 1:
        return tr("About {0} for 1 epoch on {1}.").format(duration(seconds), device)
    return tr("About {0} for {1} epochs on {2}.").format(duration(seconds), epochs, device)


def lacking_text(weights: str) -> str:
    """Return what to do where the weights are not here that a recipe starts from."""
    if weights != "imagenet":
        return tr(
            "The recipe starts from {0}, which is not there: as it is, the model starts from "
            "random weights, and will hardly do as well. Choose the file."
        ).format(PurePath(weights).name)
    return tr(
        "The recipe starts from ImageNet's weights, which are not on this computer: as it is, the "
        "model starts from random weights, and will hardly do as well. This window never connects: "
        "'softcam train' with --set model.weights=imagenet fetches them once, or choose a file."
    )
