"""One pass of the backbone for everything that is asked of the same images."""

from __future__ import annotations

import threading
from dataclasses import replace

import torch
from torch import Tensor

from softcam_core.explain.numerics import in_precision
from softcam_core.explain.parts import Parts, Step, take_apart
from softcam_core.models.evaluating import evaluating
from softcam_core.models.softcam import ModelOutput, Network

SHARING = frozenset({"evidence", "cam", "gradcam", "gradcam++", "xgradcam", "layercam"})
"""Methods that begin with the features of the image as it is, and need no more of the backbone."""


class SharedFeatures:
    """What enters the pooling for the images asked of last; other images take their place.

    Give one to several calls of `attribution` with the same model, images and precision: the
    backbone then runs once. Results are bit for bit those of separate calls.
    """

    def __init__(self) -> None:
        """Start empty."""
        self._lock = threading.Lock()
        self._last: tuple[Tensor, int, str, Tensor] | None = None

    def of(self, parts: Parts, method: str, precision: str) -> Parts:
        """Return parts whose features are computed once, for a method that shares them."""
        if method not in SHARING or parts.tail is not None or parts.whole is not None:
            return parts
        return replace(parts, features=self._remembering(parts.features, precision))

    def output(self, model: Network, x: Tensor, precision: str = "32") -> ModelOutput:
        """Return logits (B, C) and evidence (B, C, h, w), or None, of normalised x (B, 3, H, W).

        In float32 they are bit for bit those of ``model.classify(x)``.
        """
        parts = take_apart(model)
        steps = (parts.features, parts.logits, parts.evidence)
        features, logits, evidence = (
            None if step is None else in_precision(step, precision, x.device) for step in steps
        )
        assert features is not None
        assert logits is not None
        with torch.inference_mode(False), torch.no_grad(), evaluating(model):
            z = self._remembering(features, precision)(x)
            return ModelOutput(logits(z.clone()), None if evidence is None else evidence(z))

    def grid(self) -> tuple[int, int]:
        """Return (h, w) of the features computed last.

        Raises:
            RuntimeError: there are none yet.
        """
        if self._last is None:
            raise RuntimeError("no features have been computed yet")
        rows, columns = self._last[3].shape[2:]
        return rows, columns

    def _remembering(self, features: Step, precision: str) -> Step:
        def step(x: Tensor) -> Tensor:
            with self._lock:
                last = self._last
                same = (
                    last is not None
                    and last[0].data_ptr() == x.data_ptr()
                    and (last[0].shape, last[1], last[2]) == (x.shape, x._version, precision)
                )
                if last is None or not same:
                    last = self._last = x, x._version, precision, features(x)
                # A copy, since a head may change what it is given in place.
                return last[3].clone()

        return step
