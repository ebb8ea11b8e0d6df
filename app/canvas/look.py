"""How a pane draws its map: the part of the overlay's settings that changes the picture itself."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from softcam_core.imaging.colormap import Colour


@dataclass(frozen=True)
class Look:
    """How a map is drawn; opacity is not part of it, which the finished picture gets.

    Attributes:
        pair: name of a colour pair.
        smooth: interpolated between the cells, or the cells as they are.
        style: one of `app.state.values.STYLES`.
        threshold: share of the limit.
        top_k: how many patches.
        positive: only what speaks for the class.
    """

    pair: str = "grey"
    smooth: bool = True
    style: str = "blend"
    threshold: float = 0.5
    top_k: int = 10
    positive: bool = False


@dataclass(frozen=True, eq=False)
class ClassMaps:
    """The maps of several classes, drawn together.

    Attributes:
        maps: (C, h, w) over the same region and up to the same limit as the pane's map.
        colours: the hue of each class.
        names: of the classes, for the legend.
        opacities: of each class, from 0 to 1.
        winner: at each place only the class with the highest value.
    """

    maps: NDArray[np.float32]
    colours: tuple[Colour, ...]
    names: tuple[str, ...]
    opacities: tuple[float, ...]
    winner: bool = False

    def same_as(self, other: ClassMaps | None) -> bool:
        """Say whether another one gives the same picture and legend."""
        if other is None:
            return False
        mine = self.colours, self.names, self.opacities, self.winner
        return (
            mine == (other.colours, other.names, other.opacities, other.winner)
            and self.maps.shape == other.maps.shape
            and bool((self.maps == other.maps).all())
        )
