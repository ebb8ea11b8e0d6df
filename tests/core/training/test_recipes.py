"""The bundled recipes say what the paper and the poster say, and every one can be trained."""

import itertools
import tomllib
from pathlib import Path
from typing import Any

import pytest
import torch

from softcam_core.errors import ConfigError
from softcam_core.imaging.preprocess import InputSpec
from softcam_core.models.build import build_model
from softcam_core.training.config import Config, load_config
from softcam_core.training.dual_branch import parameter_groups
from softcam_core.training.loop import train
from softcam_core.training.recipes import Recipe, config_path, find_recipe, is_recipe, recipes
from softcam_core.training.schedule import learning_rate

RECIPES = {recipe.name: recipe for recipe in recipes()}
PAPER = [name for name in RECIPES if name.startswith("paper/")]
POSTER = [name for name in RECIPES if name.startswith("poster/")]

# Written down from the paper (A.1, A.3, A.4), not from the files.
TASKS = {
    "fundus-binary": ("kaggle-dr", "binary", ("no DR", "DR"), 512, "fundus"),
    "fundus-multiclass": (
        *("kaggle-dr", "multiclass"),
        *(("no DR", "mild", "moderate", "severe", "proliferative"), 512, "fundus"),
    ),
    "oct-binary": ("oct", "binary", ("Normal", "Drusen"), 496, "oct"),
    "oct-multiclass": ("oct", "multiclass", ("Normal", "Drusen", "DME", "CNV"), 496, "oct"),
    "rsna": ("rsna", "binary", ("Normal", "Lung Opacity"), 512, "cxr"),
}
NETWORKS = ("resnet50", "vgg16")
HEADS = {
    "blackbox": "blackbox",
    **dict.fromkeys(("dense", "sparse", "ridge", "elastic-net"), "softcam"),
    "dual-branch": "dual-branch",
}
PENALTIES: dict[str, set[str]] = {
    **{kind: set() for kind in ("blackbox", "dense", "dual-branch")},
    "sparse": {"l1"},
    "ridge": {"l2"},
    "elastic-net": {"l1", "l2"},
}
# Sections 5.1, 5.4 and 5.5; the paper gives no others.
LAMBDAS = {
    ("fundus-binary", "vgg16", "l1"): 1e-6,
    ("fundus-binary", "resnet50", "l1"): 5e-5,
    ("oct-multiclass", "resnet50", "l1"): 9e-4,
    ("oct-multiclass", "vgg16", "l1"): 3e-6,
    ("rsna", "resnet50", "l2"): 7e-5,
    ("rsna", "vgg16", "l2"): 2e-4,
}
# The poster's networks, and millions of parameters of classifier and second head at 1000 classes.
NETS = {
    "vgg16-cam": ("vgg16_gap", 20.46, 1.03),
    "vgg16-gradcam": ("vgg16_unpooled", None, None),
    "resnet50": ("resnet50_stride16", 25.56, 2.05),
    "inception_v3-cam": ("inception_v3_gap", 26.51, 1.03),
    "inception_v3-gradcam": ("inception_v3", None, None),
}


def loaded(recipe: Recipe, *more: str) -> Config:
    """Read a recipe with what its user has to give: data, classifier, lambdas to be chosen."""
    given = ["data.csv=labels.csv", *(f"loss.{name}=0.01" for name in recipe.select)]
    if recipe.kind == "dual branch":
        given.append("model.weights=classifier.safetensors")
    return load_config(recipe.path, [*given, *more])


def written(recipe: Recipe) -> dict[str, Any]:
    return tomllib.loads(recipe.path.read_text(encoding="utf-8"))


def parts(name: str) -> tuple[str, str, str]:
    """Return task, network and kind of a recipe of the paper."""
    rest = name.removeprefix("paper/")
    task = next(task for task in TASKS if rest.startswith(f"{task}-"))
    arch, _, kind = rest.removeprefix(f"{task}-").partition("-")
    return task, arch, kind


def on_meta(config: Config, classes: int) -> torch.nn.Module:
    names = config.data.classes or tuple(f"c{i}" for i in range(classes))
    size = config.data.image_size
    with torch.device("meta"):
        return build_model(
            config.model.arch,
            names,
            config.model.head,
            input=InputSpec(size=(size, size)),
            options=config.model.options,
        )


def millions(module: torch.nn.Module) -> float:
    return sum(tensor.numel() for tensor in module.parameters()) / 1e6


def test_every_task_network_and_kind_of_the_paper_has_a_recipe():
    wanted = {"-".join(of) for of in itertools.product(TASKS, NETWORKS, HEADS)}
    assert {name.removeprefix("paper/") for name in PAPER} == wanted
    kinds = itertools.product(NETS, ("classifier", "dual-branch"))
    assert {name.removeprefix("poster/") for name in POSTER} == {"-".join(of) for of in kinds}


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_loads_and_says_what_it_is(name):
    recipe = RECIPES[name]
    config = loaded(recipe)
    assert config.output.dir in (f"runs/{recipe.path.stem}", f"runs/{name}")
    assert recipe.title
    assert not recipe.title.endswith(".")
    commands = [line for line in recipe.text.splitlines() if line.startswith("softcam ")]
    verb = "sweep" if recipe.select else "train"
    assert [line.split()[1:3] for line in commands] == [[verb, name]]
    # What the command sets are keys that exist, and with them nothing is missing.
    words = commands[0].split()
    settings = [words[i + 1] for i, word in enumerate(words) if word == "--set"]
    load_config(recipe.path, [*settings, *(f"loss.{key}=1" for key in recipe.select)])


@pytest.mark.parametrize("name", PAPER)
def test_a_recipe_of_the_paper_has_its_hyper_parameters(name):
    task, arch, kind = parts(name)
    layout, binary, classes, size, modality = TASKS[task]
    config = loaded(RECIPES[name])
    data, settings = config.data, config.train
    assert (data.format, data.task, data.classes) == (layout, binary, classes)
    assert (data.image_size, data.geometry, data.modality) == (size, "squash", modality)
    assert (data.augment, data.fundus_crop) == (modality, modality == "fundus")
    assert data.colour == ("rgb" if modality == "fundus" else "grey")
    oct_ = modality == "oct"
    assert data.shares == ((0.8, 0.2, 0.0) if oct_ else (0.75, 0.10, 0.15))
    assert (data.min_width, data.test_per_class) == ((496, 250) if oct_ else (0, 0))
    assert (data.keep_split, data.shared_patients) == (
        ("test", "drop") if oct_ else ("all", "error")
    )
    assert data.keep_healthy == (0.5 if task == "oct-binary" else 1.0)
    assert data.sample == (17200 if task == "oct-multiclass" else 0)
    assert (config.model.arch, config.model.head) == (arch, HEADS[kind])
    assert (settings.batch_size, settings.momentum, settings.weight_decay) == (16, 0.9, 5e-4)
    assert (settings.accumulate, settings.precision, settings.patience) == (1, "32", 0)
    if kind != "dual-branch":
        assert config.model.weights == "imagenet"
        assert (settings.epochs, settings.lr, settings.min_lr) == (70, 1e-3, 1e-4)
        rates = [learning_rate(e, settings.lr, settings.epochs, settings.min_lr) for e in range(70)]
        assert [rate > 1e-4 for rate in rates].index(False) == 56
    if arch == "vgg16" and config.model.head == "softcam":
        assert config.model.options == {"vgg_head": "released"}


@pytest.mark.parametrize("name", PAPER)
def test_lambdas_are_the_papers_or_left_to_the_sweep(name):
    task, arch, kind = parts(name)
    recipe = RECIPES[name]
    assert recipe.kind == kind.replace("-", " ").replace("blackbox", "black box")
    loss = written(recipe).get("loss", {})
    for penalty in ("l1", "l2"):
        value = LAMBDAS.get((task, arch, penalty)) if penalty in PENALTIES[kind] else 0.0
        assert loss.get(penalty, 0.0) == (value or 0.0)
        assert (penalty in recipe.select) == (value is None)
    config = loaded(recipe)
    assert (config.loss.reduction, config.loss.ridge) == ("mean", "norm")


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("arch", NETWORKS)
def test_evidence_has_the_cells_that_the_lambda_is_for(task, arch):
    """16 x 16 cells, and 15 x 15 of VGG at 496 px: the size that the files name."""
    recipe = RECIPES[f"paper/{task}-{arch}-elastic-net"]
    config = loaded(recipe)
    model = on_meta(config, 0).eval()
    size, classes = config.data.image_size, len(config.data.classes)
    with torch.no_grad():
        evidence = model(torch.empty(1, 3, size, size, device="meta")).evidence
    cells = 15 if arch == "vgg16" and size == 496 else 16
    assert evidence.shape == (1, classes, cells, cells)
    assert f"{cells} x {cells} cells, {classes} classes" in recipe.path.read_text()


@pytest.mark.parametrize("name", RECIPES)
def test_every_recipe_builds_its_network(name):
    config = loaded(RECIPES[name])
    model = on_meta(config, classes=200)
    assert model.spec.head == config.model.head
    assert config.data.image_size >= model.min_size


@pytest.mark.parametrize("name", POSTER)
def test_a_recipe_of_the_poster_is_its_network(name):
    second = name.endswith("-dual-branch")
    key = name.removeprefix("poster/").removesuffix("-dual-branch").removesuffix("-classifier")
    arch, classifier, head = NETS[key]
    config = loaded(RECIPES[name])
    assert config.model.arch == arch
    assert config.model.head == ("dual-branch" if second else "blackbox")
    assert config.data.format == "wsol"
    model = on_meta(config, classes=1000)
    if second:
        assert config.train.lr == 0.003
        (group,) = parameter_groups(model)
        assert group["scale"] == (1.0 if arch.startswith("resnet") else 10.0)
        if head is not None:
            assert millions(model.sigmoid_head) == pytest.approx(head, abs=0.0051)
    elif classifier is not None:
        assert millions(model) == pytest.approx(classifier, abs=0.0051)


def test_what_the_poster_does_not_give_is_marked():
    """It gives a base rate for VGG alone, and says nothing of how its classifiers were trained."""
    for name in POSTER:
        text = RECIPES[name].path.read_text()
        rate = next(line for line in text.splitlines() if line.startswith("lr = "))
        if name.endswith("classifier"):
            assert "# S;" in rate
        else:
            assert ("the poster's" in rate) == ("vgg16" in name)
            assert ("unverified" in rate) == ("vgg16" not in name)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("paper/rsna-vgg16-ridge", "paper/rsna-vgg16-ridge"),
        ("rsna-vgg16-ridge", "paper/rsna-vgg16-ridge"),
        ("paper/rsna-vgg16-ridge.toml", "paper/rsna-vgg16-ridge"),
        ("paper\\rsna-vgg16-ridge", "paper/rsna-vgg16-ridge"),
        ("kermany-resnet18-dense", "kermany-resnet18-dense"),
    ],
)
def test_a_recipe_is_found_by_its_name(name, found):
    assert find_recipe(name) == RECIPES[found].path
    assert config_path(name) == RECIPES[found].path


def test_an_unknown_recipe_names_the_nearest():
    with pytest.raises(
        ConfigError, match=r"rsna-vg16-ridge; did you mean paper/rsna-vgg16-ridge\?"
    ):
        find_recipe("paper/rsna-vg16-ridge")
    with pytest.raises(ConfigError, match="see softcam train --recipes"):
        config_path("xyz")


def test_a_file_goes_before_a_recipe(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    own = tmp_path / "rsna-vgg16-ridge"
    own.write_text("[data]\ncsv = 'mine.csv'\n")
    assert config_path("rsna-vgg16-ridge") == Path("rsna-vgg16-ridge")
    assert load_config(config_path("rsna-vgg16-ridge")).data.csv == str(tmp_path / "mine.csv")
    assert config_path("missing.toml") == Path("missing.toml")


def test_paths_of_a_recipe_are_relative_to_the_current_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    recipe = RECIPES["demo/fundus-dense"]
    assert is_recipe(recipe.path)
    assert not is_recipe(tmp_path / "labels.toml")
    config = load_config(recipe.path)
    assert config.data.csv == str(tmp_path / "runs/phantoms/fundus/labels.csv")
    assert config.model.weights == str(tmp_path / "runs/demo/fundus-black-box/best.safetensors")


def test_a_recipe_serves_a_study():
    config = load_config(find_recipe("rsna-resnet50-dense"), ["data.study=reading.softcam"])
    assert config.data.study.endswith("reading.softcam")
    assert not config.data.csv


@pytest.mark.parametrize("name", ["paper/rsna-vgg16-sparse", "paper/oct-binary-resnet50-ridge"])
def test_a_run_refuses_a_lambda_that_is_still_to_be_chosen(name):
    config = load_config(RECIPES[name].path, ["data.csv=labels.csv"])
    with pytest.raises(ConfigError, match=r"is to be selected first: run softcam sweep"):
        next(train(config))
