"""Vision transformers: patch tokens as a grid of features, and the class token beside them.

Nothing is copied: the modules here take over a torchvision network's own parts, under its names.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional


class PatchTokens(nn.Module):
    """A ViT without its heads: images (B, 3, H, W) -> features (B, D or 2 D, h, w).

    For evidence the features are the patch tokens after the whole encoder, (B, D, h, w).

    For the standard head, which reads the class token alone, they are the patch tokens that enter
    the last block: after it they are not read any more, so no logit depends on them. The class
    token has no place; it follows as D more channels, the same in every cell.
    """

    def __init__(self, network: Any, with_class_token: bool) -> None:
        """Take over the parts of ``network``, torchvision's VisionTransformer."""
        super().__init__()
        self.class_token: Tensor = network.class_token
        self.conv_proj: nn.Module = network.conv_proj
        self.encoder: Any = network.encoder
        self.native = network.image_size // network.patch_size
        self.with_class_token = with_class_token

    def forward(self, x: Tensor) -> Tensor:
        """Return the features."""
        patches = self.conv_proj(x)
        rows, columns = patches.shape[2:]
        tokens = torch.cat(
            [self.class_token.expand(len(x), -1, -1), patches.flatten(2).transpose(1, 2)], dim=1
        )
        tokens = self.encoder.dropout(tokens + self.positions(rows, columns))
        if not self.with_class_token:
            tokens = self.encoder.ln(self.encoder.layers(tokens))
            return _as_grid(tokens[:, 1:], rows, columns)
        for block in self.encoder.layers[:-1]:
            tokens = block(tokens)
        beside = tokens[:, 0, :, None, None].expand(-1, -1, rows, columns)
        return torch.cat([_as_grid(tokens[:, 1:], rows, columns), beside], dim=1)

    def positions(self, rows: int, columns: int) -> Tensor:
        """Return the position of every token, (1, 1 + rows * columns, D).

        At another size than the native one the learned grid is resampled, bicubic.
        """
        learned: Tensor = self.encoder.pos_embedding
        if (rows, columns) == (self.native, self.native):
            return learned
        grid = _as_grid(learned[:, 1:], self.native, self.native)
        grid = functional.interpolate(grid, (rows, columns), mode="bicubic", antialias=False)
        return torch.cat([learned[:, :1], grid.flatten(2).transpose(1, 2)], dim=1)


class ClassTokenHead(nn.Module):
    """The rest of a ViT for `PatchTokens` with a class token: (B, 2 D, h, w) -> logits (B, C).

    The last block and norm stay the backbone's, and are only used here.
    """

    def __init__(self, tokens: PatchTokens, name: str, heads: nn.Module) -> None:
        """Read ``heads`` out of the class token; it keeps ``name`` here."""
        super().__init__()
        self.add_module(name, heads)
        self.name = name
        self.block = _Borrowed(tokens.encoder.layers[-1])
        self.norm = _Borrowed(tokens.encoder.ln)

    def forward(self, z: Tensor) -> Tensor:
        """Return the logits.

        Where no graph stands behind the features, as when a map asks for their gradient, none goes
        to the class token: it is no feature map.
        """
        patches, beside = z.chunk(2, dim=1)
        if z.grad_fn is None:
            beside = beside.detach()
        tokens = torch.cat([beside[:, None, :, 0, 0], patches.flatten(2).transpose(1, 2)], dim=1)
        tokens = self.norm.module(self.block.module(tokens))
        logits: Tensor = self.get_submodule(self.name)(tokens[:, 0])
        return logits


class _Borrowed:
    """A module of another: not registered, not copied with a copy of the head alone."""

    def __init__(self, module: nn.Module) -> None:
        self.module = module

    def __deepcopy__(self, memo: dict[int, Any]) -> _Borrowed:
        """Point to the copy where the owner was copied too."""
        return _Borrowed(memo.get(id(self.module), self.module))


def _as_grid(tokens: Tensor, rows: int, columns: int) -> Tensor:
    """(B, rows * columns, D) -> (B, D, rows, columns)."""
    return tokens.transpose(1, 2).reshape(len(tokens), -1, rows, columns)
