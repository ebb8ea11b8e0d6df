"""A checkpoint of somebody else's becomes a SoftCAM model, and how exactly is measured."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from softcam_core.errors import ModelError
from softcam_core.imaging.preprocess import InputSpec
from softcam_core.models.backbones import backbone, native_size, torchvision_classifier
from softcam_core.models.build import model_spec
from softcam_core.models.convert import TOLERANCE, ConversionReport, from_classifier
from softcam_core.models.evaluating import evaluating
from softcam_core.models.foreign.finding import Found, find_classifier, learned_size
from softcam_core.models.foreign.naming import listed
from softcam_core.models.foreign.released import NO_RELU, ReleasedNetwork, take_released
from softcam_core.models.measure import SIZES
from softcam_core.models.predict import checked
from softcam_core.models.softcam import SoftCAM
from softcam_core.models.spec import ONE_OUTPUT, ModelSpec

_ALREADY = "the checkpoint already is a SoftCAM, whose weights are taken as they are"
PAPER_SIZE = 512
"""Default side of the input of a checkpoint in the authors' layout."""


@dataclass(frozen=True)
class Converted:
    """What became of a checkpoint.

    Attributes:
        model: in eval mode.
        report: exact or approximate, and by how much.
        layout: ``torchvision``, or ``softcam`` for one with 4-D head weights.
        notes: what the user should know about how the checkpoint was read.
    """

    model: SoftCAM
    report: ConversionReport
    layout: str
    notes: tuple[str, ...]


def convert_checkpoint(
    path: str | Path,
    arch: str,
    classes: Sequence[str],
    *,
    part: str = "",
    samples: Tensor | None = None,
    input: InputSpec | None = None,
    options: Mapping[str, str] | None = None,
    modality: str = "",
    card: Mapping[str, str] | None = None,
) -> Converted:
    """Convert the classifier in a checkpoint, or take over the SoftCAM that it is.

    Args:
        path: a ``.pth``, ``.pt``, ``.ckpt``, ``.bin`` or ``.safetensors`` file.
        arch: torchvision's name of the architecture, ``resnet50``.
        classes: names in the order of its outputs.
        part: beginning of the names of the network that is meant, if there are several.
        samples: real images (B, 3, H, W), normalised, to measure on too.
        input: size, geometry and normalisation of its input; default `default_input`.
        options: of the architecture, as for `from_classifier`.
        modality: ``fundus``, ``oct``, ``cxr`` or "".
        card: title, description, intended use, limits, licence, data.

    Raises:
        ModelError: one sentence that names the file, what does not fit, and what to do.
    """
    found = find_classifier(path, arch, part=part)
    return convert_found(
        found,
        path,
        arch,
        classes,
        samples=samples,
        input=input or default_input(found, arch),
        options=options,
        modality=modality,
        card=card,
    )


def default_input(found: Found, arch: str) -> InputSpec:
    """Return the input of a checkpoint about which nothing else is known."""
    row = backbone(arch)
    side = native_size(arch)
    if row.head == "class_token":
        side = learned_size(found.state, row) or side
    return InputSpec(size=(PAPER_SIZE,) * 2 if found.released else (side, side))


def check_outputs(found: Found, path: str | Path, classes: Sequence[str]) -> None:
    """Raise ModelError unless every output of a checkpoint has its name."""
    if found.outputs == 1:
        raise ModelError(f"The weights {path} have {ONE_OUTPUT}.")
    if found.outputs != len(classes):
        raise ModelError(
            f"The weights {path} have {found.outputs} "
            f"outputs, but {len(classes)} "
            f"class{'es are' if len(classes) != 1 else ' is'} named ({listed(list(classes))}); "
            "name every output once, in order."
        )


def convert_found(
    found: Found,
    path: str | Path,
    arch: str,
    classes: Sequence[str],
    *,
    input: InputSpec,
    samples: Tensor | None = None,
    options: Mapping[str, str] | None = None,
    modality: str = "",
    card: Mapping[str, str] | None = None,
) -> Converted:
    """Convert what `find_classifier` found; see `convert_checkpoint`."""
    check_outputs(found, path, classes)
    _check_size(found, arch, input, samples is not None)
    chosen = dict(options or {})
    if found.released:
        with torch.random.fork_rng(devices=()):
            done = _take_released(found, arch, classes, samples, input, chosen, modality, card)
        return _doubted(done, found, arch)
    row = backbone(arch)
    more: dict[str, Any] = {}
    if row.head == "class_token":
        more["image_size"] = learned_size(found.state, row)
    with torch.device("meta"):
        network = torchvision_classifier(
            arch,
            found.outputs,
            transform_input=chosen.pop("transform_input", "") == "true",
            **more,
        )
    _assign(network, found.state)
    model, report = from_classifier(
        network.eval(),
        arch,
        classes,
        samples=samples,
        input=input,
        options=chosen,
        modality=modality,
        card=card,
    )
    if found.convolution and report.exact:
        report = dataclasses.replace(report, reason=_ALREADY)
        model.spec = _noted(model.spec, report)
    return _doubted(Converted(model, report, found.layout, found.notes), found, arch)


def _doubted(done: Converted, found: Found, arch: str) -> Converted:
    """Call a conversion approximate, and say why, if the checkpoint has more than it took."""
    if not found.unknown:
        return done
    more = listed(found.unknown)
    reason = f"the checkpoint has more than a {arch} ({more}), so its own logits may be others"
    if not done.report.exact:
        reason = f"{done.report.reason}; {reason}"
    report = dataclasses.replace(done.report, exact=False, reason=reason)
    done.model.spec = _noted(done.model.spec, report)
    note = (
        f"Left out is what a {arch} does not have ({more}): whether it takes part in the logits, "
        "the checkpoint does not say."
    )
    return dataclasses.replace(done, report=report, notes=(*done.notes, note))


def _check_size(found: Found, arch: str, spec: InputSpec, measured: bool) -> None:
    """Raise ModelError for an input that the architecture, or its original, cannot take."""
    row = backbone(arch)
    least = row.cells_size if row.cells and not found.released else row.min_size
    if min(spec.size) < least:
        raise ModelError(
            f"The input of {spec.size[0]} x {spec.size[1]} pixels is too small for {arch}, which "
            f"needs at least {least}; give a larger input size."
        )
    own = learned_size(found.state, row) if row.head == "class_token" else 0
    if own and measured and spec.size != (own, own):
        raise ModelError(
            f"The original {arch} takes {own} x {own} pixels only, so nothing can be measured at "
            f"{spec.size[0]} x {spec.size[1]}; leave out the images, or the input size."
        )


def _assign(network: nn.Module, state: Mapping[str, Tensor]) -> None:
    """Give a network without memory its weights, in fp32."""
    blank = network.state_dict()  # filled itself, since it knows the version of its layers
    for name, own in blank.items():
        if name in state:
            blank[name] = state[name].to(own.dtype)
        else:  # the number of batches seen, which predicts nothing
            blank[name] = torch.zeros(own.shape, dtype=own.dtype)
    network.load_state_dict(blank, assign=True)


def _take_released(
    found: Found,
    arch: str,
    classes: Sequence[str],
    samples: Tensor | None,
    input: InputSpec,
    options: dict[str, str],
    modality: str,
    card: Mapping[str, str] | None,
) -> Converted:
    row = backbone(arch)
    if row.family == "VGG" and options.setdefault("vgg_head", "released") != "released":
        raise ModelError(
            "The checkpoint has the authors' VGG head, whose first layer sees one feature cell; "
            "leave the option vgg_head out."
        )
    if row.family == "DenseNet":
        options |= NO_RELU
    spec = model_spec(arch, classes, input=input, options=options, modality=modality, card=card)
    model = SoftCAM(spec)
    state = {name: tensor.float() for name, tensor in found.state.items()}
    take_released(model, state)
    reference = ReleasedNetwork(row, len(classes))
    reference.load_state_dict(reference.state_dict() | state)
    random = [torch.randn(2, 3, *s, generator=torch.Generator().manual_seed(0)) for s in SIZES]
    worst, equal = _difference(reference, model.eval(), random)
    real = None
    if samples is not None:
        real, alike = _difference(reference, model, [image[None] for image in samples])
        equal &= alike
    reason = _ALREADY if equal else "the logits differ by more than rounding"
    report = ConversionReport(equal, reason, worst, real)
    model.spec = _noted(spec, report)
    return Converted(model, report, found.layout, found.notes)


def _difference(
    reference: nn.Module, model: SoftCAM, images: Sequence[Tensor]
) -> tuple[float, bool]:
    """Return the largest difference of the logits, and whether it is rounding."""
    worst, equal = 0.0, True
    with torch.no_grad(), evaluating(reference):
        for x in images:
            logits: Tensor = reference(x)
            found = float((checked(model(x).logits) - checked(logits)).abs().max())
            worst = max(worst, found)
            equal &= found <= TOLERANCE * max(1.0, float(logits.abs().max()))
    return worst, equal


def _noted(spec: ModelSpec, report: ConversionReport) -> ModelSpec:
    """Return the description with the report in its card; what is approximate is a limit."""
    note = f"Taken from a checkpoint; {report}."
    before = spec.card.get("conversion", "")
    limits = spec.card.get("limits", "").replace(before, "").strip()
    card = spec.card | {"conversion": note}
    if not report.exact:
        card["limits"] = " ".join(filter(None, (limits, note)))
    return dataclasses.replace(spec, card=card, conversion=report.record())
