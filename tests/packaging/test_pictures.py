"""The pictures of every screen: each one's action is there, so that none is left out silently."""

from __future__ import annotations

import pictures
import pytest
from scenes import SCENES, Run

from app.actions import ACTIONS


def test_every_screen_is_brought_up_by_an_action_of_the_table():
    known = {spec.id for spec in ACTIONS}
    asked = {name: scene.action for name, (scene, _) in SCENES.items() if isinstance(scene, Run)}
    assert len(asked) > 10
    assert {name: action for name, action in asked.items() if action not in known} == {}


def test_an_unknown_screen_is_named(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["pictures.py", str(tmp_path), "--only", "nothing"])
    with pytest.raises(SystemExit):
        pictures.main()
    assert "there is no nothing" in capsys.readouterr().err
