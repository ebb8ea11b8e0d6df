"""The figure of the shift: it is drawn from seeds, and its panels show what they say."""

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from softcam_core.demo import demo_cases, demo_models, shift_figure
from softcam_core.imaging.read import read_image
from softcam_core.models.add_head import add_sigmoid_head
from softcam_core.models.checkpoint import load_model


def test_the_figure_is_drawn_and_its_panels_show_what_they_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[shift_figure.Panel]] = []
    panels = shift_figure.panels

    def kept(*args: object) -> list[shift_figure.Panel]:
        seen.append(panels(*args))  # type: ignore[arg-type]
        return seen[-1]

    monkeypatch.setattr(shift_figure, "panels", kept)
    shift_figure.draw(tmp_path / "shift.png", phantoms=1, epochs=30)
    with Image.open(tmp_path / "shift.png") as picture:
        assert picture.size == (1584, 400)

    image, cam, empty, _, emptied = seen[0]
    assert np.abs(cam.picture.astype(int) - image.picture).max() > 50  # there is a map
    assert np.array_equal(empty.picture, image.picture)  # and now there is none
    assert np.array_equal(emptied.picture, image.picture)
    assert cam.notes[0] == empty.notes[0]  # the same probability, in six digits
    assert float(empty.notes[1].rsplit(" ", 1)[1]) < 1e-6
    losses = [float(panel.notes[0].rsplit(" ", 1)[1]) for panel in seen[0][3:]]
    assert losses[1] > losses[0] + 1


def test_training_fits_the_second_head_alone() -> None:
    box = next(file for file in demo_models() if file.stem == "fundus-black-box")
    model = add_sigmoid_head(load_model(box)).double()
    case = next(case for case in demo_cases() if case.path.name == shift_figure.CASE)
    x, _ = shift_figure._input(model, read_image(case.path))
    with torch.no_grad():
        before = model(x)
    shift_figure.train(model, phantoms=1, epochs=30)
    with torch.no_grad():
        after = model(x)
    assert torch.equal(after.logits, before.logits)
    assert not torch.equal(after.sigmoid_logits, before.sigmoid_logits)
