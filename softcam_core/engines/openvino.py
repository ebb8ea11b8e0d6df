"""OpenVINO, the optional engine for forward passes on the CPU (extra ``fast-cpu``)."""

from __future__ import annotations

import sys
import threading
import warnings
from importlib import import_module
from typing import Any

import torch
from torch import Tensor, nn

from softcam_core.engines.names import OPENVINO_MISSING, EngineError
from softcam_core.engines.outputs import run
from softcam_core.models.evaluating import evaluating

_TELEMETRY = "openvino_telemetry"
_HINTS = {"32": ("f32", "FP32"), "bf16": ("bf16", "BF16"), "16": ("f16", "FP16")}
_import_lock = threading.Lock()


def load_openvino() -> Any:
    """Import OpenVINO in such a way that it reports to nobody.

    Its telemetry sends an event when OpenVINO is imported, unless asked not to. Without the package
    ``openvino_telemetry`` it has a stub of its own, which sends nothing; that package is therefore
    hidden from it for as long as this process lives. Where somebody else has imported OpenVINO
    before, this is too late for that event and what follows sends none.

    Raises:
        EngineError: it is not installed.
    """
    with _import_lock:
        if "openvino" not in sys.modules:
            sys.modules[_TELEMETRY] = None  # type: ignore[assignment]  # its import then fails
        try:
            return import_module("openvino")
        except ImportError as error:
            raise EngineError(OPENVINO_MISSING) from error


class OpenVinoProgram:
    """A network compiled by OpenVINO for any batch and image size.

    Attributes:
        name: for `Engine.name`.
    """

    name = "openvino"

    def __init__(
        self, model: nn.Module, x: Tensor, only_logits: bool, *, precision: str, threads: int
    ) -> None:
        """Convert and compile a model, as it is in eval mode.

        OpenVINO keeps the weights once, in its own order; what conversion needs is freed.

        Args:
            model: on the CPU, in float32.
            x: images to trace the model with.
            only_logits: whether nothing else is needed.
            precision: one of `PRECISIONS`.
            threads: to compute with.

        Raises:
            ValueError: the model has another type, or the processor lacks the precision.
        """
        ov = load_openvino()
        core = ov.Core()
        hint, capability = _HINTS[precision]
        if capability not in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES"):
            raise ValueError(f"this processor does not compute with the precision {precision}")
        if any(p.dtype != torch.float32 for p in model.parameters()):
            raise ValueError("its weights are not float32")
        flat = _Flat(model, only_logits)
        with evaluating(model):
            converted = _converted(ov, flat, x[:1].contiguous())
        self._type, self._present = flat.kind, flat.present
        options = {
            "PERFORMANCE_HINT": "LATENCY",
            # Otherwise the processor's bfloat16 would be used where it has that.
            "INFERENCE_PRECISION_HINT": hint,
            "INFERENCE_NUM_THREADS": threads,
            "ENABLE_CPU_PINNING": False,
        }
        self._compiled = core.compile_model(converted, "CPU", options)
        self._own = threading.local()

    def __call__(self, x: Tensor) -> object:
        """Return what the network returns for x (B, 3, H, W)."""
        if not hasattr(self._own, "request"):
            # One per thread: a request holds the results of its last call.
            self._own.request = self._compiled.create_infer_request()
        request = self._own.request
        request.infer({0: x.contiguous().numpy()}, share_inputs=True)
        found = iter(range(sum(self._present)))
        values = [
            torch.from_numpy(request.get_output_tensor(next(found)).data.copy())
            if present
            else None
            for present in self._present
        ]
        return values[0] if self._type is None else self._type(*values)


def _converted(ov: Any, flat: _Flat, x: Tensor) -> Any:
    """Return OpenVINO's form of a network; it still reads the weights where torch has them.

    Raises:
        ValueError: a network that nobody here has seen decides by the values of its input.
    """
    frontend = import_module("openvino.frontend")
    decoder = import_module("openvino.frontend.pytorch.ts_decoder")
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        traced = torch.jit.trace(flat, x, check_trace=False, strict=False)
    unsure = any(warning.category.__name__ == "TracerWarning" for warning in said)
    if unsure and not _well_known(flat.network):
        raise ValueError("its forward may decide by what it sees, which a trace does not follow")
    # ``openvino.convert_model`` does the same, and sends an event each time.
    pytorch = frontend.FrontEndManager().load_by_framework("pytorch")
    reader = decoder.TorchScriptPythonDecoder(traced)
    loaded = pytorch.load(reader)
    converted = pytorch.convert(loaded)
    converted.reshape(ov.PartialShape([-1, 3, -1, -1]))
    return converted


def _well_known(network: nn.Module) -> bool:
    """Whether every part comes from here or from torchvision, which decide by sizes at most."""
    packages = ("torch", "torchvision", "softcam_core")
    return all(type(part).__module__.partition(".")[0] in packages for part in network.modules())


class _Flat(nn.Module):
    """A network whose result is a plain tuple of tensors; remembers what it was."""

    def __init__(self, network: nn.Module, only_logits: bool) -> None:
        super().__init__()
        self.network = network
        self.only_logits = only_logits
        self.kind: Any = None
        self.present: list[bool] = [True]

    def forward(self, x: Tensor) -> Tensor | tuple[Tensor, ...]:
        returned = run(self.network, x, self.only_logits)
        if isinstance(returned, Tensor):
            return returned
        self.kind = type(returned)
        self.present = [value is not None for value in returned]
        return tuple(value for value in returned if value is not None)
