"""What integrated gradients take of the process's memory, as the system counts it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ALLOWANCE = 24
"""MiB: of the maps, the heap's edges and the libraries' tables."""

CHILD = """
import json, re, sys
import softcam_core
import torch
from torchvision import models
from softcam_core.explain import attribute

arch, memory, steps = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
torch.set_num_threads(1)
torch.manual_seed(0)
net = models.get_model(arch, weights=None, num_classes=5).eval()
x = torch.randn(1, 3, 224, 224)


def mebibytes(name):
    text = open("/proc/self/status").read()
    return int(re.search(name + r":\\s+(\\d+) kB", text)[1]) / 1024


with torch.no_grad():
    net(x.contiguous(memory_format=torch.channels_last))
attribute(net, x[:, :, :64, :64], "integrated_gradients", 0, steps=2, memory_mb=0)
before = mebibytes("VmRSS")
open("/proc/self/clear_refs", "w").write("5")  # the peak counts from here
done = [0]
attribute(
    net, x, "integrated_gradients", steps=steps, memory_mb=memory,
    progress=lambda count, _: done.append(count),
)
sizes = [after - earlier for earlier, after in zip(done, done[1:])]
print(json.dumps({"extra": mebibytes("VmHWM") - before, "together": max(sizes)}))
"""


def measured(arch: str, memory: int, steps: int) -> dict[str, float]:
    """Peak resident memory beyond what was there before, in MiB, and steps in the largest pass."""
    command = [sys.executable, "-c", CHILD, arch, str(memory), str(steps)]
    out = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600)
    return json.loads(out.stdout)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arch", "memory"),
    [("resnet18", 128), ("resnet18", 384), ("resnet50", 640), ("squeezenet1_1", 256)],
)
def test_integrated_gradients_stay_within_the_memory_and_one_pass(arch: str, memory: int) -> None:
    if not Path("/proc/self/clear_refs").exists():
        pytest.skip("only Linux lets a process count its peak anew")
    one = measured(arch, 0, 3)
    assert one["together"] == 1
    found = measured(arch, memory, 34)
    # Several steps go together, so there is a bound to keep.
    assert found["together"] > 1
    assert found["extra"] <= memory + one["extra"] + ALLOWANCE
