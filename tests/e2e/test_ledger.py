"""The ledger in the real window, on the demo: its numbers are those of the core and of torch."""

import json

import numpy as np
import pytest
import torch

from app.texts import signed
from softcam_core.annotations.rasterize import rasterize
from softcam_core.annotations.shapes import Shape
from softcam_core.demo import demo_cases, demo_models
from softcam_core.evaluation.masks import input_mask
from softcam_core.explain.ledger_facts import ledger_facts
from softcam_core.imaging.preprocess import model_input
from softcam_core.imaging.read import read_image
from softcam_core.models.checkpoint import load_model
from softcam_core.models.predict import predict
from tests.e2e.test_window import drive

CORNERS = [[150.5, 260.0], [300.0, 240.0], [330.0, 330.0], [200.0, 390.0]]

STEPS = """
import json
from softcam_core.annotations.shapes import Shape

def ledger(w):
    return w.docks.ledger

def draw(w):
    w.annotator.add(Shape("polygon", CORNERS))
    w.actions_table["without_pixels"].trigger()
    when(lambda w: ledger(w).blanked.answer is not None, tell)

def tell(w):
    account, table = ledger(w).account, ledger(w).table.model()
    with open(OUT, "w") as stream:
        json.dump({
            "case": str(w.state.case.path),
            "logits": account.entry.analysis.logits.tolist(),
            "share": account.region.share.tolist(),
            "without": account.region.without.probabilities.tolist(),
            "without_pixels": ledger(w).blanked.answer.probabilities.tolist(),
            "bars": [step.value for step in ledger(w).waterfall.steps.steps],
            "sentence": ledger(w).sentence.text(),
            "table": {table.text(n, 0): table.text(n, 5) for n in table.rows},
        }, stream)
    w.close()

when(lambda w: ledger(w).account.entry is not None and w.annotator.can_draw, draw)
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ledger")
    out = folder / "said.json"
    steps = STEPS.replace("OUT", repr(str(out))).replace("CORNERS", repr(CORNERS))
    with pytest.MonkeyPatch.context() as own:
        own.setenv("SOFTCAM_CONFIG_DIR", str(folder / "config"))
        own.setenv("SOFTCAM_DATA_DIR", str(folder / "data"))
        done = drive(steps, "--demo")
    assert done.returncode == 0, done.stderr
    return json.loads(out.read_text("utf-8"))


@pytest.fixture(scope="module")
def direct(said):
    model = load_model(demo_models()[0])
    image = read_image(demo_cases()[0].path)
    assert said["case"] == str(demo_cases()[0].path)
    return model, image, predict(model, image)


def test_the_ledgers_numbers_are_those_of_the_core(said, direct):
    model, image, found = direct
    facts = ledger_facts(
        found.evidence.numpy(),
        found.logits.numpy(),
        model.spec.classes,
        region=found.region,
        size=image.pixels.shape[:2],
        shapes=[Shape("polygon", CORNERS)],
    )
    np.testing.assert_allclose(said["logits"], found.logits.numpy(), atol=1e-4)
    np.testing.assert_allclose(said["share"], [one.share for one in facts.classes], atol=1e-4)
    expected = [one.probability_without for one in facts.classes]
    np.testing.assert_allclose(said["without"], expected, atol=1e-4)
    bars = [region.contribution for region in facts.regions]
    np.testing.assert_allclose(said["bars"][: len(bars)], bars, atol=1e-4)


def test_the_bars_sum_to_the_logit(said):
    *bars, logit = said["bars"]
    assert sum(bars) == pytest.approx(logit, abs=1e-9)
    assert logit == pytest.approx(max(said["logits"]), abs=1e-4)


def test_without_those_pixels_is_a_pass_of_the_network_over_a_covered_input(said, direct):
    model, image, found = direct
    pixels, region = model_input(image, model.spec.input)
    mask = rasterize(Shape("polygon", CORNERS), image.pixels.shape[:2])
    x = torch.from_numpy(pixels)[None]
    x[:, :, torch.from_numpy(input_mask(mask, region, model.spec.input.size))] = 0
    with torch.no_grad():
        expected = torch.softmax(model.classify(x).logits[0].double(), 0)
    np.testing.assert_allclose(said["without_pixels"], expected.numpy(), atol=1e-4)
    untouched = torch.softmax(found.logits, 0).numpy()
    assert np.abs(untouched - expected.numpy()).max() > 0.01


def test_the_sentence_and_the_table_say_the_same(said):
    assert "of the evidence for “" in said["sentence"]
    assert said["sentence"].endswith("lies inside the marked MA.")
    assert sorted(said["table"].values()) == sorted(signed(share) for share in said["share"])
