"""The patches that the window numbers are those that top-k precision counts."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from softcam_core.metrics.patches import patch_scores, ranked_patches
from softcam_core.metrics.ranking import top_patches


@given(
    values=st.tuples(st.integers(1, 9), st.integers(1, 9)).flatmap(
        lambda shape: arrays(np.float32, shape, elements=st.floats(-5, 5, width=32))
    ),
    size=st.tuples(st.integers(20, 140), st.integers(20, 140)),
    k=st.integers(1, 30),
)
def test_patches_scores_and_order_are_those_of_the_metric(values, size, k):
    scores = patch_scores(torch.from_numpy(values), size)
    order = ranked_patches(scores, above=0.0)[:k].tolist()
    columns = scores.shape[1]
    expected = [(place % columns * 33, place // columns * 33) for place in order]
    found = top_patches(values, size, k)
    assert [(patch.x0, patch.y0) for patch in found] == expected
    assert [patch.score for patch in found] == pytest.approx(
        scores.flatten()[order].tolist(), rel=1e-9, abs=1e-300
    )


def test_patches_at_the_edge_are_narrower():
    (only,) = top_patches(np.array([[-1.0, -1.0], [-1.0, 9.0]]), (40, 50), 1)
    assert (only.x0, only.y0, only.x1, only.y1) == (33, 33, 50, 40)


def test_equal_patches_come_in_reading_order():
    found = top_patches(np.ones((4, 4)), (66, 66), 9)
    assert [(patch.x0, patch.y0) for patch in found] == [(0, 0), (33, 0), (0, 33), (33, 33)]


def test_nothing_positive_and_nothing_finite_give_none():
    assert top_patches(-np.ones((4, 4)), (66, 66), 9) == []
    assert top_patches(np.zeros((4, 4)), (66, 66), 9) == []
    assert top_patches(np.array([[np.nan, 1.0]]), (66, 66), 9) == []


def test_another_shape_is_an_error():
    with pytest.raises(ValueError, match="values"):
        top_patches(np.ones(4), (66, 66), 9)
    with pytest.raises(ValueError, match="patch"):
        top_patches(np.ones((4, 4)), (66, 66), 9, patch=0)


def test_the_ranking_needs_no_torch():
    import subprocess
    import sys

    code = "import softcam_core.metrics.ranking, sys; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
