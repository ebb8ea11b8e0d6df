"""A copy of a network in which batch norms are folded into the convolutions before them."""

from __future__ import annotations

import copy
from collections import Counter

import torch
from torch import Tensor, fx, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from softcam_core.engines.outputs import run


def folded(model: nn.Module) -> nn.Module:
    """Return a copy in eval mode whose convolutions do the work of the batch norms after them.

    A batch norm is folded where it is the only reader of a convolution's output and both are
    called once. Where the order is the other way round, as inside DenseNet's blocks, it stays.
    What `torch.fx` cannot trace is kept as it is, and its children are folded one by one.
    """
    network = copy.deepcopy(model).eval().requires_grad_(False)
    return _fold(network)


def _fold(network: nn.Module) -> nn.Module:
    try:
        graph = fx.symbolic_trace(network)
    except Exception:  # whatever a forward does with what is no tensor
        for name, child in list(network.named_children()):
            setattr(network, name, _fold(child))
        return network
    modules = dict(graph.named_modules(remove_duplicate=False))
    calls = Counter(id(modules[str(n.target)]) for n in graph.graph.nodes if n.op == "call_module")
    for node in list(graph.graph.nodes):
        if node.op != "call_module" or type(modules[str(node.target)]) is not nn.BatchNorm2d:
            continue
        before, norm = node.args[0], modules[str(node.target)]
        if before.op != "call_module" or len(before.users) > 1:
            continue
        convolution = modules[str(before.target)]
        once = calls[id(convolution)] == calls[id(norm)] == 1
        if type(convolution) is not nn.Conv2d or norm.running_var is None or not once:
            continue
        graph.set_submodule(str(before.target), fuse_conv_bn_eval(convolution, norm))
        node.replace_all_uses_with(before)
        graph.graph.erase_node(node)
    graph.delete_all_unused_submodules()
    graph.recompile()
    return graph


class FoldedProgram:
    """A folded copy with its tensors in the order channels last.

    Attributes:
        name: for `Engine.name`.
    """

    name = "torch (folded, channels last)"

    def __init__(self, model: nn.Module, only_logits: bool) -> None:
        """Copy and fold the model."""
        self._network = folded(model)
        self._only_logits = only_logits
        for tensor in self._network.parameters():
            if tensor.ndim == 4:
                tensor.data = tensor.contiguous(memory_format=torch.channels_last)

    def __call__(self, x: Tensor) -> object:
        """Return what the network returns for x (B, 3, H, W)."""
        x = x.contiguous(memory_format=torch.channels_last)
        return run(self._network, x, self._only_logits)


def helps(model: nn.Module) -> bool:
    """Whether a folded copy is quicker on a CPU, by measurement (decision record 13).

    So it is wherever the windows of a convolution overlap over all channels, by a tenth (ResNet-50)
    to more than twice (SqueezeNet, GoogLeNet); networks that convolve patches and single channels
    alone (ConvNeXt, Swin, ViT) gain nothing.
    """
    return any(_mixes_neighbours(module) for module in model.modules())


def _mixes_neighbours(module: nn.Module) -> bool:
    return (
        isinstance(module, nn.Conv2d)
        and module.groups == 1
        and max(module.kernel_size) > 1
        and module.kernel_size != module.stride
    )
