"""What `attribute` may be given: what is refused is refused in one sentence."""

import numpy as np
import pytest
import torch

from softcam_core.explain import attribute
from softcam_core.explain.arguments import check_images, check_memory, class_indices
from tests.core.models.networks import images, varied_classifier

NAMES = ("healthy", "mild", "severe")


@pytest.mark.parametrize(
    ("classes", "expected"),
    [
        (None, [0, 1, 2]),
        (1, [1]),
        ("mild", [1]),
        (np.int64(2), [2]),
        (np.uint8(2), [2]),
        (torch.tensor(1), [1]),
        (np.array(1), [1]),
        ([2, 0, 2], [2, 0, 2]),
        ((0, "severe"), [0, 2]),
        (range(1, 3), [1, 2]),
        (np.array([2, 1]), [2, 1]),
        (torch.tensor([2, 1]), [2, 1]),
        ([np.int32(2), torch.tensor(0), np.str_("mild")], [2, 0, 1]),
        (np.array(["mild", "healthy"]), [1, 0]),
        (iter([1, 2]), [1, 2]),
    ],
)
def test_classes_are_indices_or_names_of_any_library(classes: object, expected: list[int]) -> None:
    assert class_indices(classes, NAMES, 3) == expected


@pytest.mark.parametrize(
    "classes",
    [
        True,
        [True, False, True],
        np.array([False, True, True]),
        torch.tensor([True, False, True]),
        np.True_,
        [torch.tensor(True)],
        0.0,
        [0.9],
        [1.0],
        np.array([1.0]),
        torch.tensor([0.5]),
        float("nan"),
        [None],
        [[0]],
        np.array([[0, 1]]),
        -1,
        [3],
        np.int64(5),
        "moderate",
        [],
        b"a",
        {0, 2},
        {"mild": 1},
        object(),
    ],
)
@pytest.mark.parametrize("names", [NAMES, ()])
def test_classes_that_cannot_be_meant_are_one_sentence(
    classes: object, names: tuple[str, ...]
) -> None:
    with pytest.raises(ValueError, match=r"^classes: expected [^\n]*$"):
        class_indices(classes, names, 3)


@pytest.mark.parametrize(
    "x",
    [
        None,
        "picture",
        np.array([None]),
        [[1, 2], [3]],
        torch.zeros(1, 3, 8, 8, dtype=torch.complex64),
        torch.zeros(1, 3, 8, 8).to_sparse(),
        torch.zeros(3, 8, 8),
        torch.zeros(1, 1, 8, 8),
        torch.zeros(0, 3, 8, 8),
        torch.zeros(1, 3, 0, 8),
    ],
)
def test_images_that_are_none_are_one_sentence(x: object) -> None:
    with pytest.raises(ValueError, match=r"^x: expected [^\n]*$"):
        check_images(x)


def test_images_of_any_kind_of_number_are_taken() -> None:
    whole = np.arange(48).reshape(1, 3, 4, 4)
    for x in (whole, whole.tolist(), whole[..., ::-1].astype(np.float16), torch.tensor(whole)):
        assert check_images(x).shape == (1, 3, 4, 4)


def test_memory_is_a_number_of_mebibytes() -> None:
    for given, expected in ((256, 2**28), (0.5, 2**19), (0, 0), (np.float32(2), 2**21)):
        assert check_memory(given) == expected
    assert check_memory(float("inf")) >= 2**40
    for wrong in (-1, -0.1, float("nan"), None, "1", True, [1], 1j):
        with pytest.raises(ValueError, match=r"^memory_mb: expected a number of MiB, 0 or more"):
            check_memory(wrong)


def test_attribute_checks_what_it_is_given() -> None:
    net = varied_classifier("shufflenet_v2_x0_5", 3)
    x = images(1, 48, 48)
    expected = attribute(net, x)
    assert torch.equal(attribute(net, x, classes=np.int64(1), memory_mb=0.5), expected[:, [1]])
    with pytest.raises(ValueError, match="classes: expected"):
        attribute(net, x, classes=[True, False, True])
    with pytest.raises(ValueError, match="memory_mb: expected"):
        attribute(net, x, memory_mb=-1)
    with pytest.raises(ValueError, match="x: expected"):
        attribute(net, None)
    with pytest.raises(ValueError, match="The engine cannot be a NoneType; choose from auto"):
        attribute(net, x, engine=None)
    for method in (None, ["gradcam"]):
        with pytest.raises(ValueError, match="is not available; choose from evidence"):
            attribute(net, x, method)
