"""Maps from gradients of the head alone: the backbone never enters the graph.

Gradients g are (B, C, D, h, w), those of logit c at the features z (B, D, h, w).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from softcam_core.explain.constant import constant_parameters
from softcam_core.explain.parts import Branch
from softcam_core.explain.request import Request

_COPIES = 4
"""Tensors of the size of the gradients that one backward pass of the head holds."""


@dataclass(frozen=True)
class Graph:
    """The graph of a head.

    Attributes:
        leaf: the features (B, D, h, w) at which it begins.
        scores: logits (B, C) of the classes asked for.
        together: one backward pass can serve several classes.
    """

    leaf: Tensor
    scores: Tensor
    together: bool


def head_graph(request: Request, images: Tensor, head: Branch, branch: str) -> Graph:
    """Run the backbone without a graph, and the head (or what follows a layer) with one."""
    parts, indices = request.parts, request.indices
    if parts.tail is not None:
        leaf, scores = parts.tail(images, branch)
        with torch.enable_grad():
            return Graph(leaf, scores[:, indices], together=False)
    leaf = parts.features(images).detach().requires_grad_()
    kept = torch.tensor(indices, device=leaf.device)
    with torch.enable_grad(), constant_parameters(head.rows, kept):
        # A copy goes on, since a head may change what it is given in place.
        scores = head.logits(leaf.clone())
        if not head.rows:
            scores = scores[:, indices]
    return Graph(leaf, scores, together=bool(head.rows))


def gradients(request: Request, graph: Graph) -> Iterator[Tensor]:
    """Give the gradients of some classes at a time, (B, n, D, h, w), as memory allows.

    Raises:
        CancelledError: the caller wants no more.
    """
    leaf, scores = graph.leaf, graph.scores
    classes = scores.shape[1]
    group = request.memory // (_COPIES * leaf.numel() * leaf.element_size())
    group = max(1, group) if graph.together else 1
    # Images do not meet in the head, so the gradient of the sum over them holds each one's own.
    seeds = torch.eye(classes, dtype=scores.dtype, device=scores.device)
    seeds = seeds[:, None].expand(classes, len(scores), classes)
    for start in range(0, classes, group):
        request.check()
        some = seeds[start : start + group]
        keep = start + group < classes
        if len(some) > 1:
            (found,) = torch.autograd.grad(
                scores, leaf, some, retain_graph=keep, is_grads_batched=True
            )
        else:
            (found,) = torch.autograd.grad(scores, leaf, some[0], retain_graph=keep)
            found = found[None]
        yield found.transpose(0, 1)


def gradcam_weights(g: Tensor, _z: Tensor) -> Tensor:
    """Grad-CAM (paper, eq. 2): the mean of g over the cells -> (B, C, D)."""
    return g.mean(dim=(3, 4))


def gradcampp_weights(g: Tensor, z: Tensor) -> Tensor:
    """Grad-CAM++: the sum of alpha max(g, 0), alpha = 1 / (2 + g sum(A_k)) where g > 0, else 0.

    These are the third-order weights of exp(logit) for a head that is piecewise linear, up to a
    factor of the class; no epsilon blurs them.
    """
    total = z.sum(dim=(2, 3))[:, None, :, None, None]
    return torch.where(g > 0, g / (2 + g * total), 0).sum(dim=(3, 4))


def xgradcam_weights(g: Tensor, z: Tensor) -> Tensor:
    """XGrad-CAM: the mean of g weighted by the activation; 0 for a dead channel."""
    total = z.sum(dim=(2, 3))[:, None]
    weighted = torch.einsum("bcdhw,bdhw->bcd", g, z)
    return torch.where(total == 0, 0, weighted / total)


def layercam_map(g: Tensor, z: Tensor) -> Tensor:
    """LayerCAM before its ReLU: every cell weighs itself by max(g, 0) -> (B, C, h, w)."""
    return torch.einsum("bcdhw,bdhw->bchw", g.clamp(min=0), z)
