"""The configuration: the contract's keys, and one sentence for each mistake."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from softcam_core.errors import ConfigError
from softcam_core.training.config import CardConfig, Config, DataConfig, ModelConfig, load_config


def written(folder: Path, text: str = "[data]\ncsv = 'labels.csv'\n") -> Path:
    path = folder / "my run.toml"
    path.write_text(text)
    return path


def test_paths_of_the_file_are_relative_to_it_and_typed_ones_to_the_current_folder(
    tmp_path, monkeypatch
):
    config = written(tmp_path, "[data]\ncsv = 'labels.csv'\n[model]\nweights = 'w.pth'\n")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    read = load_config(config)
    assert read.data.csv == str(tmp_path / "labels.csv")
    assert read.model.weights == str(tmp_path / "w.pth")
    assert read.output.dir == str(Path("runs") / "my run")
    typed = load_config(config, ["data.csv=other.csv", "model.weights=imagenet"])
    assert typed.data.csv == str(elsewhere / "other.csv")
    assert typed.model.weights == "imagenet"


def test_overrides_take_the_type_of_their_key(tmp_path):
    config = load_config(
        written(tmp_path),
        [
            "train.epochs=4",
            "train.lr=1",
            "loss.l1=5e-5",
            "train.momentum=.8",
            "sweep.l1=.1,1e-3",
            "train.precision=16",
            "data.fundus_crop=true",
            "data.classes=no, yes",
            "model.options.vgg_head=exact",
            "output.dir=runs/a b",
            "card.title=2024",
        ],
    )
    assert config.train.epochs == 4
    assert config.train.lr == 1.0
    assert isinstance(config.train.lr, float)
    assert config.loss.l1 == 5e-5
    assert config.train.momentum == 0.8
    assert config.sweep.l1 == (0.1, 1e-3)
    assert config.train.precision == "16"
    assert config.data.fundus_crop is True
    assert config.data.classes == ("no", "yes")
    assert config.model.options == {"vgg_head": "exact"}
    assert config.output.dir == "runs/a b"
    assert config.card.title == "2024"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[data]\n", "data.csv is missing"),
        ("[train]\nepoch = 3\n", "unknown key train.epoch; did you mean train.epochs?"),
        ("[train]\nl1 = 0.1\n", "unknown key train.l1; did you mean loss.l1?"),
        ("[trian]\nepochs = 3\n", "unknown key trian; did you mean train?"),
        ("[train]\nepochs = 'ten'\n", 'train.epochs must be a whole number, not "ten"'),
        ("[train]\nepochs = true\n", "train.epochs must be a whole number, not true"),
        ("[data]\ncsv='a'\n[train]\nepochs = 0\n", "train.epochs is 0; it must be at least 1"),
        ("[data]\ncsv='a'\n[train]\nlr = 0\n", "train.lr is 0; it must be above 0"),
        ("[data]\ncsv='a'\n[train]\nlr = nan\n", "train.lr is nan"),
        ("[train]\nprecision = 64\n", "choose one of 32, bf16, 16"),
        ("[data]\ngeometry = 'stretch'\n", "choose one of squash, crop, pad"),
        ("[data]\nclasses = 'a'\n", "data.classes must be a list of names"),
        ("[data]\ncsv='a'\n[loss]\nl1 = -1\n", "loss.l1 is -1; it must be at least 0"),
        ("[data]\ncsv='a'\n[loss]\nl1 = inf\n", "loss.l1 is inf"),
        ("data = 3\n", "data must be a table"),
        ("[data]\ncsv = 'a'\nstudy = 'x.softcam'\n", "data.csv and data.study are both set"),
        ("[data]\ncsv='a'\n[model]\nhead='dual-branch'\n", "set model.weights to the classifier"),
        (
            "[data]\ncsv='a'\n[model]\nhead='dual-branch'\nweights='w'\n[loss]\nl2=1e-4\n",
            "a dual-branch model has no evidence to penalise",
        ),
        ("[data]\ncsv='a'\n[loss]\nguidance = -0.1\n", "loss.guidance is -0.1"),
        ("[data]\ncsv='a'\n[model]\nhead='blackbox'\n[loss]\nl1=1e-4\n", "no evidence to penalise"),
        ("[data]\ncsv='a'\nclasses=['x','x']\n", "two or more different names"),
        ("[data\n", "is not valid TOML"),
        (f"[train]\nepochs = {'9' * 5000}\n", "is not valid TOML"),
        (f"a = {'[' * 5000}\n", "is not valid TOML"),
        (f"[data]\ncsv='a'\n[train]\nepochs = {'9' * 400}\n", "train.epochs is a number of 400"),
        (f"[data]\ncsv='a'\n[train]\nlr = {'9' * 400}\n", "train.lr is too large a number"),
        (f"[data]\ncsv='a'\n[sweep]\nl1 = [{'9' * 400}]\n", "sweep.l1 is too large a number"),
        ("[data]\ncsv='a'\nsplit_seed = 9223372036854775808\n", "data.split_seed is 9223372036"),
        ("[data]\nstudy='a'\nas_of = 9223372036854775808\n", "data.as_of is 9223372036"),
        ("[data]\ncsv='a'\ncache_gb = 1e308\n", "data.cache_gb is 1e+308"),
        ("[data]\ncsv='a'\n[train]\nseed = -1\n", "train.seed is -1; it must be at least 0"),
        ("[data]\ncsv='~no such user/a'\n", "data.csv is ~no such user/a, and there is no such"),
        ("[output]\ndir='~no such user/a'\n", "output.dir is ~no such user/a, and there is no"),
        ('[output]\ndir="a\\u0000"\n', "output.dir holds a character that no path can have"),
        ('[data]\ncache_dir="a\\u0000"\n', "data.cache_dir holds a character that no path can"),
    ],
)
def test_a_mistake_is_one_sentence(tmp_path, text, sentence):
    with pytest.raises(ConfigError) as caught:
        load_config(written(tmp_path, text))
    assert sentence in str(caught.value)
    assert "my run.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("override", "sentence"),
    [
        ("epochs=3", "write it as table.key=value"),
        ("train.epochs", "write it as table.key=value"),
        ("train.epoch=3", "did you mean train.epochs?"),
        ("train.epochs=many", 'must be a whole number, not "many"'),
        ("train.epochs.x=1", "has no parts"),
        (f"train.epochs={'9' * 5000}", "train.epochs must be a whole number"),
        ("model.weights=~no such user/a", "there is no such user's home folder"),
        ("model.options=1", "must be a table of texts, not 1"),
    ],
)
def test_a_wrong_override_is_one_sentence(tmp_path, override, sentence):
    with pytest.raises(ConfigError, match="--set") as caught:
        load_config(written(tmp_path), [override])
    assert sentence in str(caught.value)


def test_the_largest_numbers_there_are(tmp_path):
    config = load_config(written(tmp_path), ["train.seed=9223372036854775807"])
    assert config.train.seed == 2**63 - 1


def test_a_pattern_that_a_later_python_reads_otherwise_is_taken_without_a_warning(tmp_path):
    assert load_config(written(tmp_path), ["data.patient_from=[[a]"]).data.patient_from == "[[a]"


def test_a_table_of_texts_is_changed_by_entry_or_as_a_whole(tmp_path):
    path = written(tmp_path, "[data]\ncsv='a'\n[model]\noptions = {vgg_head = 'exact'}\n")
    one = load_config(path, ["model.options.dropout=0.2"])
    assert one.model.options == {"vgg_head": "exact", "dropout": "0.2"}
    assert load_config(path, ["model.options={}"]).model.options == {}


def test_a_missing_or_binary_file_is_one_sentence(tmp_path):
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(tmp_path / "none.toml")
    (tmp_path / "x.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="UTF-8"):
        load_config(tmp_path / "x.toml")


TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)


@given(title=TEXT, names=st.lists(TEXT, min_size=2, unique=True), key=TEXT, l1=st.floats(0, 1e9))
def test_the_config_as_run_reads_back_as_the_same(tmp_path_factory, title, names, key, l1):
    from dataclasses import replace

    config = Config(
        data=DataConfig(csv="/x/labels.csv", classes=tuple(names)),
        model=ModelConfig(options={key: title}),
        card=CardConfig(title=title),
    )
    config = replace(
        config, loss=replace(config.loss, l1=l1), output=replace(config.output, dir="runs/x")
    )
    path = tmp_path_factory.getbasetemp() / "config.toml"
    path.write_bytes(config.to_toml().encode())
    assert load_config(path) == config
