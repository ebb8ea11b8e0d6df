"""Synthetic OCT B-scans of the macula: normal, with drusen, with fluid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from softcam_core.phantoms.case import Float, Mask, Phantom, keep_drawn, stream
from softcam_core.phantoms.draw import (
    blur,
    fill,
    outline,
    ridges,
    smooth_line,
    smooth_noise,
    soften,
)

OCT_LABELS = ("normal", "drusen", "fluid")

# From the vitreous to the choroid: thickness far from the fovea in um, brightness in [0, 1].
# ELM, EZ and RPE are the three bright lines over the choroid.
_LAYERS = (
    ("RNFL", 34.0, 0.74),
    ("GCL", 42.0, 0.44),
    ("IPL", 38.0, 0.55),
    ("INL", 36.0, 0.27),
    ("OPL", 28.0, 0.52),
    ("ONL", 66.0, 0.19),
    ("ELM", 7.0, 0.42),
    ("MZ", 13.0, 0.27),
    ("EZ", 14.0, 0.80),
    ("OS", 17.0, 0.42),
    ("RPE", 21.0, 0.93),
)
_NAMES = tuple(name for name, _, _ in _LAYERS)
_UM_PER_ROW = 3.3
_VITREOUS, _SCLERA = 0.045, 0.2


@dataclass
class _Retina:
    """Boundaries (12, W) in rows, from the inner limiting membrane to Bruch's membrane."""

    edges: Float
    fovea: float
    shape: tuple[int, int]
    bruch: Float
    cystic: bool = False
    detachment: Float | None = None  # height (W,) of the fluid below the retina, in rows


def oct_scan(
    label: str, seed: int, size: tuple[int, int] = (496, 512), lesions: bool = True
) -> Phantom:
    """Draw a B-scan through the fovea.

    Args:
        label: ``normal``, ``drusen`` (deposits that lift the pigment epithelium) or ``fluid``
            (dark cysts within the retina and/or fluid below it).
        seed: 0 or more.
        size: (rows, columns), each 256 or more.
        lesions: False draws the same retina without them; the swelling around cysts stays.

    Returns:
        Pixels (H, W) uint8. Masks: ``drusen`` lies between Bruch's membrane and the top of
        the lifted epithelium (the photoreceptors above are only pushed aside); ``IRF`` and
        ``SRF`` are the fluid as drawn.

    Raises:
        ValueError: an unknown label, or too small a size.
    """
    if label not in OCT_LABELS:
        raise ValueError(f"label: expected one of {', '.join(OCT_LABELS)}, got {label!r}")
    if min(size) < 256:
        raise ValueError(f"size: expected 256 px or more each way, got {size}")
    anatomy, lesion = stream(seed, "anatomy"), stream(seed, "lesions")
    retina = _make_retina(anatomy, size)
    masks: dict[str, Mask] = {}
    if label == "fluid":
        _swell(lesion, retina)
    elif label == "drusen" and lesions:
        masks["drusen"] = _lift_epithelium(lesion, retina)
    signal = _paint_layers(anatomy, retina)
    if label == "drusen" and lesions:
        signal = _fill_drusen(lesion, signal, retina, masks["drusen"])
    if label == "fluid" and lesions:
        signal, masks = _paint_fluid(lesion, signal, retina)
    signal = _shadows(stream(seed, "shadows"), signal, retina)
    pixels = _detect(stream(seed, "speckle"), signal)
    if stream(seed, "side").random() < 0.5:
        pixels = np.ascontiguousarray(pixels[:, ::-1])
        masks = {name: np.ascontiguousarray(mask[:, ::-1]) for name, mask in masks.items()}
    return Phantom(pixels, keep_drawn(masks), label, OCT_LABELS.index(label), "oct", seed)


def _make_retina(rng: np.random.Generator, shape: tuple[int, int]) -> _Retina:
    rows, columns = shape
    x = np.arange(columns, dtype=np.float32)
    fovea = columns * rng.uniform(0.42, 0.58)
    across = (x - fovea) / columns * 6.0  # mm
    scale = rows / 496 / _UM_PER_ROW * rng.uniform(0.95, 1.1)
    # The eye's curvature and its tilt in the scan.
    bruch = rows * rng.uniform(0.52, 0.6) + rows * rng.uniform(-0.035, 0.035) * across / 3
    bruch = bruch - rows * rng.uniform(0.004, 0.014) * across**2 * rng.choice([-0.3, 1.0])
    bruch = bruch + rows * 0.004 * smooth_line(rng, columns, columns / 7)
    width, depth = rng.uniform(0.34, 0.48), rng.uniform(0.86, 0.97)
    pit = depth * np.exp(-(np.abs(across / width) ** 1.9))
    rim = np.exp(-np.square((np.abs(across) - 1.0) / 0.8))
    heights = []
    for name, thickness, _ in _LAYERS:
        layer: NDArray[Any] = np.full(columns, thickness)
        if name == "RNFL":
            # Thickens towards the disc, on the nasal side.
            layer = layer * np.clip(0.55 + 0.42 * across * 0.62, 0.35, 2.4) * (1 - pit)
        elif name in {"GCL", "IPL", "INL"}:
            layer = layer * (0.82 + 0.26 * rim) * (1 - pit)
        elif name == "OPL":
            layer = layer * (1 - 0.75 * pit)
        elif name == "ONL":
            layer = layer * (0.92 + 0.42 * np.exp(-np.square(across / 0.55)))
        elif name in {"MZ", "OS"}:
            layer = layer * (1 + 0.45 * np.exp(-np.square(across / 0.35)))
        layer = layer * (1 + 0.04 * smooth_line(rng, columns, columns / 16))
        heights.append(np.maximum(layer, 0.4) * scale)
    stack = np.cumsum(np.array(heights)[::-1], axis=0)[::-1]
    edges = np.concatenate([bruch - stack, bruch[None]]).astype(np.float32)
    return _Retina(edges, fovea, shape, bruch.astype(np.float32))


def _lift_epithelium(rng: np.random.Generator, retina: _Retina) -> Mask:
    """Raise RPE, EZ and ELM over drusen; return the mask down to Bruch's membrane."""
    rows, columns = retina.shape
    x = np.arange(columns, dtype=np.float32)
    lift = np.zeros(columns, np.float32)
    centres: list[float] = []
    wanted = int(rng.integers(4, 10))
    for _ in range(60):
        if len(centres) == wanted:
            break
        centre = retina.fovea + columns * rng.normal(0, 0.2)
        half = columns * rng.uniform(0.018, 0.05)
        if not 0.06 < centre / columns < 0.94 or any(
            abs(centre - c) < 0.065 * columns for c in centres
        ):
            continue
        centres.append(centre)
        height = min(rows * rng.uniform(0.018, 0.05), 0.75 * half)
        dome = np.clip(1 - np.abs((x - centre) / half) ** rng.uniform(2.0, 2.8), 0, 1)
        lift = np.maximum(lift, height * dome)
    lift = blur(lift[None], 1.6, 1e-3)[0]
    lift[lift < 0.5] = 0
    first = _NAMES.index("ELM")
    edges = retina.edges
    # The outer nuclear layer gives way, at most to a third of its height.
    room = (edges[first] - edges[first - 1]) * 0.7
    for index in range(first, len(_NAMES)):
        edges[index] = edges[index] - lift
    spill = np.maximum(0, lift - room)
    edges[:first] -= spill
    row = np.arange(rows, dtype=np.float32)[:, None]
    top = edges[_NAMES.index("RPE")]
    mask: Mask = (row + 1 > top) & (row < retina.bruch) & (lift > 0)
    return mask


def _paint_layers(rng: np.random.Generator, retina: _Retina) -> Float:
    rows, columns = retina.shape
    row = np.arange(rows, dtype=np.float32)[:, None]
    signal = np.full(retina.shape, _VITREOUS, np.float32)
    shine = 1 + 0.07 * smooth_noise(rng, retina.shape, (columns / 9, rows / 60))
    previous = _VITREOUS
    for index, (name, _, level) in enumerate(_LAYERS):
        level = level * rng.uniform(0.94, 1.06)
        blur = 0.7 if name in {"RNFL", "ELM", "EZ", "RPE"} else 1.5
        step = 1 / (1 + np.exp(-np.clip((row + 0.5 - retina.edges[index]) / blur, -30, 30)))
        signal += (level - previous) * step
        previous = level
    choroid = _choroid(rng, retina)
    step = 1 / (1 + np.exp(-np.clip((row + 0.5 - retina.bruch) / 1.0, -30, 30)))
    signal = signal + (choroid - previous) * step
    # Fibres and plexiform layers are streaked along their course.
    streaks = smooth_noise(rng, retina.shape, (7.0, 1.2))
    body = (signal > 1.5 * _VITREOUS).astype(np.float32)
    result: Float = signal * (1 + (0.09 * streaks + (shine - 1)) * body)
    return result


def _choroid(rng: np.random.Generator, retina: _Retina) -> Float:
    """Bright stroma with dark vessel lumens, larger with depth, above the fading sclera."""
    rows, columns = retina.shape
    row = np.arange(rows, dtype=np.float32)[:, None]
    depth = (row - retina.bruch) * (496 / rows)
    thick = rng.uniform(52, 82) * (1 + 0.12 * smooth_line(rng, columns, columns / 6))
    stroma = 0.60 * np.exp(-np.clip(depth, 0, None) / 95)
    lumens = np.zeros(retina.shape, np.float32)
    outlines = []
    for _ in range(int(rng.integers(34, 52))):
        at_x = rng.uniform(-10, columns + 10)
        deep = rng.uniform(0.16, 0.95)
        local = float(thick[int(np.clip(at_x, 0, columns - 1))])
        middle = retina.bruch[int(np.clip(at_x, 0, columns - 1))] + deep * local * rows / 496
        height = (3 + 10 * deep) * rng.uniform(0.6, 1.3)
        radii = (height * rng.uniform(1.0, 2.6), height)
        outlines.append(outline(rng, (at_x, float(middle)), radii, rng.normal(0, 0.25), 0.25))
    lumens = blur(fill(retina.shape, outlines), 2.0)
    mesh = ridges(rng, retina.shape, 9.0)
    stroma = stroma * (0.86 + 0.22 * mesh) * (1 - 0.62 * lumens)
    sclera = _SCLERA * np.exp(-np.clip(depth - thick, 0, None) / 60)
    border = 1 / (1 + np.exp(-np.clip((depth - thick) / 5, -30, 30)))
    result: Float = (stroma * (1 - border) + sclera * border + 0.02).astype(np.float32)
    return result


def _fill_drusen(rng: np.random.Generator, signal: Float, retina: _Retina, mask: Mask) -> Float:
    """The deposit: medium bright between the lifted epithelium and Bruch's thin line."""
    rows, _ = retina.shape
    row = np.arange(rows, dtype=np.float32)[:, None]
    lowest = retina.edges[_NAMES.index("RPE")] + 21.0 / _UM_PER_ROW * rows / 496
    # The photoreceptors over a druse suffer: their lines are fainter.
    first, last = retina.edges[_NAMES.index("ELM")], retina.edges[_NAMES.index("RPE")]
    over = np.clip(row - first + 0.5, 0, 1) * np.clip(last - row - 0.5, 0, 1) * mask.any(axis=0)
    signal = signal * (1 - 0.35 * blur(over.astype(np.float32), 1.0))
    inside = np.clip(row - lowest + 0.5, 0, 1) * np.clip(retina.bruch - 1.5 - row, 0, 1) * mask
    level = 0.56 * (1 + 0.1 * smooth_noise(rng, retina.shape, 4.0))
    result: Float = (signal + inside * (level - signal)).astype(np.float32)
    return result


def _swell(rng: np.random.Generator, retina: _Retina) -> None:
    """Make room for the fluid: thicken the inner retina, lift the retina off its bed."""
    rows, columns = retina.shape
    x = np.arange(columns, dtype=np.float32)
    kind = rng.random()
    if kind > 0.6:
        centre = retina.fovea + columns * rng.normal(0, 0.05)
        half = columns * rng.uniform(0.1, 0.19)
        height = rows * rng.uniform(0.03, 0.06)
        dome = height * np.clip(1 - np.abs((x - centre) / half) ** 2.2, 0, 1)
        dome = blur(dome[None].astype(np.float32), 5, 1e-3)[0]
        retina.detachment = dome
        retina.edges[: _NAMES.index("RPE")] -= dome
    retina.cystic = kind < 0.8
    if not retina.cystic:
        return
    centre = retina.fovea + columns * rng.normal(0, 0.04)
    rise = rows * rng.uniform(0.07, 0.13)
    rise = rise * np.exp(-np.square((x - centre) / (columns * rng.uniform(0.13, 0.2))))
    # Half of it in the inner nuclear, half in the outer nuclear layer.
    retina.edges[: _NAMES.index("INL") + 1] -= 0.5 * rise
    retina.edges[: _NAMES.index("ONL") + 1] -= 0.5 * rise


def _paint_fluid(
    rng: np.random.Generator, signal: Float, retina: _Retina
) -> tuple[Float, dict[str, Mask]]:
    masks: dict[str, Mask] = {}
    if retina.cystic:
        alpha = soften(_cysts(rng, retina), 0.9, 0.06)
        rim = 1 + 0.15 * smooth_noise(rng, retina.shape, 3.0)
        signal = signal + alpha * (_VITREOUS * 1.3 * rim - signal)
        masks["IRF"] = alpha > 0
    if retina.detachment is not None:
        alpha = soften(_subretinal(retina, retina.detachment), 0.9, 0.06)
        signal = signal + alpha * (_VITREOUS * 1.15 - signal)
        masks["SRF"] = alpha > 0
    return signal, masks


def _cysts(rng: np.random.Generator, retina: _Retina) -> Float:
    """Dark ovals in the inner and outer nuclear layers, parted by thin septa."""
    _, columns = retina.shape
    outlines = []
    placed: list[tuple[float, float, float, float]] = []
    wanted = int(rng.integers(7, 15))
    for _ in range(90):
        if len(placed) == wanted:
            break
        # The first ones are the large ones at the fovea.
        central = len(placed) < 3
        index = _NAMES.index("ONL" if central or rng.random() < 0.5 else "INL")
        at_x = retina.fovea + columns * rng.normal(0, 0.04 if central else 0.12)
        column = int(np.clip(at_x, 0, columns - 1))
        top, bottom = float(retina.edges[index, column]), float(retina.edges[index + 1, column])
        tall = (bottom - top) * rng.uniform(0.34, 0.47 if central else 0.42)
        wide = tall * rng.uniform(0.65, 1.25)
        middle = (top + bottom) / 2 + rng.normal(0, 0.03) * (bottom - top)
        if tall < 4 or not 8 < at_x < columns - 8:
            continue
        if any(
            ((at_x - u) / (wide + w)) ** 2 + ((middle - v) / (tall + t)) ** 2 < 1.02
            for u, v, w, t in placed
        ):
            continue
        placed.append((at_x, middle, wide, tall))
        outlines.append(outline(rng, (at_x, middle), (wide, tall), rng.normal(0, 0.12), 0.14, 5))
    return fill(retina.shape, outlines)


def _subretinal(retina: _Retina, dome: Float) -> Float:
    """The lens of fluid between the photoreceptors and the pigment epithelium."""
    floor = retina.edges[_NAMES.index("RPE")] - 0.5
    row = np.arange(retina.shape[0], dtype=np.float32)[:, None]
    over = np.clip(row - (floor - dome) + 0.5, 0, 1)
    under = np.clip(floor - row + 0.5, 0, 1)
    lens: Float = (over * under * (dome > 0.8)).astype(np.float32)
    return lens


def _shadows(rng: np.random.Generator, signal: Float, retina: _Retina) -> Float:
    """Retinal vessels: a bright spot in the nerve fibre layer, a dark column below it."""
    rows, columns = retina.shape
    row = np.arange(rows, dtype=np.float32)[:, None]
    x = np.arange(columns, dtype=np.float32)
    for _ in range(int(rng.integers(3, 7))):
        at = rng.uniform(0.02, 0.98) * columns
        if abs(at - retina.fovea) < 0.1 * columns:
            continue
        column = int(at)
        radius = rng.uniform(2.2, 5.0)
        middle = float(retina.edges[1, column]) + radius * 0.6
        below = 1 / (1 + np.exp(-np.clip((row - middle - radius) / 2, -30, 30)))
        shade = rng.uniform(0.15, 0.34) * np.exp(-np.square((x - at) / radius))
        signal = signal * (1 - shade * below)
        spot = np.exp(-(np.square((x - at) / radius) + np.square((row - middle) / radius)))
        signal = signal * (1 + 0.25 * spot)
    # The beam is weaker towards the borders.
    fall = 1 - rng.uniform(0.0, 0.22) * np.square((x / columns - rng.uniform(0.35, 0.65)) * 2)
    result: Float = (signal * fall).astype(np.float32)
    return result


def _detect(rng: np.random.Generator, signal: Float) -> np.ndarray:
    """Speckle (multiplicative, correlated over a pixel), detector noise, 8 bits."""
    shape = signal.shape
    looks = 9.0  # averaged frames
    speckle = rng.gamma(looks, 1 / looks, shape).astype(np.float32)
    speckle = blur(speckle, 0.75, 0.55)
    speckle = 1 + (speckle - 1) * 1.15
    floor = blur(np.abs(rng.normal(0, 1, shape)).astype(np.float32), 0.55)
    detected = signal * speckle + 0.045 * (floor - 0.35)
    return np.clip(np.round(235 * detected), 0, 255).astype(np.uint8)
