"""Small maps and masks for properties."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

VALUES = st.floats(-8, 8, width=32).map(lambda v: round(v, 3))
MAPS = hnp.array_shapes(min_dims=2, max_dims=2, max_side=4).flatmap(
    lambda shape: hnp.arrays(np.float32, shape, elements=VALUES)
)
MASKS = hnp.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=11).flatmap(
    lambda shape: hnp.arrays(np.bool_, shape)
)
