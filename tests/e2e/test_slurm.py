"""The SLURM example pauses where time runs out, queues itself again, and finishes then.

SLURM's own programs are replaced by little ones that do on this machine what they do there;
torchrun, the script and the training are real.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from softcam_core.training.status import read_status
from tests.core.training.conftest import make_toy
from tests.programs import ROOT

SCRIPT = ROOT / "docs" / "slurm" / "train.sbatch"

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="SLURM's scripts want bash")

# srun's own options end where the program begins; its process id is how SLURM would signal it.
SRUN = '#!/bin/bash\nwhile [[ $1 == -* ]]; do shift; done\necho $$ > srun.pid\nexec "$@"\n'
SCONTROL = '#!/bin/bash\necho "$@" >> scontrol.log\n[[ $1 == show ]] && echo 127.0.0.1\ntrue\n'


@pytest.fixture
def cluster(tmp_path: Path) -> dict[str, str]:
    """A folder of programs that stand for SLURM's, and the environment of a job."""
    programs = tmp_path / "bin"
    programs.mkdir()
    python = f'exec "{sys.executable}" -m'
    for name, text in {
        "srun": SRUN,
        "scontrol": SCONTROL,
        "torchrun": f'#!/bin/bash\n{python} torch.distributed.run "$@"\n',
        "softcam": f'#!/bin/bash\n{python} softcam_core.cli "$@"\n',
    }.items():
        (programs / name).write_text(text)
        (programs / name).chmod(0o755)
    return {
        **os.environ,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "SLURM_JOB_ID": str(os.getpid()),
        "SLURM_JOB_NAME": "toy",
        "SLURM_JOB_NODELIST": "node1",
        "SLURM_NNODES": "1",
        "SLURM_GPUS_ON_NODE": "2",
        "SLURM_CPUS_PER_TASK": "2",
    }


@pytest.mark.slow
def test_a_job_whose_time_is_over_queues_itself_again_and_finishes(tmp_path, cluster):
    make_toy(tmp_path / "toy")
    config = tmp_path / "toy.toml"
    config.write_text(
        "[data]\ncsv = 'toy/labels.csv'\nimage_size = 32\naugment = 'cxr'\n"
        "[model]\narch = 'shufflenet_v2_x0_5'\n"
        "[train]\nepochs = 40\nbatch_size = 4\nlr = 0.002\ndevice = 'cpu'\n"
    )
    run = tmp_path / "runs" / "toy"
    job = submit(tmp_path, cluster, config)
    wait_for_epoch(job, run, 1)
    os.kill(int((tmp_path / "srun.pid").read_text()), signal.SIGTERM)
    out, err = job.communicate(timeout=120)
    assert job.returncode != 0
    paused = read_status(run)
    assert paused is not None
    assert paused.state == "paused", err
    assert "goes on as soon as the queue lets it" in out
    log = (tmp_path / "scontrol.log").read_text().splitlines()
    assert log == ["show hostnames node1", f"requeue {os.getpid()}"]

    again = submit(tmp_path, cluster | {"SLURM_RESTART_COUNT": "1"}, config)
    out, err = again.communicate(timeout=240)
    assert again.returncode == 0, err
    finished = read_status(run)
    assert finished is not None
    assert (finished.state, finished.epoch) == ("finished", 40)
    assert (run / "best.safetensors").is_file()
    # Nothing more is queued.
    log = (tmp_path / "scontrol.log").read_text().splitlines()
    assert log[2:] == ["show hostnames node1"]


def test_the_script_is_bash_and_its_options_come_before_its_first_command():
    """SLURM reads no option that stands behind a command."""
    text = SCRIPT.read_text()
    assert subprocess.run(["bash", "-n", str(SCRIPT)], check=False).returncode == 0
    lines = [line for line in text.splitlines() if line]
    first = next(i for i, line in enumerate(lines) if not line.startswith("#"))
    assert sum(line.startswith("#SBATCH --") for line in lines[:first]) >= 10
    assert not any(line.startswith("#SBATCH") for line in lines[first:])


def submit(folder: Path, env: dict[str, str], config: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        ["bash", str(SCRIPT), str(config)],
        cwd=folder,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_for_epoch(job: subprocess.Popen[str], run: Path, epoch: int) -> None:
    give_up = time.monotonic() + 180
    while (status := read_status(run)) is None or status.epoch < epoch:
        assert job.poll() is None, job.communicate()
        assert time.monotonic() < give_up
        time.sleep(0.05)
