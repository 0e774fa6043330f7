"""What the measurements share: a home of their own, percentiles, a second process, one way of printing."""

import multiprocessing
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CUSTOMERS = int(os.environ.get("BENCH_CUSTOMERS", "100000"))


@contextmanager
def home() -> Iterator[Path]:
    """Django on a SQLite database in a home of its own, gone at the end.

    With BENCH_HOME the home is that folder and stays: the next measurement finds the shops that are in it.
    """
    kept = os.environ.get("BENCH_HOME")
    folder = Path(kept) if kept else Path(tempfile.mkdtemp(prefix="setia-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        set_up(folder)
        yield folder
    finally:
        if not kept:
            shutil.rmtree(folder, ignore_errors=True)


def set_up(folder: Path) -> None:
    """Django in this process, with the tables in `folder`."""
    set_up_without_tables(folder)
    from setia import prepare

    prepare.all_of_it()


def set_up_without_tables(folder: Path) -> None:
    """Django in this process, for what asks no database (making the tables takes half a minute)."""
    os.environ |= {"SETIA_HOME": str(folder), "SETIA_MODE": "development", "DJANGO_SETTINGS_MODULE": "setia.settings"}
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import django

    django.setup()


def in_another_process(function: Callable[..., Any], *arguments: Any) -> Any:
    """What `function` (of a module, like its arguments) answers in a fresh process: its memory is its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(function, arguments)


def peak_mb() -> float:
    """The most memory this process ever held, in MB (10^6 bytes)."""
    # not getrusage: its figure is inherited from the process that started this one
    rows = Path("/proc/self/status").read_text().splitlines()
    return next(int(row.split()[1]) * 1024 / 1e6 for row in rows if row.startswith("VmHWM:"))


@dataclass(frozen=True)
class Times:
    """Milliseconds: half, and 19 of 20, took at most so long by the clock; and 19 of 20 by the processor alone."""

    p50: float
    p95: float
    cpu95: float

    def __str__(self) -> str:
        return f"p50 {self.p50:.1f}, p95 {self.p95:.1f} ms (CPU {self.cpu95:.1f})"


def measure(action: Callable[[int], Any], times: int) -> Times:
    """Time `action(n)` over `times` calls, after three that do not count."""
    for n in range(3):
        action(n)
    taken, worked = [], []
    for n in range(3, times + 3):
        start, cpu = time.perf_counter(), time.process_time()
        action(n)
        taken.append((time.perf_counter() - start) * 1000)
        worked.append((time.process_time() - cpu) * 1000)
    taken.sort()
    worked.sort()
    return Times(taken[times // 2], taken[int(times * 0.95)], worked[int(times * 0.95)])


def line(what: str, figure: str, budget: str = "", kept: bool | None = None) -> None:
    """One row of a report."""
    mark = "" if kept is None else "  kept" if kept else "  OVER"
    print(f"{what:<46}{figure:>30}" + (f"   budget {budget}{mark}" if budget else ""))
    sys.stdout.flush()
