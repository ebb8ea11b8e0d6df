"""What a sweep trains."""

from collections.abc import Callable
from pathlib import Path

import pytest

from softcam_core.errors import ConfigError
from softcam_core.training.config import Config, load_config
from softcam_core.training.sweep.plan import (
    DENSE,
    chosen_config,
    default_values,
    make_plan,
    value_text,
)

Configure = Callable[..., Config]


def numbers(arch: str) -> int:
    return {"resnet18": 2 * 16 * 16, "vgg16": 2 * 15 * 15}[arch]


def asked(_arch: str) -> int:
    raise AssertionError("the grid is given")


def test_every_value_architecture_and_seed_and_one_dense_model_of_each(configure: Configure):
    config = configure(
        "sweep.over=l1,l2", "sweep.l1=1e-4,1e-5,0", "sweep.l2=1e-3", "sweep.seeds=0,3",
        "sweep.archs=resnet18,vgg16", "output.dir=out",
    )  # fmt: skip
    plan = make_plan(config, asked)
    assert [(panel.arch, panel.penalty, list(panel.runs)) for panel in plan.panels] == [
        ("resnet18", "l1", [1e-5, 1e-4]),
        ("resnet18", "l2", [1e-3]),
        ("vgg16", "l1", [1e-5, 1e-4]),
        ("vgg16", "l2", [1e-3]),
    ]
    names = [run.name for run in plan.runs()]
    assert len(names) == len(set(names)) == 2 * 2 * (1 + 2 + 1)
    assert names[:4] == [
        "resnet18-dense-seed0",
        "resnet18-dense-seed3",
        "resnet18-l1-1e-5-seed0",
        "resnet18-l1-1e-5-seed3",
    ]
    by_name = {run.name: run.config for run in plan.runs()}
    one = by_name["vgg16-l2-1e-3-seed3"]
    assert (one.model.arch, one.loss.l1, one.loss.l2, one.train.seed) == ("vgg16", 0, 1e-3, 3)
    assert one.output.dir == str(Path("out") / "runs" / "vgg16-l2-1e-3-seed3")
    assert one.data == config.data
    dense = by_name["vgg16-dense-seed0"].loss
    assert (dense.l1, dense.l2) == (0, 0)


def test_a_lambda_that_is_not_swept_stays_and_0_is_then_tried_beside_the_dense_model(
    configure: Configure,
):
    plan = make_plan(configure("loss.l2=0.01", "sweep.l1=1e-4"), asked)
    (panel,) = plan.panels
    assert list(panel.runs) == [0.0, 1e-4]
    assert [runs[0].config.loss.l2 for runs in panel.runs.values()] == [0.01, 0.01]
    assert panel.dense[0].config.loss.l2 == 0
    assert panel.dense[0].penalty == DENSE


def test_what_is_to_be_selected_is_swept_and_nothing_is_left_to_select(configure: Configure):
    plan = make_plan(configure("loss.select=l2", "sweep.l2=1e-3"), asked)
    assert [panel.penalty for panel in plan.panels] == ["l2"]
    assert all(run.config.loss.select == () for run in plan.runs())
    assert [p.penalty for p in make_plan(configure("sweep.l1=1e-3"), asked).panels] == ["l1"]


def test_the_grid_is_one_of_costs():
    values = default_values("l1", 512)
    assert values == (2e-6, 5.9e-6, 2e-5, 5.9e-5, 2e-4, 5.9e-4, 2e-3)
    assert default_values("l2", 512)[0] == pytest.approx(0.001 / 512**0.5, rel=0.03)
    assert default_values("l2", 512, squared=True) == values
    # The paper's own lambdas lie inside: 5e-5 on 512 numbers, 9e-4 on 1024; ridge 7e-5, 2e-4.
    assert values[0] < 5e-5 < values[-1]
    assert default_values("l1", 1024)[0] < 9e-4 < default_values("l1", 1024)[-1]
    assert default_values("l2", 512)[0] < 7e-5 < 2e-4 < default_values("l2", 512)[-1]


def test_the_grid_of_an_architecture_is_its_own(configure: Configure):
    plan = make_plan(configure("sweep.archs=resnet18,vgg16"), numbers)
    assert [max(panel.runs) for panel in plan.panels] == [2e-3, 2.2e-3]


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (["model.head=blackbox"], "set it to softcam"),
        (["sweep.l1=-1e-4"], "holds -0.0001"),
        (["sweep.l1=0"], "no value above 0"),
        (["sweep.halving=1"], "sweep.halving is 1"),
        (["sweep.seeds=-1"], r"sweep\.seeds is -1; it must be at least 0"),
        (["sweep.seeds=1,99999999999999999999999"], r"sweep\.seeds is 9+; it must be at least 0"),
    ],
)
def test_a_mistake_is_one_sentence(configure: Configure, settings, sentence):
    with pytest.raises(ConfigError, match=sentence):
        make_plan(configure(*settings), numbers)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (5e-5, "5e-5"), (1e-3, "1e-3"), (4.4e-4, "4.4e-4"), (0.02, "0.02"), (3, "3")],
)
def test_values_are_written_as_they_are_typed(value, text):
    assert value_text(value) == text
    assert float(text) == value


def test_the_chosen_configuration_is_the_users_and_trains_as_it_is(configure: Configure, tmp_path):
    config = configure("loss.select=l1", "sweep.l1=1e-4", "output.dir=out", "train.lr=0.03")
    (tmp_path / "chosen.toml").write_text(chosen_config(config, "vgg16", {"l1": 1e-4}).to_toml())
    chosen = load_config(tmp_path / "chosen.toml")
    assert (chosen.loss.l1, chosen.loss.l2, chosen.loss.select) == (1e-4, 0, ())
    assert (chosen.model.arch, chosen.train, chosen.data) == ("vgg16", config.train, config.data)
    assert chosen.output.dir == str(Path("out") / "chosen")
