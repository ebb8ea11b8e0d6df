"""What README tells to type exists: commands, options, recipes and keys of configurations."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer.main

from softcam_core.cli.main import build_app
from softcam_core.training.config import load_config
from softcam_core.training.recipes import find_recipe
from tests.programs import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", README, re.DOTALL)
TOML = [text for kind, text in BLOCKS if kind == "toml"]


def commands() -> list[str]:
    """Return the lines of README's blocks that call softcam, also below torchrun."""
    found = []
    for kind, text in BLOCKS:
        if kind in ("", "sh"):
            lines = text.replace("\\\n", " ").splitlines()
            called = [line for line in lines if re.match(r"(torchrun )?.*softcam ", line)]
            found += [line.split("  #")[0].strip() for line in called]
    return found


@pytest.mark.parametrize("line", commands())
def test_a_command_of_the_readme_exists(line):
    words = [word.strip("[]") for word in shlex.split(line[line.index("softcam ") :])[1:]]
    command: Any = typer.main.get_command(build_app())
    while hasattr(command, "commands"):
        names = words.pop(0).split("|")
        assert set(names) <= set(command.commands)
        command = command.commands[names[0]]
    options = {option for one in command.params for option in one.opts}
    assert {word for word in words if word.startswith("--")} <= options


def test_the_recipes_and_keys_of_the_readme_exist():
    trained = [line.split() for line in commands() if re.match(r"softcam (train|sweep) \w+/", line)]
    assert len(trained) >= 3
    for words in trained:
        given = [words[i + 1] for i, word in enumerate(words) if word == "--set"]
        load_config(find_recipe(words[2]), given)


@pytest.mark.parametrize("text", TOML)
def test_a_configuration_of_the_readme_is_read(text, tmp_path: Path):
    path = tmp_path / "first.toml"
    path.write_text(text, encoding="utf-8")
    config = load_config(path)
    assert config.data.csv or config.data.study
