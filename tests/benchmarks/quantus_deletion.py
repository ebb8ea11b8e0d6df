"""The peer's half of `test_deletion_cost`: run by the Python that has Quantus.

    QUANTUS_PYTHON quantus_deletion.py INPUTS.npz ARCH PATCH REPEATS

Prints JSON: processor time of each repeat, and the probabilities after each patch, by map.
"""

import json
import sys
import time

import numpy as np
import quantus
import torch

from softcam_core.models.build import build_model


class Probabilities(torch.nn.Module):
    """A model as Quantus takes it: images in, probabilities out."""

    def __init__(self, model: torch.nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.softmax(self.model(x).logits, dim=1)


def main() -> None:
    inputs, arch, patch, repeats = sys.argv[1:]
    torch.set_num_threads(1)
    torch.manual_seed(0)
    model = Probabilities(build_model(arch, classes=["healthy", "diseased"])).eval()
    with np.load(inputs) as data:
        image, maps = data["image"], data["maps"]
    metric = quantus.RegionPerturbation(
        patch_size=int(patch),
        regions_evaluation=30,
        perturb_baseline=0.0,
        normalise=False,
        disable_warnings=True,
    )
    times = []
    for _ in range(int(repeats)):
        start = time.process_time()
        drops = metric(
            model=model,
            x_batch=np.repeat(image[None], len(maps), axis=0),
            y_batch=np.ones(len(maps), dtype=int),
            a_batch=maps[:, None],
            softmax=False,
            device="cpu",
            batch_size=len(maps),
        )
        times.append(time.process_time() - start)
    print(json.dumps({"seconds": times, "drops": np.array(drops).tolist()}))


if __name__ == "__main__":
    main()
