"""The loss against values computed by hand."""

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from softcam_core.models.dual_branch import DualOutput
from softcam_core.training.config import LossConfig
from softcam_core.training.loss import (
    balanced_bce,
    evidence_penalties,
    softcam_loss,
    training_loss,
)

# Two images, two classes, 1 x 2 cells. |A| sums: 10 and 3; squares: 30 and 5.
EVIDENCE = torch.tensor([[[[1.0, -2.0]], [[3.0, -4.0]]], [[[0.0, 2.0]], [[-1.0, 0.0]]]])


def test_penalties_by_hand():
    p1, p2 = evidence_penalties(EVIDENCE)
    assert p1.item() == pytest.approx((10 + 3) / 2)
    assert p2.item() == pytest.approx((math.sqrt(30) + math.sqrt(5)) / 2)


def test_released_reduction_takes_only_the_first_image():
    p1, p2 = evidence_penalties(EVIDENCE, reduction="first_sample")
    assert p1.item() == pytest.approx(10)
    assert p2.item() == pytest.approx(math.sqrt(30))


def test_squared_ridge_by_hand():
    assert evidence_penalties(EVIDENCE, ridge="squared")[1].item() == pytest.approx((30 + 5) / 2)


def test_loss_by_hand():
    logits = torch.tensor([[0.0, math.log(3.0)], [0.0, 0.0]])
    terms = softcam_loss(logits, EVIDENCE, torch.tensor([1, 0]), l1=0.01, l2=0.1)
    ce = (math.log(4 / 3) + math.log(2)) / 2
    assert terms.ce.item() == pytest.approx(ce)
    assert terms.l1.item() == pytest.approx(0.065)
    assert terms.l2.item() == pytest.approx(0.05 * (math.sqrt(30) + math.sqrt(5)))
    assert terms.total.item() == pytest.approx(ce + terms.l1.item() + terms.l2.item())


def test_gradient_by_hand():
    evidence = EVIDENCE.clone().requires_grad_()
    p1, p2 = evidence_penalties(evidence)
    (first,) = torch.autograd.grad(p1, evidence, retain_graph=True)
    assert torch.equal(first, EVIDENCE.sign() / 2)
    (second,) = torch.autograd.grad(p2, evidence)
    norms = torch.tensor([30.0, 5.0]).sqrt().view(2, 1, 1, 1)
    assert torch.allclose(second, EVIDENCE / norms / 2)


@pytest.mark.parametrize("ridge", ["norm", "squared"])
def test_a_zero_map_costs_nothing_and_pulls_nowhere(ridge):
    evidence = torch.zeros(2, 2, 3, 3, requires_grad=True)
    p1, p2 = evidence_penalties(evidence, ridge=ridge)
    (p1 + p2).backward()
    assert p1.item() == p2.item() == 0
    assert torch.equal(evidence.grad, torch.zeros(2, 2, 3, 3))


def test_penalties_are_fp32_under_autocast():
    evidence = torch.full((1, 1, 100, 100), 300.0, dtype=torch.float16)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        p1, p2 = evidence_penalties(evidence)
    assert p1.dtype == p2.dtype == torch.float32
    assert p1.item() == 3_000_000  # above fp16's largest number, not a bf16 number
    assert p2.item() == pytest.approx(30_000)


def test_a_black_box_cannot_be_penalised():
    logits, target = torch.zeros(1, 2), torch.tensor([0])
    assert softcam_loss(logits, None, target).total.item() == pytest.approx(math.log(2))
    with pytest.raises(ValueError, match="evidence: expected"):
        softcam_loss(logits, None, target, l1=1e-4)


def test_a_wrong_shape_is_named():
    with pytest.raises(ValueError, match=r"\(2, 3\)"):
        evidence_penalties(torch.zeros(2, 3))


@given(st.floats(0, 10), st.floats(0, 10), st.integers(0, 2**31))
def test_the_parts_make_the_total(l1, l2, seed):
    generator = torch.Generator().manual_seed(seed)
    evidence = torch.randn(3, 4, 2, 5, generator=generator)
    terms = softcam_loss(evidence.mean((2, 3)), evidence, torch.tensor([0, 1, 3]), l1=l1, l2=l2)
    assert terms.total.item() == pytest.approx(
        terms.ce.item() + terms.l1.item() + terms.l2.item(), rel=1e-5
    )
    assert terms.l1.item() == pytest.approx(l1 * evidence.abs().sum().item() / 3, rel=1e-5)


def test_the_balanced_loss_is_the_one_computed_by_hand():
    logits = torch.tensor([[0.0, math.log(3), -math.log(3)], [math.log(3), 0.0, 0.0]])
    # Sigmoids .5, .75, .25 and .75, .5, .5; a class's own image weighs C - 1 = 2.
    own = 2 * -math.log(0.5) + 2 * -math.log(0.5)
    others = -math.log(0.25) - math.log(0.75) - math.log(0.25) - math.log(0.5)
    expected = (own + others) / 6
    assert float(balanced_bce(logits, torch.tensor([0, 2]))) == pytest.approx(expected, rel=1e-6)


@given(st.integers(1, 6), st.integers(2, 9), st.integers(0, 2**20))
def test_the_balanced_loss_is_torchs_weighted_by_the_classes(batch, classes, seed):
    generator = torch.Generator().manual_seed(seed)
    logits = torch.randn(batch, classes, generator=generator) * 4
    target = torch.randint(classes, (batch,), generator=generator)
    truth = torch.zeros(batch, classes)
    truth[torch.arange(batch), target] = 1
    weight = torch.full((classes,), float(classes - 1))
    expected = torch.nn.BCEWithLogitsLoss(pos_weight=weight)(logits, truth)
    assert torch.allclose(balanced_bce(logits, target), expected)
    # At the start, all sigmoids at a half, both sides of the balance weigh the same.
    start = torch.zeros(batch, classes, requires_grad=True)
    balanced_bce(start, target).backward()
    assert start.grad is not None
    assert torch.allclose(start.grad.sum(1), torch.zeros(batch), atol=1e-7)


def test_the_balanced_loss_is_computed_in_full_precision_and_checks_its_shape():
    logits = torch.tensor([[40.0, -40.0]], dtype=torch.bfloat16)
    with torch.autocast("cpu", torch.bfloat16):
        loss = balanced_bce(logits, torch.tensor([1]))
    assert loss.dtype == torch.float32
    assert float(loss) == pytest.approx(40.0)
    with pytest.raises(ValueError, match=r"logits: expected \(B, C\) with C >= 2, got \(3, 1\)"):
        balanced_bce(torch.zeros(3, 1), torch.zeros(3, dtype=torch.long))


def test_the_loss_of_a_dual_branch_model_is_its_second_heads_alone():
    sigmoid_logits = torch.randn(4, 3)
    output = DualOutput(torch.randn(4, 3), None, sigmoid_logits, None)
    target = torch.tensor([0, 1, 2, 1])
    terms = training_loss(output, target, LossConfig())
    assert torch.equal(terms.total, balanced_bce(sigmoid_logits, target))
    assert all(math.isnan(part) for part in (terms.ce, terms.l1, terms.l2))
