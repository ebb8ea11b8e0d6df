"""Kill a program at a random moment of its work, again and again."""

import json
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable
from typing import Any

Said = list[dict[str, Any]]
Tell = Callable[..., None]


def killed(work: Callable[[Tell], object], wait: float) -> Said:
    """Fork, let the child work, and kill it.

    Args:
        work: what the child does; it never returns, and calls ``tell(name=value)``.
        wait: seconds from its first word to the kill.

    Returns:
        What it said, one entry for each call of ``tell``.
    """
    ear, mouth = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ear)
        try:
            work(lambda **what: os.write(mouth, (json.dumps(what) + "\n").encode()))
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(3)
    os.close(mouth)
    with os.fdopen(ear) as pipe:
        said = [pipe.readline()]
        time.sleep(wait)
        os.kill(child, signal.SIGKILL)
        said += pipe
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the program ended by itself"
    return [json.loads(line) for line in said if line.endswith("\n")]


def wait(random_: random.Random, longest: float) -> float:
    """Return a random time, short ones more often."""
    return random_.random() ** 2 * longest


def report(**counts: int) -> None:
    """Print what was found after one kill, for the test that started this program."""
    sys.stdout.write(json.dumps(counts) + "\n")
    sys.stdout.flush()


_FILE_EVENTS = ("open", "os.", "shutil.", "sqlite3.connect")


def killed_before(step: int, work: Callable[[], object]) -> bool:
    """Fork, and kill the child before it does something to a file for the ``step``-th time.

    Returns:
        False where it had done its work before that.
    """
    child = os.fork()
    if child == 0:
        left = step

        def count(event: str, _arguments: tuple[Any, ...]) -> None:
            nonlocal left
            if event.startswith(_FILE_EVENTS) and event != "os.kill":
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        try:
            sys.addaudithook(count)
            work()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(3)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the work failed"
    return os.WIFSIGNALED(status)
