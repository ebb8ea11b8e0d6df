"""``softcam evaluate`` as a person and as a script use it, with a stand-in for the evaluation."""

import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from softcam_core.annotations.study import Study
from softcam_core.cli import evaluate_progress
from softcam_core.evaluation import results, run
from softcam_core.evaluation.metric_ids import METRICS, SLOW_METRICS
from softcam_core.evaluation.plan import Options, Plan
from softcam_core.evaluation.run import Outcome, Progress

RESULTS = """model,method,metric,value,ci_low,ci_high,n,undefined
net,evidence,activation_precision,0.125,0.1,0.15,3,1
net,random,activation_precision,,,,0,4
box,gradcam,activation_precision,0.5,,,4,0
net,evidence,max_box_acc_v2,33.3333,20.0,40.04,4,0
net,evidence,max_box_acc_v2_30,50.0,20.0,60.0,4,0
box,gradcam,max_box_acc_v2,10.0,5.0,20.0,4,0
net,-,accuracy,0.75,0.5,1.0,4,0
"""


class StandIn:
    """Remembers what it was asked and leaves `RESULTS` behind."""

    def __init__(self) -> None:
        self.plans: list[Plan] = []
        self.finished: list[dict] = []
        self.steps: list[Progress] = []
        self.outcome = {"images": 4}
        self.summary = SimpleNamespace(notes=())
        self.stop = False

    def evaluate(self, plan, progress=None, cancelled=None):
        self.plans.append(plan)
        for step in self.steps:
            progress(step)
        if self.stop:
            raise KeyboardInterrupt
        return Outcome(plan.out, **self.outcome)

    def finish(self, folder, plan=None, *, examples=True, progress=None, fingerprint=""):
        progress("Drawing")
        self.finished.append({"plan": plan, "examples": examples})
        folder.mkdir(exist_ok=True)
        (folder / "results.csv").write_text(RESULTS)
        return folder / "report.html"


@pytest.fixture
def stand_in(monkeypatch) -> StandIn:
    made = StandIn()
    monkeypatch.setattr(run, "evaluate", made.evaluate)
    monkeypatch.setattr(run, "finish", made.finish)
    monkeypatch.setattr(results, "load_summary", lambda folder: made.summary)
    monkeypatch.delenv("RANK", raising=False)
    return made


@pytest.fixture
def args(tmp_path: Path) -> list[object]:
    (tmp_path / "labels.csv").write_text("path,label\na.png,x\n")
    names = ("--data", tmp_path / "labels.csv", "--out", tmp_path / "out")
    return ["evaluate", "net.safetensors", "box.safetensors", *names]


def test_without_options_the_plan_is_the_default_one(softcam, stand_in, args, tmp_path):
    assert softcam(*args).code == 0
    assert stand_in.plans == [
        Plan(
            models=(Path("net.safetensors"), Path("box.safetensors")),
            data=tmp_path / "labels.csv",
            out=tmp_path / "out",
            metrics=tuple(name for name in METRICS if name not in SLOW_METRICS),
        )
    ]
    assert stand_in.finished == [{"plan": stand_in.plans[0], "examples": True}]


def test_every_option_comes_into_the_plan(softcam, stand_in, args):
    given = {
        "--methods": "evidence, Grad-CAM++,random".replace("Grad-CAM", "gradcam"),
        "--metrics": "topk,ap",
        "--split": "val",
        "--class": "disease",
        "--disease": "ill",
        "--k": 5,
        "--patch": 9,
        "--score": "max",
        "--deletion-images": "all",
        "--tolerance": 3.5,
        "--box-threshold": 0.4,
        "--resamples": 300,
        "--seed": 8,
        "--device": "cpu",
        "--engine": "auto",
        "--precision": "bf16",
    }
    flags = ("--no-baselines", "--resume", "--no-examples")
    assert softcam(*args, *(part for pair in given.items() for part in pair), *flags).code == 0
    (plan,) = stand_in.plans
    assert plan.methods == ("evidence", "gradcam++")
    assert plan.metrics == ("activation_precision", "topk_localization_precision")
    assert (plan.split, plan.device, plan.resume, plan.overwrite) == ("val", "cpu", True, False)
    assert plan.options == Options(
        explained="disease",
        k=5,
        patch=9,
        score="max",
        deletion_images="all",
        tolerance=3.5,
        box_threshold=0.4,
        disease="ill",
        baselines=False,
        resamples=300,
        seed=8,
        precision="bf16",
        engine="auto",
    )
    assert not stand_in.finished[0]["examples"]
    assert softcam(*args, "--overwrite").code == 0
    assert stand_in.plans[1].overwrite


def test_a_study_has_a_reader(softcam, stand_in, args, tmp_path):
    Study.open(tmp_path / "s.softcam").close()
    args[args.index("--data") + 1] = tmp_path / "s.softcam"
    assert softcam(*args, "--reader", "union").code == 0
    assert stand_in.plans[0].reader == "union"
    done = softcam(*args, "--split", "test")
    assert done.code == 2
    assert "A study has no splits" in done.err


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--metrics", "ap,nonsense"], "nonsense"),
        (["--methods", "lime"], "lime"),
        (["--split", "dev"], "'dev' is none of auto"),
        (["--score", "sum"], "'sum' is none of mean"),
        (["--deletion-images", "some"], "'some' is none of correct"),
        (["--reader", "anna"], "A table has no readers"),
        (["--resume", "--overwrite"], "exclude each other"),
        (["--k", "0"], "at least 1"),
        (["--k", "many"], "--k"),
        (["--box-threshold", "1"], "share"),
        (["--resamples", "5"], "100 resamples"),
        (["--device", "gpu"], "gpu"),
        (["--engine", "jax"], "jax"),
        (["--no-such-option"], "no-such-option"),
    ],
)
def test_wrong_usage_is_exit_2_and_starts_nothing(softcam, stand_in, args, more, said):
    done = softcam(*args, *more)
    assert done.code == 2
    assert said in " ".join(done.err.replace("│", " ").split())
    assert stand_in.plans == []


@pytest.mark.parametrize("missing", ["--data", "--out"])
def test_data_and_a_folder_are_needed(softcam, stand_in, args, missing):
    place = args.index(missing)
    assert softcam(*args[:place], *args[place + 2 :]).code == 2


def test_json_gives_a_row_for_each_result(softcam, stand_in, args):
    done = softcam(*args, "--json")
    assert done.code == 0
    assert len(done.lines) == 7
    assert done.lines[0] == {
        "model": "net",
        "method": "evidence",
        "metric": "activation_precision",
        "value": 0.125,
        "ci_low": 0.1,
        "ci_high": 0.15,
        "n": 3,
        "undefined": 1,
    }
    assert done.lines[1]["value"] is None
    assert done.lines[2]["ci_low"] is None
    assert "NaN" not in done.out


def test_a_person_gets_a_table_by_metric(softcam, stand_in, args):
    done = softcam(*args)
    assert done.out.splitlines() == [
        "Accuracy (higher is better)",
        "  model  method  value  95% interval    images  undefined",
        "  net    -       0.750  0.500 to 1.000  4       0",
        "Activation precision (higher is better)",
        "  model  method    value  95% interval    images  undefined",
        "  net    evidence  0.125  0.100 to 0.150  3       1",
        "  net    random    -                      0       4",
        "  box    gradcam   0.500                  4       0",
        "MaxBoxAccV2 (in %, higher is better)",
        "  model  method    value  95% interval  images  undefined",
        "  net    evidence  33.3   20.0 to 40.0  4       0",
        "  box    gradcam   10.0   5.0 to 20.0   4       0",
        "MaxBoxAccV2 at IoU 0.3 (in %, higher is better)",
        "  model  method    value  95% interval  images  undefined",
        "  net    evidence  50.0   20.0 to 60.0  4       0",
    ]


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        ({"notes": ("All 4 images are taken.",)}, 0),
        ({"failed": ("labels.csv, row 7: it is not there.",)}, 1),
        ({"problems": ("labels.csv, row 3: the mask is of another size.",)}, 1),
    ],
)
def test_what_is_to_be_said_goes_to_stderr(softcam, stand_in, args, outcome, code):
    stand_in.outcome |= outcome
    done = softcam(*args, "--json")
    assert done.code == code
    (sentence,) = next(iter(outcome.values()))
    said = done.err.splitlines()
    assert said[0] == f"softcam: {sentence}"
    assert f"4 images, {len(outcome.get('failed', ()))} of them failed" in said[-1]
    assert str(Path("out/report.html")) in said[-1]
    assert len(done.lines) == 7


def test_what_is_to_know_of_the_numbers_is_said_once(softcam, stand_in, args):
    stand_in.outcome["notes"] = ("All 4 images are taken.",)
    stand_in.summary.notes = ("All 4 images are taken.", "No image was occluded.")
    said = softcam(*args, "--json").err.splitlines()
    assert said[:2] == ["softcam: All 4 images are taken.", "softcam: No image was occluded."]
    assert len(said) == 3


def test_stopped_by_hand_it_says_how_to_go_on(softcam, stand_in, args):
    stand_in.stop = True
    done = softcam(*args)
    assert done.code == 1
    assert done.out == ""
    (line,) = done.err.splitlines()
    assert "--resume" in line


def test_of_several_processes_only_the_first_speaks(softcam, stand_in, args, monkeypatch):
    monkeypatch.setenv("RANK", "1")
    assert "Accuracy" in softcam(*args).out  # Alone, whatever else the variable is from.
    stand_in.plans.clear()
    stand_in.finished.clear()
    monkeypatch.setenv("WORLD_SIZE", "2")
    stand_in.outcome["failed"] = ("labels.csv, row 7: it is not there.",)
    done = softcam(*args)
    assert (done.code, done.out, done.err) == (0, "", "")
    assert len(stand_in.plans) == 1
    assert stand_in.finished == []
    stand_in.stop = True
    assert softcam(*args) == type(done)(1, "", "")
    monkeypatch.setenv("RANK", "0")
    stand_in.stop = False
    assert "Accuracy" in softcam(*args).out


STEPS = [
    Progress(0, 2000),
    Progress(1, 2000, 0, None),
    Progress(900, 2000, 2, 3000.2),
    Progress(1999, 2000, 2, 0.4),
    Progress(2000, 2000, 2, 0.0),
]


def test_where_nobody_watches_lines_say_how_far_it_is(softcam, stand_in, args, monkeypatch):
    stand_in.steps = STEPS
    done = softcam(*args)
    assert len(done.err.splitlines()) == 1
    monkeypatch.setattr(evaluate_progress, "EVERY_SECONDS", 0.0)
    said = softcam(*args).err.splitlines()
    assert said[:-1] == [
        "softcam: 0 of 2,000 images",
        "softcam: 1 of 2,000 images",
        "softcam: 900 of 2,000 images, 2 failed, about 51 min left",
        "softcam: 1,999 of 2,000 images, 2 failed, about 1 s left",
        "softcam: 2,000 of 2,000 images, 2 failed",
    ]


def test_a_bar_shows_the_time_left(softcam, stand_in, args, monkeypatch):
    stand_in.steps = STEPS[:3]
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("TERM", "xterm")
    done = softcam(*args, "--json")
    assert "900/2000" in done.err
    assert "about 51 min left" in done.err
    assert [json.loads(line)["model"] for line in done.out.splitlines()][:2] == ["net", "net"]


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.2, "1 s"), (59, "59 s"), (61, "2 min"), (3600, "1 h 0 min")]
)
def test_the_time_left_in_words(seconds, text):
    assert evaluate_progress._duration(seconds) == text
