"""The service keeps its parts running and ends them together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setia import service

ROOT = Path(__file__).parent.parent.parent


def until(true: Callable[[], object]) -> None:
    """Wait for something that is about to happen."""
    give_up_at = time.monotonic() + 30
    while not true():
        assert time.monotonic() < give_up_at, "it did not happen"
        time.sleep(0.02)


def lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


class Small:
    """The running service of `small_service.py`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }
        command = [sys.executable, str(Path(__file__).parent / "small_service.py"), str(folder)]
        self.process = subprocess.Popen(command, env=environment, stderr=(folder / "log").open("w"))

    def starts(self, name: str) -> list[int]:
        """Process ids of a part, one per start."""
        path = self.folder / name
        return [int(line) for line in path.read_text().split()] if path.exists() else []

    def pids(self) -> set[int]:
        return {pid for name in ("steady", "tidy", "broken", "once-done", "once-broken") for pid in self.starts(name)}


@pytest.fixture
def small(tmp_path) -> Iterator[Small]:
    made = Small(tmp_path)
    until(lambda: made.starts("steady") and (tmp_path / "listening").exists() and made.starts("once-broken"))
    yield made
    made.process.kill()
    made.process.wait()


def test_a_part_that_dies_is_started_again_and_others_are_not(small):
    [first] = small.starts("steady")
    os.kill(first, signal.SIGKILL)
    until(lambda: len(small.starts("steady")) == 2)
    until(lambda: len(small.starts("broken")) >= 4)
    assert len(small.starts("tidy")) == 1
    assert len(small.starts("once-done")) == len(small.starts("once-broken")) == 1, "their job is over"
    assert "no flour" in (small.folder / "log").read_text()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_end_it_ends_all_of_them(small, number):
    small.process.send_signal(number)
    assert small.process.wait(timeout=30) == 0
    assert (small.folder / "tidied").exists() and (small.folder / "ended").exists()
    assert not any(lives(pid) for pid in small.pids())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent was killed")
def test_killed_outright_it_leaves_nothing_behind(small):
    small.process.kill()
    small.process.wait()
    until(lambda: not any(lives(pid) for pid in small.pids()))
    assert (small.folder / "tidied").exists()


@given(st.integers(1, 10**9))
def test_waiting_grows_to_half_a_minute_and_never_fails(deaths):
    wait = service.restart_after(deaths)
    assert 1 <= wait <= 30 and wait <= service.restart_after(deaths + 1)


def test_who_lived_for_a_while_begins_anew(monkeypatch):
    monkeypatch.setattr(os, "waitpid", lambda pid, options: (pid, signal.SIGKILL))
    now = time.monotonic()
    long, short = (service.Part(name, print, pid=1, deaths=7) for name in ("long", "short"))
    long.started_at, short.started_at = now - 3600, now
    service._bury([long, short])
    assert (long.deaths, short.deaths) == (1, 8)
    assert long.start_at < short.start_at


def test_who_ended_well_begins_anew_without_having_died(monkeypatch, caplog):
    monkeypatch.setattr(os, "waitpid", lambda pid, options: (pid, 0))
    worker = service.Part("worker", print, pid=1, deaths=3, started_at=time.monotonic())
    service._bury([worker])
    assert (worker.pid, worker.deaths) == (0, 3) and not caplog.text
    assert worker.start_at - time.monotonic() <= service.FIRST_RESTART_SECONDS


def in_a_process_of_its_own(code: str) -> subprocess.CompletedProcess[str]:
    """Run a few lines where a fork copies no test runner."""
    return subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_preparing_happens_apart_and_tells_when_it_failed():
    prepared = in_a_process_of_its_own(
        "from setia import service; kept = []; service.apart(lambda: kept.append(1)); print(kept)"
    )
    assert prepared.stdout == "[]\n", prepared.stderr
    failed = in_a_process_of_its_own(
        """
from setia import service
try:
    service.apart(lambda: 1 / 0)
except service.PreparationFailed as error:
    print(error)
"""
    )
    assert "did not succeed" in failed.stdout and "ZeroDivisionError" in failed.stderr
