"""What comes out of a comparison. Free of torch."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One way of ours beside one peer.

    Attributes:
        ours_s: median of a call for all classes, in seconds; ``peer_s`` likewise.
        ratio: ``peer_s / ours_s``, how many times faster we are.
        ours_mb: most memory held beyond what was held before the call, in 10^6 bytes; a peer that
            is called once per class is measured over one of these calls.
        difference: between the maps, in the sense of ``comparison``; None if there is none.
        equal: whether it is below the tolerance.
    """

    name: str
    method: str
    arch: str
    size: int
    classes: int
    ours_s: float
    peer: str
    peer_s: float
    ratio: float
    ours_mb: float | None
    peer_mb: float | None
    difference: float | None
    equal: bool | None
    comparison: str
    engine: str
    precision: str
    device: str
    threads: int
    clock: str
    repeats: int
