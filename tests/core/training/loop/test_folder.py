"""What lies in the run folder already: nothing is lost that nobody gave up, and early is early."""

from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from softcam_core.errors import CancelledError, ConfigError, ModelError
from softcam_core.models.backbones import torchvision_classifier
from softcam_core.training.config import Config
from softcam_core.training.data import ImageStore
from softcam_core.training.loop import run, train
from softcam_core.training.status import read_status

Configure = Callable[..., Config]
ONE = "train.epochs=1"


def contents(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def finished(configure: Configure) -> Path:
    """The folder of a run with everything that it can write."""
    list(train(configure(ONE, "output.watch=1")))
    return Path(configure().output.dir)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ("data.csv=nowhere.csv", "nowhere.csv cannot be read"),
        ("loss.guidance=0.5", "no training image of labels.csv has lesions"),
        ("model.weights={here}/five.pth", r"five\.pth cannot be read safely"),
        ("data.max_failed=0", "1 of 32 images cannot be read"),
    ],
)
def test_a_mistake_costs_no_earlier_run(
    configure: Configure, finished: Path, tmp_path: Path, wrong: str, sentence: str
) -> None:
    (tmp_path / "toy" / "9.png").write_bytes(b"no image")
    (tmp_path / "five.pth").write_bytes(b"no weights")
    before = contents(finished)
    with pytest.raises((ConfigError, ModelError), match=sentence):
        list(train(configure(ONE, wrong.format(here=tmp_path)), overwrite=True))
    after = contents(finished)
    after.pop("skipped.csv", None)
    assert after == before


def test_an_overwritten_run_is_gone_once_the_new_one_begins(
    configure: Configure, finished: Path
) -> None:
    with pytest.raises(CancelledError):
        list(train(configure(ONE), overwrite=True, cancelled=lambda: True))
    assert read_status(finished).state == "finished"
    assert (finished / "maps" / "epoch-0001.npz").exists()
    events = train(configure(ONE, "train.seed=5"), overwrite=True)
    for event in events:
        if getattr(event, "stage", "") == "training":
            break
    assert not list(finished.glob("*.safetensors"))
    assert not list(finished.glob("maps/*"))
    assert "seed = 5" in (finished / "config.toml").read_text()
    events.close()
    assert read_status(finished).state == "paused"


def test_models_without_their_checkpoint_are_not_thrown_away_by_resume(
    configure: Configure, finished: Path
) -> None:
    (finished / "last.ckpt").unlink()
    before = contents(finished)
    with pytest.raises(ConfigError, match=r"holds a run without its checkpoint last\.ckpt"):
        list(train(configure(ONE), resume=True))
    (finished / "status.json").unlink()
    with pytest.raises(ConfigError, match=r"holds a run without its checkpoint last\.ckpt"):
        list(train(configure(ONE), resume=True))
    before.pop("status.json")
    assert contents(finished) == before
    list(train(configure(ONE), overwrite=True))


def test_weights_and_tables_that_a_run_would_replace_are_refused(
    configure: Configure, finished: Path
) -> None:
    before = contents(finished)
    for key, name in (("model.weights", "best.safetensors"), ("data.csv", "split.csv")):
        with pytest.raises(ConfigError, match=f"^{key} is the file {name} of output.dir"):
            list(train(configure(f"{key}={finished / name}"), overwrite=True))
    assert contents(finished) == before


@pytest.mark.parametrize("name", ["config.toml", "split.csv"])
def test_a_file_that_no_run_wrote_stays(configure: Configure, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / name).write_text("# mine\n")
    with pytest.raises(ConfigError, match=f"holds a file {name}, which a run writes too"):
        list(train(configure(ONE)))
    assert (folder / name).read_text() == "# mine\n"
    list(train(configure(ONE), overwrite=True))
    assert (folder / name).read_text() != "# mine\n"


def test_a_folder_of_other_files_keeps_them(configure: Configure, tmp_path: Path) -> None:
    config = configure(ONE)
    mine = [tmp_path / "run" / name for name in ("notes.part", "maps/mine.npz", "events.out.tf")]
    (tmp_path / "run" / "maps").mkdir(parents=True)
    for path in mine:
        path.write_text("mine")
    # What the window asked for lies there before the run begins.
    (tmp_path / "run" / "config.toml").write_text(config.to_toml())
    list(train(config))
    list(train(config, overwrite=True))
    assert [path.read_text() for path in mine] == ["mine"] * 3


def test_nothing_is_fetched_for_a_table_that_cannot_be_read(
    configure: Configure, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fetch(url: str) -> Path:
        raise AssertionError(url)

    monkeypatch.setattr(run, "fetch_imagenet", fetch)
    with pytest.raises(ConfigError, match=r"nowhere\.csv cannot be read"):
        list(train(configure("model.weights=imagenet", "data.csv=nowhere.csv")))
    with pytest.raises(AssertionError, match=r"download\.pytorch\.org"):
        list(train(configure("model.weights=imagenet")))


def test_what_is_known_early_is_said_before_an_image_is_read(
    configure: Configure, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    list(train(configure(ONE)))

    def load(*_args: object) -> None:
        raise AssertionError("an image was read")

    monkeypatch.setattr(ImageStore, "load", load)
    with pytest.raises(ConfigError, match=r"train\.lr = 0\.02, not 0\.5"):
        list(train(configure("train.lr=0.5"), resume=True))
    (tmp_path / "file").write_text("")
    other = f"output.dir={tmp_path / 'other'}"
    with pytest.raises(ConfigError, match="cannot be written"):
        list(train(configure(other, f"data.cache_dir={tmp_path / 'file'}")))
    weights = torchvision_classifier("resnet18", 2).state_dict()
    torch.save(weights, tmp_path / "resnet18.pth")
    with pytest.raises(ModelError, match=r"resnet18\.pth"):
        list(train(configure(other, f"model.weights={tmp_path / 'resnet18.pth'}")))


def test_images_that_can_be_read_again_are_no_longer_listed_as_skipped(
    configure: Configure, tmp_path: Path
) -> None:
    config, image = configure(ONE), tmp_path / "toy" / "9.png"
    good = image.read_bytes()
    image.write_bytes(b"no image")
    list(train(config))
    assert "9.png" in (tmp_path / "run" / "skipped.csv").read_text()
    image.write_bytes(good)
    list(train(config, overwrite=True))
    assert not (tmp_path / "run" / "skipped.csv").exists()
