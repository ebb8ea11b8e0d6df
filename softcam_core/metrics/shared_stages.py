"""Many copies of one image that differ in a few patches: only what a patch reaches is computed.

A convolution sees a window around each pixel, so that after one more patch is gone most of the
first layers' outputs are those of the picture before. They are kept, the surroundings of the patch
are computed anew and put in, and the layers that see the whole image run as always. The numbers
are those of the whole network but for rounding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from softcam_core.metrics.pictures import CPU_IMAGES, GPU_IMAGES, Pictures
from softcam_core.metrics.windows import Range, Window, windows
from softcam_core.models.softcam import Network, SoftCAM

WORTH = 0.8
"""Stages are shared as long as their crops cover less than this share of their inputs."""
KEPT = 3
"""A stage ends where its output has at most this many times the numbers of the image: what is kept
stays small, and the largest outputs, of the first layers, lie within a stage."""


@dataclass(frozen=True)
class _Part:
    """What one patch changes along one axis of a stage.

    Attributes:
        crop: pixels of the stage's input from which the changed output follows.
        changed: pixels of its output that the patch reaches.
        inside: the same, counted from the first output pixel of the crop.
    """

    crop: slice
    changed: slice
    inside: slice


@dataclass(frozen=True)
class _Stage:
    """Some layers, and what each row and column of patches changes."""

    layers: nn.Sequential
    rows: list[_Part]
    columns: list[_Part]

    def parts(self, place: tuple[int, int]) -> tuple[_Part, _Part]:
        return self.rows[place[0]], self.columns[place[1]]


class SharedStages:
    """A model's probabilities, for `softcam_core.metrics.occlusion_curves` in less time.

    A function (B, 3, H, W) -> (B, C) like any other; of pictures that differ in a patch it computes
    only what differs. How much that saves follows from the network and the image's size: most for
    large images and for VGG; nothing for networks whose first layers see the whole image.

    Example:
        >>> from softcam_core.models.build import build_model
        >>> predict = SharedStages(build_model("resnet18", classes=["no", "yes"]).eval())
        >>> predict(torch.zeros(1, 3, 64, 64)).shape
        torch.Size([1, 2])
    """

    def __init__(self, model: Network) -> None:
        """Take a model in eval mode; nothing is copied.

        Raises:
            ValueError: the model is in training.
        """
        if model.training:
            raise ValueError("model: expected one in eval mode, got one in training")
        self._model = model
        self._plans: dict[tuple[torch.Size, int], tuple[list[_Stage], nn.Sequential]] = {}

    def __call__(self, x: Tensor) -> Tensor:
        """Return the probabilities (B, C) of normalised images (B, 3, H, W)."""
        return torch.softmax(self._model.classify(x).logits.double(), dim=1)

    def run(self, pictures: Pictures, batch: int | None) -> Iterator[tuple[list[int], Tensor]]:
        """Yield the numbers of some pictures and their probabilities, until all are done."""
        stages, rest = self._plan(pictures.image, pictures.patch)
        if not stages:
            yield from pictures.run(self, batch)
            return
        if batch is None:  # Crops are small.
            batch = CPU_IMAGES if pictures.image.device.type == "cpu" else GPU_IMAGES
        children = _children(pictures.parents)
        outputs: list[Tensor] = []
        """What each stage made of the picture before."""
        todo: list[tuple[int, list[Tensor] | None, bool]] = [
            (number, None, False) for number, parent in enumerate(pictures.parents) if parent < 0
        ]
        while todo:
            number, kept, is_last = todo.pop()
            if kept is not None:
                outputs = kept if is_last else [output.clone() for output in kept]
            numbers = [number]
            if pictures.parents[number] < 0:
                outputs = _whole(stages, pictures.show(numbers))
                last = outputs[-1].clone()
            else:
                while len(children[numbers[-1]]) == 1 and len(numbers) < batch:
                    numbers += children[numbers[-1]]
                places = [pictures.place(number) for number in numbers]
                last = _advance(stages, pictures.show(numbers), outputs, places)
            yield numbers, self._probabilities(rest(last))
            after = children[numbers[-1]]
            if len(after) > 1:
                # The largest branch comes last and takes what was kept: so few are kept at a time.
                kept = [output.clone() for output in outputs]
                todo += [(child, kept, child == after[-1]) for child in reversed(after[1:])]
            todo += [(child, None, False) for child in after[:1]]

    def _probabilities(self, z: Tensor) -> Tensor:
        logits: Tensor = self._model.head(z)
        if isinstance(self._model, SoftCAM):
            logits = logits.mean(dim=(2, 3))
        return torch.softmax(logits.double(), dim=1)

    def _plan(self, image: Tensor, patch: int) -> tuple[list[_Stage], nn.Sequential]:
        """Return the stages whose output is kept, and the layers after them."""
        key = image.shape, patch
        if key not in self._plans:
            self._plans[key] = _plan(list(_layers(self._model.backbone)), image, patch)
        return self._plans[key]


def _children(parents: list[int]) -> dict[int, list[int]]:
    """Return each picture's children, the one with the most pictures below it last."""
    below = [1] * len(parents)
    children: dict[int, list[int]] = defaultdict(list)
    for number in range(len(parents) - 1, -1, -1):
        children[number].sort(key=lambda child: below[child])
        if parents[number] >= 0:
            below[parents[number]] += below[number]
            children[parents[number]].append(number)
    return children


def _whole(stages: list[_Stage], images: Tensor) -> list[Tensor]:
    outputs: list[Tensor] = []
    for stage in stages:
        # Copied, because a stage may begin with a layer that works in place.
        images = stage.layers(images.clone())
        outputs.append(images)
    return outputs


def _advance(
    stages: list[_Stage], images: Tensor, outputs: list[Tensor], places: list[tuple[int, int]]
) -> Tensor:
    """Bring ``outputs`` from a picture to the last of those that follow it, a patch each.

    Returns:
        the last stage's outputs for all of them, (n, D, h, w).
    """
    crops = []
    for image, place in zip(images, places, strict=True):
        row, column = stages[0].parts(place)
        crops.append(image[:, row.crop, column.crop])
    after = [*stages[1:], None]
    for stage, following, output in zip(stages, after, outputs, strict=True):
        results = _run_each(stage.layers, crops)
        crops = []
        for result, place in zip(results, places, strict=True):
            row, column = stage.parts(place)
            output[0, :, row.changed, column.changed] = result[:, row.inside, column.inside]
            if following is None:
                crops.append(output[0].clone())
            else:
                row, column = following.parts(place)
                crops.append(output[0, :, row.crop, column.crop].clone())
    return torch.stack(crops)


def _run_each(layers: nn.Sequential, crops: list[Tensor]) -> list[Tensor]:
    """Return what layers make of each crop; crops of one size go together."""
    groups: dict[torch.Size, list[int]] = defaultdict(list)
    for number, crop in enumerate(crops):
        groups[crop.shape].append(number)
    results: list[Tensor] = [crops[0]] * len(crops)
    for numbers in groups.values():
        together = layers(torch.stack([crops[number] for number in numbers]))
        for number, result in zip(numbers, together, strict=True):
            results[number] = result
    return results


def _layers(stages: nn.Module) -> Iterator[nn.Module]:
    """Yield a network's layers in order, whatever sequences they are wrapped in."""
    if type(stages) is not nn.Sequential:
        yield stages
        return
    for child in stages:
        yield from _layers(child)


def _plan(layers: list[nn.Module], image: Tensor, patch: int) -> tuple[list[_Stage], nn.Sequential]:
    reached = [
        [(start, min(start + patch, side)) for start in range(0, side, patch)]
        for side in image.shape[1:]
    ]
    stages: list[_Stage] = []
    z, size, start = image[None].clone(), image.shape[1:], 0
    inside: list[Window] = []
    for number, layer in enumerate(layers, start=1):
        looks = windows(layer)
        if looks is None:
            break
        z = layer(z)
        inside += looks
        if not looks or z.numel() > KEPT * image.numel():
            continue
        axes = [
            _parts(inside, ranges, old, new)
            for ranges, old, new in zip(reached, size, z.shape[2:], strict=True)
        ]
        shares = [
            sum(part.crop.stop - part.crop.start for part in parts) / (side * len(parts))
            for parts, side in zip(axes, size, strict=True)
        ]
        if shares[0] * shares[1] > WORTH:
            break
        stages.append(_Stage(nn.Sequential(*layers[start:number]), *axes))
        reached = [[(p.changed.start, p.changed.stop) for p in parts] for parts in axes]
        size, start, inside = z.shape[2:], number, []
    return stages, nn.Sequential(*layers[start:])


def _parts(looks: list[Window], ranges: list[Range], old: int, new: int) -> list[_Part]:
    """Return what changes of each range make of a stage along an axis, ``old`` pixels to ``new``.

    The crops are of one length, so that they go together, and begin at a multiple of the stride,
    so that their output lies on the whole output's pixels.
    """
    stride = 1
    for window in looks:
        stride *= window.stride
    both = [_changed_and_seen(looks, pixels, old, new) for pixels in ranges]
    length = max(seen[1] - seen[0] // stride * stride for _, seen in both)
    parts = []
    for changed, seen in both:
        first, stop = seen[0] // stride, seen[0] // stride * stride + length
        if stop > old:
            first, stop = max(0, old - length) // stride, old
        parts.append(
            _Part(
                slice(first * stride, stop),
                slice(*changed),
                slice(changed[0] - first, changed[1] - first),
            )
        )
    return parts


def _changed_and_seen(
    looks: list[Window], pixels: Range, old: int, new: int
) -> tuple[Range, Range]:
    """Return the output pixels that see any of ``pixels``, and all the input that those see."""
    changed = pixels
    for window in looks:
        changed = window.changed(changed)
    changed = max(changed[0], 0), min(changed[1], new)
    if pixels[0] >= pixels[1] or changed[0] >= changed[1]:
        return (0, 0), (0, 1)  # The last pixels of an axis, which a stride left out.
    seen = changed
    for window in reversed(looks):
        seen = window.seen(seen)
    return changed, (max(seen[0], 0), min(seen[1], old))
