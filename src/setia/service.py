"""One service: web, worker and, in the demo, the emulator, started together and ended together.

Everything is imported once and the processes are forked, so that they share their memory. A process that dies is
started again; Ctrl-C or SIGTERM ends all of them.
"""

import contextlib
import gc
import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

log = logging.getLogger(__name__)

GRACE_SECONDS = 10.0
# A process that dies again and again is started again ever more slowly.
SLOWEST_RESTART_SECONDS = 30.0


@dataclass
class Part:
    """One process of the service. `once`: it has a job to finish, and is not started again."""

    name: str
    run: Callable[[], object]
    once: bool = False
    pid: int = 0
    deaths: int = 0
    start_at: float = field(default=0.0)


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

    Raises RuntimeError when it failed.
    """
    pid = _start(Part("preparation", job))
    _pid, status = os.waitpid(pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise RuntimeError("The preparation did not succeed; what went wrong stands above.")


def run(parts: list[Part]) -> None:
    """Start all parts, keep them running, end them together."""
    from django.db import connections

    ending = False

    def end(signum: int, frame: FrameType | None) -> None:
        nonlocal ending
        ending = True

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    # Forked processes share what is here now; the collector must not touch (and so copy) it.
    connections.close_all()
    gc.collect()
    gc.freeze()
    while not ending:
        for part in parts:
            if not part.pid and time.monotonic() >= part.start_at:
                part.pid = _start(part)
        _bury(parts)
        time.sleep(0.2)
    _end(parts)


def _start(part: Part) -> int:
    pid = os.fork()
    if pid:
        return pid
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    code = 1
    try:
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


def _bury(parts: list[Part]) -> None:
    """Note which processes ended, and when they may start again."""
    for part in parts:
        if part.pid and os.waitpid(part.pid, os.WNOHANG)[0]:
            part.pid = 0
            if part.once:
                part.start_at = float("inf")
                continue
            part.deaths += 1
            wait = min(SLOWEST_RESTART_SECONDS, 0.5 * 2**part.deaths)
            part.start_at = time.monotonic() + wait
            log.warning("%s ended; starting it again in %.0f s.", part.name, wait)


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
