"""``softcam train`` knows the bundled recipes by name."""

from softcam_core.training.recipes import recipes


def test_recipes_are_listed_with_what_they_train(softcam):
    done = softcam("train", "--recipes")
    assert done.code == 0, done.err
    lines = dict(line.split(maxsplit=1) for line in done.out.splitlines())
    assert lines == {recipe.name: recipe.title for recipe in recipes()}
    first, *_ = softcam("train", "--recipes", "--json").lines
    assert first["name"] == recipes()[0].name
    assert first["kind"] == "black box"


def test_a_recipe_trains_by_its_name(softcam, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = softcam("train", "kermany-resnet18-dense", "--set", "data.csv=labels.csv")
    assert done.code == 1
    assert f"{tmp_path / 'labels.csv'} cannot be read" in done.err


def test_a_recipe_without_its_data_says_what_to_give(softcam):
    done = softcam("train", "rsna-vgg16-dense")
    assert done.code == 1
    assert "data.csv is missing" in done.err
    assert "--set data.csv=" in done.err


def test_without_a_configuration_the_list_is_named(softcam):
    done = softcam("train")
    assert done.code == 2
    assert "--recipes" in done.err
