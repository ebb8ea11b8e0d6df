"""Synthetic fundus photographs with diabetic retinopathy of a known grade."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from softcam_core.phantoms.case import Float, Mask, Phantom, keep_drawn, stream
from softcam_core.phantoms.draw import blur, fill, outline, ridges, smooth_noise, stroke
from softcam_core.phantoms.eye import Eye, make_eye
from softcam_core.phantoms.fundus_lesions import draw_lesions

FUNDUS_GRADES = ("no DR", "mild NPDR", "moderate NPDR", "severe NPDR", "proliferative DR")

# Colour of the ground at full light, and what one unit of blood takes from it (per channel).
_PALETTES = np.array(
    [[0.80, 0.40, 0.14], [0.90, 0.33, 0.22], [0.84, 0.50, 0.33], [0.66, 0.36, 0.12]], np.float32
)
_VEIN = np.array([0.42, 1.05, 0.85], np.float32)
_ARTERY = np.array([0.13, 0.70, 0.62], np.float32)


def fundus(grade: int, seed: int, size: int = 512, lesions: bool = True) -> Phantom:
    """Draw a fundus photograph.

    Args:
        grade: 0 none, 1 microaneurysms only, 2 haemorrhages and exudates too, 3 many
            haemorrhages in all quadrants and cotton wool spots, 4 new vessels and/or a
            preretinal haemorrhage.
        seed: 0 or more; decides eye, side, colour, lesions and grain.
        size: width in px, 256 or more; the height is 0.9 of it.
        lesions: False draws the same eye with the same grain and nothing wrong in it.

    Returns:
        Pixels (0.9 size, size, 3) uint8 and masks MA, HE, EX, SE, NV, PRH as drawn.

    Raises:
        ValueError: an unknown grade, or too small a size.
    """
    if not 0 <= grade < len(FUNDUS_GRADES):
        raise ValueError(f"grade: expected 0 to 4, got {grade}")
    if size < 256:
        raise ValueError(f"size: expected 256 px or more, got {size}")
    anatomy = stream(seed, "anatomy")
    eye = make_eye(anatomy, size)
    picture = _paint_ground(anatomy, eye)
    picture = _paint_vessels(picture, eye)
    masks: dict[str, Mask] = {}
    if lesions:
        picture, masks = draw_lesions(stream(seed, "lesions"), picture, grade, eye)
    pixels = _expose(stream(seed, "camera"), picture, eye)
    if stream(seed, "side").random() < 0.5:
        pixels = np.ascontiguousarray(pixels[:, ::-1])
        masks = {label: np.ascontiguousarray(mask[:, ::-1]) for label, mask in masks.items()}
    return Phantom(pixels, keep_drawn(masks), FUNDUS_GRADES[grade], grade, "fundus", seed)


def _paint_ground(rng: np.random.Generator, eye: Eye) -> Float:
    """Choroid, pigment, macula, disc and the fall of the light, (H, W, 3) in about [0, 1]."""
    shape, dd = eye.shape, eye.diameter
    mix = rng.dirichlet([0.5] * len(_PALETTES)).astype(np.float32)
    colour = (mix @ _PALETTES) * rng.normal(1, 0.04, 3).astype(np.float32)
    fovea_x, fovea_y = eye.grid(eye.fovea)
    from_fovea = np.hypot(fovea_x, fovea_y)
    disc_x, disc_y = eye.grid(eye.disc)
    from_disc = np.hypot(disc_x, disc_y)

    # Choroidal vessels shine through in the periphery, hardly at the macula.
    net = ridges(rng, shape, 0.16 * dd) + 0.6 * ridges(rng, shape, 0.09 * dd)
    clouds = smooth_noise(rng, shape, 0.9 * dd)
    through = rng.uniform(0.02, 0.16) * np.clip(from_fovea / 2.2 - 0.35, 0, 1)
    texture = through * (net - net.mean()) * np.clip(1 + 0.6 * clouds, 0, 2)
    pigment = 0.035 * clouds + 0.02 * smooth_noise(rng, shape, 0.25 * dd)
    grain = 0.012 * smooth_noise(rng, shape, 0.03 * dd)
    light = _light(rng, eye)
    ground = np.empty((*shape, 3), np.float32)
    for channel, share in enumerate((0.7, 1.3, 1.2)):
        ground[..., channel] = colour[channel] * (1 + share * (texture + pigment + grain))

    # Nerve fibre layer: a pale sheen that radiates from the disc along the arcades.
    angle = np.arctan2(disc_y, disc_x)
    streaks = np.interp(angle, np.linspace(-np.pi, np.pi, 721), _periodic(rng, 721, 7.0))
    sheen = np.exp(-np.square((from_disc - 0.9) / 0.9)) * np.abs(np.sin(angle)) ** 1.5
    sheen = np.clip(sheen * (1 + 0.22 * streaks), 0, None) * rng.uniform(0.03, 0.11)
    ground += sheen[..., None].astype(np.float32) * np.array([0.75, 0.95, 0.75], np.float32)

    # Macular pigment: a soft dark disc, darkest at the fovea.
    dark = rng.uniform(0.22, 0.34) * np.exp(-np.square(from_fovea / 0.75))
    dark += rng.uniform(0.16, 0.3) * np.exp(-np.square(from_fovea / 0.26))
    ground *= np.exp(-dark[..., None] * np.array([0.75, 1.15, 1.0], np.float32))
    ground = _paint_disc(rng, ground, eye, colour)
    ground *= light[..., None]
    return ground


def _periodic(rng: np.random.Generator, length: int, sigma: float) -> Float:
    ring = rng.standard_normal((1, length)).astype(np.float32)
    smooth = blur(np.tile(ring, 3), sigma, 1e-3)[0, length : 2 * length]
    wave: Float = smooth / smooth.std()
    return wave


def _light(rng: np.random.Generator, eye: Eye) -> Float:
    """The flash: brightest near the middle, off centre, falling to the rim."""
    rows, columns = eye.shape
    centre = (columns * rng.uniform(0.44, 0.6), rows * rng.uniform(0.42, 0.58))
    x, y = eye.grid(centre)
    radius = np.hypot(x, y) * eye.diameter / (0.49 * columns)
    fall = rng.uniform(0.22, 0.42)
    light = 1 - fall * np.clip(radius, 0, 1.6) ** 2.2
    light *= 1 + 0.05 * smooth_noise(rng, eye.shape, 2.2 * eye.diameter)
    result: Float = (np.clip(light, 0.2, 1.2) * rng.uniform(0.86, 1.02)).astype(np.float32)
    return result


def _paint_disc(rng: np.random.Generator, ground: Float, eye: Eye, colour: Float) -> Float:
    dd, shape = eye.diameter, eye.shape
    tilt = rng.uniform(-0.25, 0.25)
    radii = (0.46 * dd * rng.uniform(0.94, 1.0), 0.5 * dd * rng.uniform(0.98, 1.08))
    rim = fill(shape, [outline(rng, eye.disc, radii, tilt, 0.05, 4)])
    rim = blur(rim, 0.022 * dd)
    # Peripapillary halo: a thin pigmented or pale ring.
    halo_radii = (radii[0] * 1.16, radii[1] * 1.12)
    halo = fill(shape, [outline(rng, eye.disc, halo_radii, tilt, 0.06, 4)])
    halo = blur(halo, 0.045 * dd) * (1 - rim)
    ground = ground * (1 + (rng.uniform(-0.22, 0.14) * halo)[..., None])
    warm = np.array([0.97, 0.70, 0.42], np.float32) * 0.75 + 0.25 * colour
    # The temporal rim (left) is paler than the nasal one.
    x, _ = eye.grid(eye.disc)
    shade = np.clip(1 - 0.16 * x, 0.9, 1.1)[..., None]
    ground = ground + rim[..., None] * (warm * shade - ground)
    cup_ratio = rng.uniform(0.32, 0.6)
    at = (eye.disc[0] - 0.04 * dd, eye.disc[1] + rng.normal(0, 0.015) * dd)
    cup = fill(shape, [outline(rng, at, (radii[0] * cup_ratio, radii[1] * cup_ratio), 0, 0.05, 4)])
    cup = blur(cup, 0.055 * dd)
    pale = np.array([1.04, 0.90, 0.68], np.float32)
    pale = pale * (1 + 0.03 * smooth_noise(rng, shape, 0.03 * dd))[..., None]
    result: Float = ground + 0.85 * cup[..., None] * (pale - ground)
    return result


def _paint_vessels(picture: Float, eye: Eye) -> Float:
    """Blood absorbs: veins wide and dark, arteries narrower, lighter, with a central reflex."""
    dd = eye.diameter
    spread = 0.008 * dd
    for lines, absorption in ((eye.tree.veins, _VEIN), (eye.tree.arteries, _ARTERY)):
        body = blur(stroke(eye.shape, lines, 1.0, 0.075 * dd), spread)
        core = blur(stroke(eye.shape, lines, 0.55, 0.075 * dd), spread)
        depth = 0.45 * body + 0.35 * core
        picture = picture * np.exp(-depth[..., None] * absorption)
    wide = [(p, w) for p, w in eye.tree.arteries if w[0] > 0.045 * dd]
    reflex = blur(stroke(eye.shape, wide, 0.22), 0.9 * spread)
    result: Float = picture * (1 + 0.13 * reflex[..., None])
    return result


def _expose(rng: np.random.Generator, picture: Float, eye: Eye) -> NDArray[np.uint8]:
    """Optics and sensor: field stop, notch, grain, 8 bits."""
    rows, columns = eye.shape
    x, y = np.meshgrid(np.arange(columns) + 0.5, np.arange(rows) + 0.5)
    radius = np.hypot(x - columns / 2, y - rows / 2)
    edge = np.clip((0.489 * columns - radius) / 1.5, 0, 1)
    # Light scatters at the rim of the field stop.
    edge *= 1 - 0.35 * np.exp(-(0.489 * columns - radius).clip(0) / (0.012 * columns))
    grain = rng.normal(0, 1, (rows, columns, 1)) * 0.006 + rng.normal(0, 1, picture.shape) * 0.006
    exposed = (np.clip(picture, 0, 1.15) + grain) * edge[..., None]
    if rng.random() < 0.5:
        _notch(rng, exposed, picture, columns, rows)
    exposed += 0.012 + rng.normal(0, 0.003, exposed.shape)
    pixels: NDArray[np.uint8] = np.clip(np.round(exposed * 255), 0, 255).astype(np.uint8)
    return pixels


def _notch(
    rng: np.random.Generator, exposed: np.ndarray, picture: Float, columns: int, rows: int
) -> None:
    """The camera's orientation mark: a bite of the field beyond its rim."""
    angle = rng.uniform(0.55, 0.75)
    centre = (
        columns / 2 + 0.489 * columns * np.cos(angle),
        rows / 2 - 0.489 * columns * np.sin(angle),
    )
    radius = 0.014 * columns
    mark = fill((rows, columns), [outline(rng, centre, (radius, radius), 0, 0, 2)])[..., None]
    exposed += mark * (np.maximum(exposed, 0.85 * picture) - exposed)
