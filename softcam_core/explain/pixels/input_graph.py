"""A forward pass that keeps, of every layer, only what the gradient at the image needs.

Nothing of the model is hooked, patched or replaced: a function mode belongs to one thread and one
block.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

from softcam_core.explain.pixels.relus import RELUS


class _Relu(torch.autograd.Function):
    """min(max(x, 0), high), which keeps one byte per element."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, high: float, guided: bool, inplace: bool) -> Tensor:
        out = x.clamp_(0, high) if inplace else x.clamp(0, high)
        if inplace:
            ctx.mark_dirty(x)
        passes = out > 0
        if high != torch.inf:
            passes &= out < high
        # Floats are multiplied with bytes quicker than with booleans.
        ctx.save_for_backward(passes.view(torch.uint8))
        ctx.guided = guided
        return out

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor, None, None, None]:
        (passes,) = ctx.saved_tensors
        if ctx.guided:
            gradient = gradient.clamp(min=0)
        return gradient * passes, None, None, None


class _Convolution(torch.autograd.Function):
    """A convolution with fixed weights, which keeps nothing but these."""

    @staticmethod
    def forward(
        ctx: Any,
        x: Tensor,
        weight: Tensor,
        bias: Tensor | None,
        stride: tuple[int, int],
        padding: tuple[int, int],
        dilation: tuple[int, int],
        groups: int,
    ) -> Tensor:
        ctx.weight, ctx.kind, ctx.size = weight, x.dtype, x.shape[2:]
        ctx.channels_last = x.is_contiguous(memory_format=torch.channels_last)
        ctx.options = stride, padding, dilation, groups
        return torch.conv2d(x, weight, bias, stride, padding, dilation, groups)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, ...]:
        stride, padding, dilation, groups = ctx.options
        # Rows and columns at the end that no stride reached.
        rest = [
            ctx.size[i]
            - (gradient.shape[2 + i] - 1) * stride[i]
            + 2 * padding[i]
            - dilation[i] * (ctx.weight.shape[2 + i] - 1)
            - 1
            for i in (0, 1)
        ]
        weight = ctx.weight.to(gradient.dtype)
        if ctx.channels_last:  # pooling gives gradients the other layout
            gradient = gradient.contiguous(memory_format=torch.channels_last)
        back = F.conv_transpose2d(gradient, weight, None, stride, padding, rest, groups, dilation)
        return back.to(ctx.kind), None, None, None, None, None, None


class _BatchNorm(torch.autograd.Function):
    """Batch norm with fixed statistics, which keeps its factor per channel."""

    @staticmethod
    def forward(
        ctx: Any,
        x: Tensor,
        mean: Tensor,
        variance: Tensor,
        weight: Tensor | None,
        bias: Tensor | None,
        eps: float,
    ) -> Tensor:
        factor = torch.rsqrt(variance + eps)
        ctx.factor = factor if weight is None else factor * weight
        return torch.batch_norm(x, weight, bias, mean, variance, False, 0.0, eps, False)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, ...]:
        shape = (-1, *[1] * (gradient.ndim - 2))
        return gradient * ctx.factor.view(shape), None, None, None, None, None


_relu: Any = cast(Any, _Relu).apply
_convolution: Any = cast(Any, _Convolution).apply
_batch_norm: Any = cast(Any, _BatchNorm).apply


class InputGraph(TorchFunctionMode):
    """A forward pass whose graph leads to the image alone, and is small.

    Parameters enter every function detached, and tensors of inference mode, which no graph can
    hold, as copies. A ReLU keeps one byte per element, a convolution and a batch norm nothing but
    their own numbers; all other functions keep what they always do.

    A ReLU is a call of one of `RELUS`, each time it is called: ``relu``, ``relu6``, ``hardtanh``,
    ``clamp``, ``clip`` and ``threshold`` from 0, ``maximum`` with 0, as functions, methods or
    modules, in place or not. Its gradient passes where 0 < x < its upper limit; ``guided`` passes
    positive gradients only (Springenberg et al. 2015, guided backpropagation).

    Attributes:
        relus: how many calls of a ReLU it has seen.
    """

    def __init__(self, guided: bool = False) -> None:
        """Make a mode to enter once."""
        super().__init__()
        self.guided = guided
        self.relus = 0

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Sequence[type],
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        """Run one function of torch, with its parameters detached, by our own rule if any."""
        arguments = tuple(_detached(value) for value in args)
        named = {name: _detached(value) for name, value in (kwargs or {}).items()}
        if func in RELUS:
            relu = RELUS[func](*arguments, **named)
            if relu is not None:
                self.relus += 1
                x, high, inplace = relu
                return _relu(x, high, self.guided, inplace)
        elif func is torch.conv2d:
            planned = _plan_convolution(*arguments, **named)
            if planned is not None:
                return _convolution(*planned)
        elif func is F.batch_norm:
            fixed = _plan_batch_norm(*arguments, **named)
            if fixed is not None:
                return _batch_norm(*fixed)
        elif func is Tensor.view and "dtype" not in named and _is_shape(arguments[1:]):
            # The images are channels-last, which a network need not expect: same values, any order.
            return Tensor.reshape(*arguments, **named)
        return func(*arguments, **named)


def _detached(value: Any) -> Any:
    if isinstance(value, Tensor):
        if value.is_inference():
            return value.clone()
        return value.detach() if isinstance(value, nn.Parameter) else value
    if type(value) in (list, tuple):
        return type(value)(_detached(item) for item in value)
    return value


def _is_shape(arguments: tuple[Any, ...]) -> bool:
    return not any(isinstance(value, torch.dtype) for value in arguments)


def _plan_convolution(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> tuple[Any, ...] | None:
    """Arguments of `_Convolution`; None where torch has to do it its own way."""
    if isinstance(padding, str) or input.ndim != 4 or weight.requires_grad:
        return None
    pairs = [_pair(value) for value in (stride, padding, dilation)]
    return input, weight, bias, *pairs, groups


def _pair(value: Any) -> tuple[int, int]:
    if isinstance(value, int):
        return value, value
    return (value[0], value[0]) if len(value) == 1 else (value[0], value[1])


def _plan_batch_norm(
    input: Tensor,
    running_mean: Tensor | None,
    running_var: Tensor | None,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    training: bool = False,
    momentum: float = 0.1,  # noqa: ARG001
    eps: float = 1e-5,
) -> tuple[Any, ...] | None:
    """Arguments of `_BatchNorm`; None where the statistics are the batch's own."""
    if training or running_mean is None or running_var is None or input.dtype != running_var.dtype:
        return None
    return input, running_mean, running_var, weight, bias, eps
