"""The bones of a frontal chest film: ribs, spine, clavicles, scapulae, humeral heads."""

from __future__ import annotations

import numpy as np

from softcam_core.phantoms.case import Float
from softcam_core.phantoms.draw import Points, blur, fill, outline, stroke

Line = tuple[Points, np.ndarray]


def draw_skeleton(
    rng: np.random.Generator, size: int, apex: float, base: float, wall: float, middle: float
) -> Float:
    """Return the attenuation (size, size) that the bones add.

    Args:
        rng: the anatomy's stream.
        size: side of the film in px.
        apex: height of the lungs' tips, in parts of the film.
        base: height of the right dome, in parts of the film.
        wall: half width of the rib cage at its widest, in parts of the film.
        middle: x of the spine, in parts of the film.
    """
    bones = _ribs(rng, size, apex, base, wall, middle)
    bones = bones + _spine(rng, size, middle)
    bones = bones + _shoulders(rng, size, apex, middle)
    result: Float = bones.astype(np.float32)
    return result


def _tube(size: int, lines: list[Line], wall: float) -> Float:
    """A hollow bone seen from the side: its cortex is brighter than its marrow."""
    outer = stroke((size, size), lines)
    inner = stroke((size, size), lines, wall)
    tube: Float = blur(outer - 0.42 * inner, 0.0026 * size)
    return tube


def _ribs(
    rng: np.random.Generator, size: int, apex: float, base: float, wall: float, middle: float
) -> Float:
    """Each rib is a tilted hoop: from the spine back and out, then forward and down."""
    total = np.zeros((size, size), np.float32)
    count = 10
    pitch = (base + 0.06 - apex) / (count - 1.6)
    width = rng.uniform(0.021, 0.026) * size
    drop = rng.uniform(0.19, 0.23)
    for side in (-1, 1):
        for index in range(count):
            level = apex - 0.025 + pitch * index + rng.normal(0, 0.003)
            share = (0.50, 0.69, 0.84, 0.93, 0.98)[index] if index < 5 else 1.0
            half = (wall + 0.008) * share * (1.0 if index else 0.86)
            turn = np.linspace(0.02, 0.80 * np.pi if index < 7 else 0.62 * np.pi, 44)
            x = middle + side * (0.028 + (half - 0.016) * np.sin(turn) ** 0.85)
            fall = drop * (0.55 + 0.06 * index)
            y = (
                level
                + fall * (1 - np.cos(turn)) / 2
                - 0.022 * np.sin(np.minimum(2.2 * turn, np.pi))
            )
            course = np.stack([x, y], axis=1) * size
            back = turn < 0.52 * np.pi
            rear = _tube(size, [(course[back], np.full(int(back.sum()), width))], 0.6)
            front_points = course[turn > 0.46 * np.pi]
            front = _tube(size, [(front_points, np.full(len(front_points), 1.12 * width))], 0.62)
            # The cartilage between a rib's end and the breastbone casts no shadow.
            from_middle = np.abs((np.arange(size) + 0.5) / size - middle)
            front = front * np.clip((from_middle - 0.09) / 0.09, 0, 1).astype(np.float32)
            # The liver outshines the ribs before it.
            total += (0.27 * rear + 0.13 * front) * (1.0 if index < 8 else 0.6)
    return total


def _spine(rng: np.random.Generator, size: int, middle: float) -> Float:
    """Vertebral bodies with disc spaces, pedicles and spinous processes."""
    bodies, pedicles, spines = [], [], []
    y, height = -0.02, 0.040
    while y < 1.05:
        half = 0.030 + 0.012 * np.clip(y, 0, 1)
        x = middle + rng.normal(0, 0.001)
        waist = 0.93 * half
        bodies.append(
            np.array(
                [
                    [x - half, y],
                    [x + half, y],
                    [x + waist, y + height / 2],
                    [x + half, y + height],
                    [x - half, y + height],
                    [x - waist, y + height / 2],
                ]
            )
            * size
        )
        for side in (-1, 1):
            at = (size * (x + side * 0.62 * half), size * (y + 0.4 * height))
            pedicles.append(outline(rng, at, (0.006 * size, 0.009 * size), 0, 0.05, 3))
        at = (size * x, size * (y + 0.72 * height))
        spines.append(outline(rng, at, (0.0055 * size, 0.012 * size), 0, 0.1, 3))
        y += height + 0.009
        height += 0.0009
    shape = (size, size)
    soft = 0.003 * size
    column = blur(fill(shape, bodies), soft)
    details = blur(fill(shape, pedicles), soft)
    tips = blur(fill(shape, spines), soft)
    spine: Float = 0.15 * column + 0.09 * details + 0.10 * tips
    return spine


def _shoulders(rng: np.random.Generator, size: int, apex: float, middle: float) -> Float:
    total = np.zeros((size, size), np.float32)
    shape = (size, size)
    rise = rng.uniform(0.015, 0.05)
    spread = rng.uniform(0.0, 0.03)
    for side in (-1, 1):
        # Clavicle: an S from the sternum to the shoulder.
        s = np.linspace(0, 1, 24)
        x = middle + side * (0.042 + 0.335 * s)
        y = apex + 0.062 - rise * 1.5 * s - 0.018 * np.sin(2 * np.pi * s) + rng.normal(0, 0.004)
        course = np.stack([x, y], axis=1) * size
        widths = size * (0.026 + 0.012 * (1 - s) ** 3 + 0.004 * s)
        total += 0.36 * _tube(size, [(course, widths)], 0.62)
        # Scapula: blade beside the upper lung, spine and coracoid at its head.
        top = apex + 0.045
        blade = np.array(
            [
                [0.30, top + 0.03],
                [0.355 + spread, top + 0.075],
                [0.372 + spread, top + 0.12],
                [0.345 + spread, top + 0.22],
                [0.312 + spread, top + 0.335],
                [0.296 + spread, top + 0.33],
                [0.283 + spread, top + 0.2],
                [0.268, top + 0.08],
            ]
        )
        blade = np.stack([middle + side * blade[:, 0], blade[:, 1]], axis=1) * size
        total += 0.11 * blur(fill(shape, [blade]), 0.004 * size)
        border = np.array([blade[2], blade[3], blade[4]])
        edge = [(border, np.full(3, 0.013 * size))]
        total += 0.15 * blur(stroke(shape, edge), 0.003 * size)
        ridge = np.array([blade[0], blade[1] + [side * 0.03 * size, -0.035 * size]])
        total += 0.10 * _tube(size, [(ridge, np.full(2, 0.02 * size))], 0.6)
        # Humeral head in its socket and the shaft: one bone with one cortex.
        head = (size * (middle + side * (0.425 + spread)), size * (top + 0.075))
        foot = [head[0] + side * 0.075 * size, size * 0.78]
        shaft = [(np.array([head, foot]), np.array([0.062, 0.044]) * size)]
        ball = outline(rng, head, (0.045 * size, 0.048 * size), 0, 0.04, 3)
        core = outline(rng, head, (0.038 * size, 0.041 * size), 0, 0.04, 3)
        outer = np.maximum(fill(shape, [ball]), stroke(shape, shaft))
        inner = np.maximum(fill(shape, [core]), stroke(shape, shaft, 0.66))
        total += blur(0.26 * outer - 0.09 * inner, 0.003 * size)
    return total
