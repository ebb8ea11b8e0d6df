"""The matrices are the bicubic upsampling of torch, of OpenCV, and of the definition."""

import cv2
import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from softcam_core.metrics.upsample import cubic_matrix, cubic_rows
from tests.core.metrics import reference

SIZES = [((16, 16), (512, 512)), ((15, 20), (97, 64)), ((3, 5), (3, 5)), ((1, 2), (7, 9))]


def upsample(maps: torch.Tensor, size: tuple[int, int]) -> torch.Tensor:
    rows, columns = (cubic_matrix(n, c) for n, c in zip(size, maps.shape[-2:], strict=True))
    return rows @ maps.double() @ columns.T


@pytest.mark.parametrize(("small", "large"), SIZES)
def test_torch_gives_the_same(small: tuple[int, int], large: tuple[int, int]) -> None:
    generator = torch.Generator().manual_seed(0)
    maps = torch.randn(2, *small, dtype=torch.float64, generator=generator)
    theirs = torch.nn.functional.interpolate(maps[None], large, mode="bicubic")[0]
    assert torch.allclose(upsample(maps, large), theirs, rtol=0, atol=1e-12)


def test_opencv_gives_the_same_up_to_its_rounding() -> None:
    image = np.random.default_rng(0).normal(size=(16, 16)).astype(np.float32)
    theirs = cv2.resize(image, (200, 100), interpolation=cv2.INTER_CUBIC)
    assert np.abs(upsample(torch.from_numpy(image), (100, 200)).numpy() - theirs).max() < 1e-4


def test_the_definition_gives_the_same() -> None:
    image = np.random.default_rng(1).normal(size=(4, 3))
    expected = reference.upsample(image, 9, 14)
    assert np.allclose(upsample(torch.from_numpy(image), (9, 14)).numpy(), expected, atol=1e-12)


@given(size=st.integers(1, 300), cells=st.integers(1, 40))
def test_weights_sum_to_one_so_a_constant_stays(size: int, cells: int) -> None:
    matrix = cubic_matrix(size, cells)
    assert matrix.shape == (size, cells)
    assert torch.allclose(matrix.sum(1), torch.ones(size, dtype=torch.float64), atol=1e-12)


def test_a_mirrored_map_gives_the_mirrored_picture() -> None:
    maps = torch.randn(1, 5, 6, generator=torch.Generator().manual_seed(0))
    flipped = upsample(maps.flip(-1, -2), (50, 71))
    assert torch.allclose(flipped, upsample(maps, (50, 71)).flip(-1, -2), atol=1e-12)


def test_beyond_the_border_the_last_cell_goes_on() -> None:
    far = cubic_rows(torch.tensor([-3.0, 8.0]), 5)
    assert far.tolist() == [[1, 0, 0, 0, 0], [0, 0, 0, 0, 1]]
    assert torch.allclose(cubic_rows(torch.tensor([2.5]), 5)[0], torch.eye(5).double()[2])
