"""One service: web, worker and, in the demo, the emulator, started together and ended together.

Everything is imported once and the processes are forked, so that they share their memory. A process that dies is
started again; Ctrl-C or SIGTERM ends all of them, and none outlives the service.
"""

import contextlib
import ctypes
import gc
import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType

log = logging.getLogger(__name__)

GRACE_SECONDS = 10.0
# A process that dies again and again is started again ever more slowly; one that lived for a while begins anew.
FIRST_RESTART_SECONDS, SLOWEST_RESTART_SECONDS = 1.0, 30.0
HEALTHY_SECONDS = 60.0

ENDINGS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
# Linux: the signal a process gets when its parent is no more (prctl(2)).
_PR_SET_PDEATHSIG = 1


class PreparationFailed(RuntimeError):
    """What had to be in place first could not be made; the log says why."""


@dataclass
class Part:
    """One process of the service. `once`: it has a job to finish, and is not started again."""

    name: str
    run: Callable[[], object]
    once: bool = False
    pid: int = 0
    deaths: int = 0
    start_at: float = 0.0
    started_at: float = 0.0


def web(host: str, port: int) -> None:
    """Serve the pages until told to stop."""
    from granian.constants import Interfaces
    from granian.server import Server

    Server(
        "setia.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        log_enabled=False,
        websockets=False,
    ).serve()


def apart(job: Callable[[], object]) -> None:
    """Do a job in a process of its own and wait for it: the memory it needed does not stay with the service.

    Raises PreparationFailed when it failed.
    """
    pid = _start(Part("preparation", job))
    _pid, status = os.waitpid(pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise PreparationFailed("The preparation did not succeed; what went wrong stands above.")


def run(parts: list[Part]) -> None:
    """Start all parts, keep them running, end them together."""
    from django.db import connections

    ending = False

    def end(signum: int, frame: FrameType | None) -> None:
        nonlocal ending
        ending = True

    for number in ENDINGS:
        signal.signal(number, end)
    # Forked processes share what is here now; the collector must not touch (and so copy) it.
    connections.close_all()
    gc.collect()
    gc.freeze()
    while not ending:
        for part in parts:
            if not part.pid and time.monotonic() >= part.start_at:
                part.pid, part.started_at = _start(part), time.monotonic()
        _bury(parts)
        time.sleep(0.2)
    _end(parts)


def _start(part: Part) -> int:
    parent = os.getpid()
    # A signal between the fork and the child's own handling of it would be lost.
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS)
    pid = os.fork()
    if not pid:
        for number in ENDINGS:
            signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDINGS)
    if pid:
        return pid
    code = 1
    try:
        _end_with(parent)
        part.run()
        code = 0
    except SystemExit as done:
        code = done.code if isinstance(done.code, int) else 1
    except KeyboardInterrupt:
        code = 0
    except Exception:  # the child's last words; the parent starts it again
        log.exception("%s stopped.", part.name)
    finally:
        sys.stdout.flush()
        os._exit(code)


def _end_with(parent: int) -> None:
    """Let this process end when the service is killed outright; elsewhere than on Linux it would have to be ended."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            raise SystemExit(0)


def _bury(parts: list[Part]) -> None:
    """Note which processes ended, and when they may start again. One that ended well wanted to begin anew."""
    now = time.monotonic()
    for part in parts:
        if not part.pid:
            continue
        pid, status = os.waitpid(part.pid, os.WNOHANG)
        if pid:
            part.pid = 0
            if part.once:
                part.start_at = float("inf")
                continue
            if os.waitstatus_to_exitcode(status) == 0:
                part.start_at = now + FIRST_RESTART_SECONDS
                continue
            part.deaths = 1 if now - part.started_at > HEALTHY_SECONDS else part.deaths + 1
            wait = restart_after(part.deaths)
            part.start_at = now + wait
            log.warning("%s ended; starting it again in %.0f s.", part.name, wait)


def restart_after(deaths: int) -> float:
    """Seconds to wait after so many deaths in a row: 1, 2, 4 … and never more than half a minute."""
    return min(SLOWEST_RESTART_SECONDS, FIRST_RESTART_SECONDS * 2.0 ** min(deaths - 1, 10))


def _end(parts: list[Part]) -> None:
    running = [part for part in parts if part.pid]
    for part in running:
        _signal(part, signal.SIGTERM)
    give_up_at = time.monotonic() + GRACE_SECONDS
    while running and time.monotonic() < give_up_at:
        running = [part for part in running if not os.waitpid(part.pid, os.WNOHANG)[0]]
        time.sleep(0.05)
    for part in running:
        _signal(part, signal.SIGKILL)
        os.waitpid(part.pid, 0)


def _signal(part: Part, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(part.pid, number)
