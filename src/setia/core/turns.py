"""Who may write next. SQLite has one writer at a time and no queue for those who wait.

A worker whose transactions follow each other would be found at it whenever somebody else asks, and a request that
WhatsApp waits for must not wait behind a backlog. So whoever is in a hurry says so (`hurry`), and a worker leaves the
database alone between two transactions as long as somebody is, within bounds (`give_way`). The word is the time stamp
of a file beside the database: it costs a microsecond, every process sees it, and one that is killed leaves nothing to
be cleared up. PostgreSQL lets many write and needs none of this.
"""

import contextlib
import time
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection

# Between two transactions others get in for so long in any case.
LEAST_S: Final = 0.002
# Requests that came one after the other within this time are one rush …
RUSH_S: Final = 0.03
# … and a worker does one transaction at least so often in it.
MOST_S: Final = 0.15

# Whether this process is a worker, which gives way.
is_worker = False


def _stamp() -> Path:
    return Path(settings.HOME) / "hurry"


def hurry() -> None:
    """Say that somebody waits for a short write of this process."""
    if connection.vendor == "sqlite":
        with contextlib.suppress(OSError):  # it was a courtesy; the write happens all the same
            _stamp().touch()


def give_way() -> None:
    """Between two transactions of a worker: let those in who are in a hurry; elsewhere nothing happens."""
    if not is_worker or connection.vendor != "sqlite":
        return
    time.sleep(LEAST_S)
    for _ in range(int(MOST_S / LEAST_S) - 1):
        if not _is_rush():
            return
        time.sleep(LEAST_S)


def _is_rush() -> bool:
    try:
        return abs(time.time() - _stamp().stat().st_mtime) < RUSH_S
    except OSError:
        return False
