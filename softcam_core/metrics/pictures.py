"""The distinct pictures that several curves of one image are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import torch
from torch import Tensor

CPU_PIXELS = 4 * 224 * 224
"""Pixels per pass on a CPU: beyond it the first layers' outputs leave the caches, and a pass of
large images takes longer per image than one alone."""
CPU_IMAGES = 8
GPU_IMAGES = 64


class Pictures:
    """Copies of one image that show some of its patches, each set of patches once.

    Attributes:
        image: (3, H, W).
        patch: side of a patch in pixels, from (0, 0); those at the edges may be narrower.
        visible: for each picture the patches that it shows, (rows, columns) bool on the CPU; the
            first picture shows all.
        parents: for each picture the number of an earlier one that differs in a single patch, or
            -1.
    """

    def __init__(self, image: Tensor, patch: int) -> None:
        """Begin with the whole image."""
        self.image = image
        self.patch = patch
        self.visible: list[Tensor] = []
        self.parents: list[int] = []
        self._numbers: dict[bytes, int] = {}
        self.grid = tuple(-(-side // patch) for side in image.shape[1:])
        self.add(torch.ones(self.grid, dtype=torch.bool), -1)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.visible)

    def add(self, visible: Tensor, parent: int) -> int:
        """Return the number of the picture that shows these patches, a new one if need be."""
        number = self._numbers.setdefault(visible.numpy().tobytes(), len(self))
        if number == len(self):
            self.visible.append(visible)
            self.parents.append(parent)
        return number

    def show(self, numbers: Sequence[int]) -> Tensor:
        """Return these pictures, (n, 3, H, W): what they do not show is 0."""
        rows, columns = (torch.arange(side) // self.patch for side in self.image.shape[1:])
        shown = torch.stack([self.visible[number] for number in numbers])
        pixels = shown[:, None, rows[:, None], columns].to(self.image.device)
        return torch.where(pixels, self.image, 0)

    @property
    def quick_batch(self) -> int:
        """How many of them make a quick pass of a whole network."""
        if self.image.device.type != "cpu":
            return GPU_IMAGES
        return max(1, min(CPU_IMAGES, CPU_PIXELS // self.image[0].numel()))

    def run(
        self, predict: Callable[[Tensor], Tensor], batch: int | None
    ) -> Iterator[tuple[list[int], Tensor]]:
        """Yield the numbers of some pictures and what a model makes of them, until all are done."""
        count = batch or self.quick_batch
        for start in range(0, len(self), count):
            numbers = list(range(start, min(start + count, len(self))))
            yield numbers, predict(self.show(numbers))

    def place(self, number: int) -> tuple[int, int]:
        """Return row and column of the patch in which a picture differs from its parent."""
        changed = self.visible[number] != self.visible[self.parents[number]]
        row, column = changed.nonzero()[0].tolist()
        return row, column
