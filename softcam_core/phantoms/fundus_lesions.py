"""The lesions of diabetic retinopathy, drawn onto a fundus phantom with exact masks."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from softcam_core.phantoms.case import Float, Mask
from softcam_core.phantoms.draw import Points, blur, fill, outline, smooth_noise, soften, stroke
from softcam_core.phantoms.eye import Eye

_BLOOD = np.array([0.55, 1.35, 1.05], np.float32)  # what full depth of blood absorbs
_EXUDATE = np.array([1.0, 0.89, 0.44], np.float32)
_COTTON = np.array([0.98, 0.88, 0.70], np.float32)


@dataclass(frozen=True)
class _Count:
    """How many lesions of a kind a grade shows: from .. to, both included."""

    low: int
    high: int

    def draw(self, rng: np.random.Generator) -> int:
        return int(rng.integers(self.low, self.high + 1))


_NONE = _Count(0, 0)
# Per grade 0..4: microaneurysms, haemorrhages, exudate clusters, cotton wool spots.
_MICROANEURYSMS = (_NONE, _Count(9, 18), _Count(6, 14), _Count(10, 20), _Count(6, 16))
_HAEMORRHAGES = (_NONE, _NONE, _Count(3, 8), _Count(22, 36), _Count(6, 18))
_EXUDATES = (_NONE, _NONE, _Count(1, 3), _Count(0, 3), _Count(0, 2))
_COTTON_WOOL = (_NONE, _NONE, _NONE, _Count(2, 5), _NONE)


class _Painter:
    """Places and paints lesions; remembers where the ground is taken."""

    def __init__(self, rng: np.random.Generator, picture: Float, eye: Eye) -> None:
        self.rng, self.picture, self.eye = rng, picture, eye
        self.disc, self.fovea, self.dd = np.array(eye.disc), np.array(eye.fovea), eye.diameter
        self.shape = eye.shape
        self.masks: dict[str, Mask] = {}
        rim = cv2.erode(np.pad(eye.field, 1).astype(np.uint8), np.ones((3, 3)), iterations=12)
        self.open: Mask = rim[1:-1, 1:-1] > 0
        self.from_fovea = np.hypot(*eye.grid(eye.fovea))
        self.open &= (self.from_fovea > 0.3) & (np.hypot(*eye.grid(eye.disc)) > 0.72)
        self.vessels = eye.vessels > 0.2

    def place(
        self, room: float, off_vessels: bool, where: Mask | None = None
    ) -> tuple[float, float] | None:
        """Return a free spot with ``room`` px around it, or None where there is none."""
        free = self.open if where is None else self.open & where
        if off_vessels:
            free = free & ~self.vessels
        reach = max(1, round(room))
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
        free = cv2.erode(free.astype(np.uint8), kernel, borderValue=0) > 0
        spots = np.flatnonzero(free)
        if len(spots) == 0:
            return None
        spot = int(self.rng.choice(spots))
        return spot % self.shape[1] + 0.5, spot // self.shape[1] + 0.5

    def take(self, label: str, alpha: Float, margin: float = 0.0) -> None:
        """Record what was drawn and keep later lesions off it."""
        drawn = alpha > 0
        self.masks[label] = self.masks.get(label, np.zeros(self.shape, bool)) | drawn
        reach = max(1, round(margin))
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
        self.open &= cv2.dilate(drawn.astype(np.uint8), kernel) == 0

    def blood(self, label: str, alpha: Float, depth: float, margin: float = 2.0) -> None:
        """Darken by absorption, which leaves the texture below visible where it is thin."""
        self.picture = self.picture * np.exp(-depth * alpha[..., None] * _BLOOD)
        self.take(label, alpha, margin)

    def bright(self, label: str, alpha: Float, colour: Float, margin: float = 2.0) -> None:
        """Cover with a reflecting deposit, lit like the ground around it."""
        light = blur(self.picture.max(axis=2), 0.4 * self.dd)
        target = np.clip(1.36 * light, 0.5, 1.05)[..., None] * colour
        self.picture = self.picture + alpha[..., None] * (target - self.picture)
        self.take(label, alpha, margin)

    def microaneurysm(self) -> None:
        """A round red dot, 125-165 um across (a disc diameter is 1500 um).

        That is the upper end of what is called one; smaller dots would be lost to a model that
        sees 320 px.
        """
        radius = self.dd * self.rng.uniform(0.042, 0.055)
        at = self.place(radius + 2, off_vessels=True, where=self.from_fovea < 3.0)
        if at is not None:
            shape = fill(self.shape, [outline(self.rng, at, (radius, radius), 0, 0.05, 3)])
            self.blood("MA", soften(shape, 0.008 * self.dd), self.rng.uniform(0.65, 0.95), 5)

    def haemorrhage(self, where: Mask | None = None) -> None:
        """A dot, blot or flame."""
        kind = self.rng.choice(["dot", "blot", "blot", "flame"])
        if kind == "flame":
            self._flame(where)
            return
        low, high = (0.06, 0.085) if kind == "dot" else (0.085, 0.16)
        radius = self.dd * self.rng.uniform(low, high)
        at = self.place(radius + 2, off_vessels=bool(self.rng.random() < 0.8), where=where)
        if at is None:
            return
        rough = 0.1 if kind == "dot" else 0.35
        radii = (radius, radius * self.rng.uniform(0.65, 1.0))
        contour = outline(self.rng, at, radii, self.rng.uniform(0, np.pi), rough, 8)
        # Blood lies thicker in the middle, and unevenly.
        patchy = np.clip(0.85 + 0.12 * smooth_noise(self.rng, self.shape, 0.04 * self.dd), 0.5, 1)
        alpha = soften(fill(self.shape, [contour]), 0.02 * self.dd) * patchy
        self.blood("HE", alpha, self.rng.uniform(0.4, 0.8))

    def _flame(self, where: Mask | None) -> None:
        """Streaks along the nerve fibres, which run around the macula from the disc."""
        length = self.dd * self.rng.uniform(0.2, 0.36)
        near_disc = self.from_fovea > 1.2
        at = self.place(
            length * 0.6, off_vessels=False, where=near_disc if where is None else where & near_disc
        )
        if at is None:
            return
        angle = self._fibre_angle(at) + self.rng.normal(0, 0.12)
        along = np.array([np.cos(angle), np.sin(angle)])
        across = np.array([-along[1], along[0]])
        lines: list[tuple[Points, np.ndarray]] = []
        for _ in range(int(self.rng.integers(6, 10))):
            middle = np.array(at) + across * self.rng.normal(0, 0.03 * self.dd)
            middle = middle + along * self.rng.normal(0, 0.12 * length)
            half = length * self.rng.uniform(0.25, 0.55)
            steps = np.linspace(-1, 1, 9)
            bend = across * self.rng.normal(0, 0.012 * self.dd)
            points = middle + steps[:, None] * half * along + (1 - steps[:, None] ** 2) * bend
            widths = self.dd * 0.034 * (1 - 0.8 * np.abs(steps))
            lines.append((points, widths))
        alpha = soften(stroke(self.shape, lines), 0.012 * self.dd)
        self.blood("HE", alpha, self.rng.uniform(0.55, 0.8))

    def _fibre_angle(self, at: tuple[float, float]) -> float:
        """Direction of the nerve fibres: radial at the disc, arching round the fovea."""
        from_disc = np.array(at) - self.disc
        from_fovea = np.array(at) - self.fovea
        radial = from_disc / (np.hypot(*from_disc) + 1e-6)
        tangent = np.array([-from_fovea[1], from_fovea[0]]) / (np.hypot(*from_fovea) + 1e-6)
        tangent = tangent if tangent @ radial > 0 else -tangent
        share = np.clip(np.hypot(*from_disc) / (2.5 * self.dd), 0, 1)
        course = (1 - share) * radial + share * tangent
        return float(np.arctan2(course[1], course[0]))

    def exudates(self) -> None:
        """A cluster of sharp yellow deposits, scattered or in a ring (circinate)."""
        ring = self.rng.random() < 0.4
        spread = self.dd * self.rng.uniform(0.26, 0.5)
        at = self.place(spread * 0.8, off_vessels=False, where=self.from_fovea < 2.3)
        if at is None:
            return
        contours = []
        for _ in range(int(self.rng.integers(14, 34))):
            angle = self.rng.uniform(0, 2 * np.pi) if not ring else self.rng.uniform(0.4, 5.6)
            reach = spread * (self.rng.normal(0.9, 0.1) if ring else abs(self.rng.normal(0, 0.55)))
            spot = (at[0] + reach * np.cos(angle), at[1] + 0.85 * reach * np.sin(angle))
            radius = self.dd * min(0.018 + self.rng.exponential(0.016), 0.085)
            radii = (radius, radius * self.rng.uniform(0.6, 1))
            contours.append(outline(self.rng, spot, radii, self.rng.uniform(0, 3), 0.3, 7))
        drawn = soften(fill(self.shape, contours), 0.006 * self.dd) * self.open.astype(np.float32)
        self.bright("EX", drawn * np.float32(self.rng.uniform(0.75, 0.95)), _EXUDATE)

    def cotton_wool(self) -> None:
        """A pale fluffy patch with soft edges, about a third of a disc wide."""
        radius = self.dd * self.rng.uniform(0.13, 0.22)
        arcade = (self.from_fovea > 1.3) & (self.from_fovea < 3.4)
        at = self.place(radius, off_vessels=False, where=arcade)
        if at is None:
            return
        # It lies along the nerve fibres that it swells, in two or three puffs.
        angle = self._fibre_angle(at)
        along = np.array([np.cos(angle), np.sin(angle)])
        puffs = []
        for _ in range(int(self.rng.integers(2, 4))):
            x, y = np.array(at) + along * self.rng.normal(0, 0.35 * radius)
            size = radius * self.rng.uniform(0.55, 0.95)
            radii = (size, size * self.rng.uniform(0.45, 0.75))
            puffs.append(outline(self.rng, (x, y), radii, angle, 0.4, 8))
        fluff = 1 + 0.16 * smooth_noise(self.rng, self.shape, 0.035 * self.dd)
        soft = soften(fill(self.shape, puffs), 0.05 * self.dd, 0.06) * np.clip(fluff, 0.5, 1.3)
        alpha = np.clip(soft * self.rng.uniform(0.7, 0.85), 0, 0.95).astype(np.float32)
        self.bright("SE", alpha, _COTTON)

    def new_vessels(self, at_disc: bool) -> None:
        """A fan of fine tangled vessels on the disc or along an arcade."""
        if at_disc:
            angle = self.rng.uniform(0, 2 * np.pi)
            centre = self.disc + 0.42 * self.dd * np.array([np.cos(angle), np.sin(angle)])
        else:
            arcade = (self.from_fovea > 1.5) & (self.from_fovea < 3.0)
            spot = self.place(0.4 * self.dd, off_vessels=False, where=arcade)
            if spot is None:
                return
            centre = np.array(spot)
        lines: list[tuple[Points, np.ndarray]] = []
        reach = self.dd * self.rng.uniform(0.55, 0.85)
        fan = self.rng.uniform(0, 2 * np.pi)
        for _ in range(int(self.rng.integers(26, 36))):
            # They sprout from one stem, spread as a fan and turn back in loops at its rim.
            heading = fan + self.rng.uniform(-1.5, 1.5)
            points, curl = [centre + self.rng.normal(0, 0.05 * self.dd, 2)], 0.0
            for _ in range(int(self.rng.integers(16, 40))):
                out = np.hypot(*(points[-1] - centre)) / reach
                bend = 0.06 + 0.3 * max(0.0, out - 0.55)
                side = 1.0 if len(lines) % 2 else -1.0
                curl = 0.8 * curl + self.rng.normal(0, 0.1) + 0.2 * side * bend
                heading += curl
                step = 0.03 * self.dd * np.array([np.cos(heading), np.sin(heading)])
                points.append(points[-1] + step)
            thick = self.dd * self.rng.uniform(0.02, 0.032)
            lines.append((np.array(points), np.linspace(thick, 0.6 * thick, len(points))))
        alpha = soften(stroke(self.shape, lines, 1.0, 0.03 * self.dd), 0.007 * self.dd)
        self.picture = self.picture * np.exp(-0.6 * alpha[..., None] * _BLOOD)
        # The lesion a reader outlines is the tuft, the gaps between its vessels included.
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (9, 9))
        tuft = cv2.morphologyEx((alpha > 0).astype(np.uint8), cv2.MORPH_CLOSE, kernel)
        self.take("NV", tuft.astype(np.float32) + alpha, 2)

    def preretinal(self) -> None:
        """A boat-shaped haemorrhage before the retina: level top, round keel, hides vessels."""
        half = self.dd * self.rng.uniform(0.55, 0.95)
        below = self.from_fovea > 0.9
        at = self.place(half * 0.85, off_vessels=False, where=below)
        if at is None:
            return
        depth = half * self.rng.uniform(0.5, 0.75)
        steps = np.linspace(0, np.pi, 33)
        keel = np.stack([at[0] + half * np.cos(steps), at[1] + depth * np.sin(steps)], axis=1)
        top = np.stack(
            [
                np.linspace(at[0] - half, at[0] + half, 13)[1:-1],
                at[1] + self.rng.normal(0, 0.012 * self.dd, 11),
            ],
            axis=1,
        )
        alpha = soften(fill(self.shape, [np.concatenate([keel, top])]), 0.016 * self.dd)
        tone = blur(self.picture, 0.35 * self.dd)
        tone = tone * np.exp(-0.95 * _BLOOD) * 1.05
        self.picture = self.picture + 0.93 * alpha[..., None] * (tone - self.picture)
        self.take("PRH", alpha, 3)

    def quadrant(self, index: int) -> Mask:
        """One of the four quadrants around the fovea, (H, W) bool."""
        x, y = self.eye.grid(self.eye.fovea)
        left, upper = x < 0, y < 0
        chosen: Mask = (left if index % 2 else ~left) & (upper if index < 2 else ~upper)
        return chosen


def draw_lesions(
    rng: np.random.Generator, picture: Float, grade: int, eye: Eye
) -> tuple[Float, dict[str, Mask]]:
    """Draw the lesions of ``grade`` onto ``picture`` (H, W, 3); return it and the masks."""
    painter = _Painter(rng, picture, eye)
    if grade == 4:
        choice = rng.random()
        if choice < 0.7:
            painter.new_vessels(at_disc=bool(rng.random() < 0.5))
        if choice < 0.25:
            painter.new_vessels(at_disc=False)
        if choice > 0.3:
            painter.preretinal()
    for _ in range(_COTTON_WOOL[grade].draw(rng)):
        painter.cotton_wool()
    for _ in range(_EXUDATES[grade].draw(rng)):
        painter.exudates()
    for index in range(_HAEMORRHAGES[grade].draw(rng)):
        # Grade 3 is told by its haemorrhages in every quadrant.
        painter.haemorrhage(painter.quadrant(index % 4) if grade == 3 else None)
    for _ in range(_MICROANEURYSMS[grade].draw(rng)):
        painter.microaneurysm()
    return painter.picture, painter.masks
