"""The retinal vessel tree: arcades that leave the disc and arch round the macula."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from softcam_core.phantoms.draw import Points

Line = tuple[Points, NDArray[np.float64]]


@dataclass
class VesselTree:
    """Arteries and veins as centre lines with widths, in pixels."""

    arteries: list[Line]
    veins: list[Line]


@dataclass
class _Grower:
    """Grows one kind of vessel; keeps new branches off older ones of the same kind."""

    rng: np.random.Generator
    disc: NDArray[np.float64]
    fovea: NDArray[np.float64]
    diameter: float  # of the disc, px: the unit of length
    wriggle: float
    lines: list[Line] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._cell = self.diameter * 0.07
        self._taken: dict[tuple[int, int], int] = {}

    def _key(self, point: NDArray[np.float64]) -> tuple[int, int]:
        return int(point[0] // self._cell), int(point[1] // self._cell)

    def _add(self, points: Points, widths: NDArray[np.float64]) -> None:
        number = len(self.lines)
        self.lines.append((points, widths))
        for point in points:
            self._taken.setdefault(self._key(point), number)

    def trunk(self, points: Points, width: float, thin: float) -> None:
        """Lay a main vessel along ``points`` and let branches grow from it."""
        n = len(points)
        steps = np.linspace(0, 1, n)
        # A vessel sways about its course, more so away from the disc.
        sway = np.zeros((n, 2))
        for period in (1.1, 0.55):
            phase = self.rng.uniform(0, 2 * np.pi, 2)
            length = steps * n * 0.04
            sway += (
                self.wriggle
                * self.diameter
                * period
                * 0.045
                * self.rng.normal(1, 0.3, 2)
                * np.sin(2 * np.pi * length[:, None] / period + phase)
            )
        points = points + sway * np.minimum(1, steps * 6)[:, None]
        widths = width + (thin - width) * steps**0.8
        self._add(points, widths)
        number = len(self.lines) - 1
        side = self.rng.choice([-1, 1])
        for share in self.rng.uniform([0.2, 0.45], [0.4, 0.7]):
            # A fork into nearly equal parts, the outer one to the periphery.
            at = int(n * share)
            fork = int(self.rng.choice([-1, 1]))
            self._branch(
                points, at, fork, float(widths[at]) * self.rng.uniform(0.7, 0.9), number, 1
            )
        at = int(n * 0.16)
        while at < n - 6:
            local = float(widths[at])
            self._branch(points, at, int(side), local * self.rng.uniform(0.35, 0.62), number, 1)
            side = -side if self.rng.random() < 0.75 else side
            at += int(self.rng.uniform(0.36, 0.85) / 0.04)

    def _branch(
        self, parent: Points, at: int, side: int, width: float, number: int, depth: int
    ) -> None:
        forward = parent[min(at + 2, len(parent) - 1)] - parent[max(at - 2, 0)]
        heading = float(np.arctan2(forward[1], forward[0])) + side * self.rng.uniform(0.45, 0.85)
        self.grow(parent[at], heading, width, number, depth)

    def grow(
        self, start: NDArray[np.float64], heading: float, width: float, parent: int, depth: int
    ) -> None:
        """Let a branch wander from ``start`` until it is thin, leaves, or meets its own kind."""
        if width < 0.011 * self.diameter:
            return
        step = 0.04 * self.diameter
        # A wider vessel supplies more ground.
        reach = self.rng.uniform(14, 26) + 700 * width / self.diameter * self.rng.uniform(0.7, 1.2)
        total = int(min(reach, 85))
        points, curl = [start], 0.0
        inner = self._toward_fovea(start, heading)
        for i in range(total):
            curl = 0.72 * curl + self.rng.normal(0, 0.05 * self.wriggle)
            here = points[-1]
            aim = self.fovea - here if inner else here - self.fovea
            turn = np.arctan2(aim[1], aim[0]) - heading
            turn = (turn + np.pi) % (2 * np.pi) - np.pi
            heading += curl + 0.012 * float(np.clip(turn, -1, 1))
            new = here + step * np.array([np.cos(heading), np.sin(heading)])
            if np.hypot(*(new - self.fovea)) < 0.42 * self.diameter:
                break  # the foveal avascular zone
            if np.hypot(*(new - self.disc)) < 0.55 * self.diameter and i > 3:
                break
            met = self._taken.get(self._key(new))
            if met is not None and (met != parent or i > 8):
                break
            points.append(new)
        if len(points) < 7:
            return
        line = np.array(points)
        steps = np.linspace(0, 1, len(line))
        widths = np.maximum(width * (1 - 0.72 * steps), 0.010 * self.diameter)
        self._add(line, widths)
        own = len(self.lines) - 1
        if depth < 4:
            at, side = int(self.rng.uniform(8, 15)), int(self.rng.choice([-1, 1]))
            while at < len(line) - 4:
                share = self.rng.uniform(0.5, 0.8)
                self._branch(line, at, side, float(widths[at]) * share, own, depth + 1)
                side, at = -side, at + int(self.rng.uniform(10, 22))

    def _toward_fovea(self, start: NDArray[np.float64], heading: float) -> bool:
        aim = self.fovea - start
        ahead = np.array([np.cos(heading), np.sin(heading)])
        return float(aim @ ahead) > 0


def _temporal(
    rng: np.random.Generator, disc: NDArray[np.float64], diameter: float, up: int, spread: float
) -> Points:
    """An arcade: leaves the disc nearly upright, then arches over the macula (to the left)."""
    reach, height = rng.uniform(4.9, 5.6), spread * rng.uniform(1.85, 2.1)
    s = np.linspace(0, 1, 150)
    temporal = reach * s**1.75
    vertical = height * (1 - (1 - s) ** 2.8) * (1 - rng.uniform(0.05, 0.3) * s**3)
    offset = rng.normal(0, 0.04, 2)
    return disc + diameter * np.stack([-temporal + offset[0], -up * vertical + offset[1]], axis=1)


def _nasal(rng: np.random.Generator, disc: NDArray[np.float64], diameter: float, up: int) -> Points:
    s = np.linspace(0, 1, 95)
    angle = rng.uniform(0.75, 1.25) - rng.uniform(0.2, 0.6) * s
    dx, dy = np.cumsum(np.cos(angle)) * 0.04, np.cumsum(np.sin(angle)) * 0.04
    offset = rng.normal(0, 0.04, 2)
    return disc + diameter * np.stack([dx + offset[0], -up * dy + offset[1]], axis=1)


def grow_tree(
    rng: np.random.Generator,
    disc: tuple[float, float],
    fovea: tuple[float, float],
    diameter: float,
) -> VesselTree:
    """Grow the vessels of a right eye (disc right of the macula).

    Args:
        rng: the anatomy's stream.
        disc: centre x, y in px.
        fovea: centre x, y in px.
        diameter: of the disc in px, the unit of all lengths.
    """
    kinds: dict[str, list[Line]] = {}
    wriggle = rng.uniform(0.6, 1.3)
    origin = np.array(disc) + np.array([0.08 * diameter, 0.0])
    # Artery and vein run side by side; which of them is the outer one differs.
    outer = {up: float(rng.choice([-1, 1])) * rng.uniform(0.06, 0.11) for up in (1, -1)}
    for name, width, sign in (("veins", 0.098, 1), ("arteries", 0.070, -1)):
        spread = {up: 1 + sign * outer[up] for up in (1, -1)}
        grower = _Grower(rng, np.array(disc), np.array(fovea), diameter, wriggle)
        for up in (1, -1):
            course = _temporal(rng, origin, diameter, up, spread[up])
            grower.trunk(course, width * diameter * rng.uniform(0.9, 1.1), 0.028 * diameter)
        for up in (1, -1):
            course = _nasal(rng, origin, diameter, up)
            grower.trunk(course, 0.72 * width * diameter, 0.03 * diameter)
        for _ in range(int(rng.integers(1, 4))):
            # Fine vessels that run from the disc's temporal rim towards the macula.
            start = np.array(disc) + diameter * np.array([-0.35, rng.uniform(-0.35, 0.35)])
            heading = np.pi + rng.uniform(-0.5, 0.5)
            grower.grow(start, heading, 0.026 * diameter, -1, 3)
        kinds[name] = grower.lines
    return VesselTree(kinds["arteries"], kinds["veins"])
