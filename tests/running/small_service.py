"""A service whose parts only write down that they live, for the tests of `setia.service`.

Usage: small_service.py FOLDER. Every start of a part adds a line with its process id to FOLDER/<part>.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import django

django.setup()

from setia import service  # noqa: E402

FOLDER = Path(sys.argv[1])
service.FIRST_RESTART_SECONDS = 0.05


def living(name: str, then: Callable[[], object]) -> service.Part:
    def run() -> None:
        with (FOLDER / name).open("a") as book:
            book.write(f"{os.getpid()}\n")
        then()

    return service.Part(name, run, once=name.startswith("once"))


def stubborn() -> None:
    """Ends in its own time: it heard the signal and puts its things away first."""

    def tidy(*_: object) -> None:
        (FOLDER / "tidied").touch()
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, tidy)
    (FOLDER / "listening").touch()
    while True:
        signal.pause()


def broken() -> None:
    raise ValueError("no flour")


service.run(
    [
        living("steady", signal.pause),
        living("tidy", stubborn),
        living("broken", broken),
        living("once-done", lambda: None),
        living("once-broken", broken),
    ]
)
(FOLDER / "ended").touch()
