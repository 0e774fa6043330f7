"""The customer models beside lifetimes: speed, likelihood reached, memory.

    python -m bench.insight            # everything, several minutes: lifetimes is slow at a million customers
    python -m bench.insight small      # CDNOW and 100,000 customers only

Each figure comes from a fresh process with one BLAS thread; the two packages take turns, three rounds, median CPU time.
lifetimes gets float weeks, which it wants; setia gets whole days, which is what a shop stores, and checks and counts
them inside the measured time of the fit; predictions are for the customers of the fit, the chance of an order besides.
The data follow the model with known parameters (r .243, alpha 4.414, a .793, b 2.426).
Needs the development requirements.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

ROUNDS = 3
HORIZON = 39  # weeks
TRUE = (0.243, 4.414, 0.793, 2.426)
SHOPS = {  # customers, shortest and longest time watched in days
    "cdnow": None,
    "100k": (100_000, 189, 273),
    "1M": (1_000_000, 189, 273),
    "1M-2y": (1_000_000, 7, 728),
}
# what, data, least ratio we promise, repetitions in one process (setia, lifetimes)
WORK: list[tuple[str, str, float | None, tuple[int, int]]] = [
    ("fit", "cdnow", 30, (30, 3)),
    ("fit", "100k", None, (10, 1)),
    ("fit", "1M", 300, (3, 1)),
    ("fit-weighted", "1M", 25, (3, 1)),
    ("fit", "1M-2y", 120, (3, 1)),
    ("predict", "1M", 50, (3, 1)),
    ("predict", "1M-2y", 15, (3, 1)),
    ("spend", "cdnow", None, (30, 3)),
    ("spend", "1M", 80, (3, 1)),
]


# Beside pymc-marketing's MAP, once it has compiled.
PYMC_SHOPS: dict[str, float | None] = {"cdnow": 500, "100k": None, "1M": None}


def simulate(customers: int, shortest: int, longest: int, seed: int = 7) -> dict[str, Any]:
    """x, t_x, T in days and the mean spend of repeat orders, from BG/NBD and Gamma-Gamma."""
    dice = np.random.default_rng(seed)
    r, alpha, a, b = TRUE
    rate, stop = dice.gamma(r, 1 / alpha, customers) / 7, dice.beta(a, b, customers)
    watched = dice.integers(shortest, longest + 1, customers)
    count, last = np.zeros(customers, np.int32), np.zeros(customers)
    active, clock = np.arange(customers), np.zeros(customers)
    while len(active):
        clock = clock + dice.exponential(1, len(active)) / np.maximum(rate[active], 1e-300)
        here = clock < watched[active]
        active, clock = active[here], clock[here]
        count[active] += 1
        last[active] = clock
        stays = dice.random(len(active)) >= stop[active]
        active, clock = active[stays], clock[stays]
    t_x = np.where(count > 0, np.clip(np.ceil(last), 1, watched), 0)
    orders = np.maximum(count, 1)
    spend = dice.gamma(6.25 * orders) / dice.gamma(3.74, 1 / 15.44, customers) / orders
    return {
        "x": count,
        "t_x": t_x.astype(np.int32),
        "T": watched.astype(np.int32),
        "spend": np.where(count > 0, spend, 0),
    }


def cdnow() -> dict[str, Any]:
    """The published sample of 2,357 customers."""
    from bench.logs import cdnow as log
    from setia.insight.summary import summarise

    customer, day, amount = log("CDNOW_sample.txt")
    found = summarise(customer, day, amount, until=272)
    return {"x": found.x, "t_x": found.t_x, "T": found.T, "spend": found.repeat_mean}


def setia(what: str, data: Any, times: int) -> dict[str, Any]:
    """Median CPU milliseconds of one piece of work, and what came out."""
    from setia.insight import buying, value

    x, t_x, T, spend = (data[name] for name in ("x", "t_x", "T", "spend"))
    if what.startswith("fit"):
        taken, fit = timed(lambda: buying.fit(x, t_x, T, model="bg"), times)
        return {"ms": taken, "params": [fit.params.r, fit.params.alpha / 7, fit.params.a, fit.params.b]}
    if what == "predict":
        r, alpha, a, b = TRUE
        known = replace(buying.fit(x, t_x, T, model="bg"), params=buying.Params(r, 7 * alpha, a, b))
        taken, found = timed(lambda: known.outlook(7 * HORIZON), times)
        return {"ms": taken, "total": float(found.expected_purchases.sum())}
    taken, fitted = timed(lambda: value.fit(x, spend), times)
    return {"ms": taken, "params": list(fitted.params)}


def lifetimes(what: str, data: Any, times: int) -> dict[str, Any]:
    """The same work by lifetimes."""
    warnings.simplefilter("ignore")
    from lifetimes import BetaGeoFitter, GammaGammaFitter

    x, t_x, T, spend = data["x"].astype(float), data["t_x"] / 7, data["T"] / 7, data["spend"]
    if what == "fit":
        taken, fit = timed(lambda: BetaGeoFitter().fit(x, t_x, T), times)
        return {"ms": taken, "params": fit.params_.tolist()}
    if what == "fit-weighted":  # its best case: equal histories counted beforehand, at no cost
        table, weight = np.unique(np.array([x, t_x, T]), axis=1, return_counts=True)
        taken, fit = timed(lambda: BetaGeoFitter().fit(*table, weights=weight), times)
        return {"ms": taken, "params": fit.params_.tolist()}
    if what == "predict":
        known = BetaGeoFitter()
        known.params_ = dict(zip(("r", "alpha", "a", "b"), TRUE, strict=True))

        def both() -> Any:
            known.conditional_probability_alive(x, t_x, T)
            return known.conditional_expected_number_of_purchases_up_to_time(HORIZON, x, t_x, T)

        taken, found = timed(both, times)
        return {"ms": taken, "total": float(np.sum(found))}
    paid = x > 0
    taken, fitted = timed(lambda: GammaGammaFitter().fit(x[paid], spend[paid]), times)
    return {"ms": taken, "params": fitted.params_.tolist()}


def timed(work: Callable[[], Any], times: int) -> tuple[float, Any]:
    """Median CPU milliseconds of `work`, after one run that does not count if there are several, and its result."""
    taken, result = [], None
    for _ in range(times + (times > 1)):
        start = time.process_time()
        result = work()
        taken.append((time.process_time() - start) * 1000)
    return statistics.median(taken[1:] or taken), result


def one(what: str, shop: str, package: str, times: int, folder: str) -> None:
    """The child process: do the work once more and say what it took, as JSON."""
    with np.load(Path(folder) / f"{shop}.npz") as file:
        data = dict(file)
    result = {"setia": setia, "lifetimes": lifetimes}[package](what, data, times)
    status = Path("/proc/self/status").read_text()
    result["peak"] = int(status.split("VmHWM:")[1].split()[0]) / 1024
    print(json.dumps(result))


def likelihood(what: str, data: Any, params: list[float]) -> float:
    """Log-likelihood in weeks, by one reference function for both packages."""
    if what == "spend":
        from setia.insight.special import log_gamma

        x, mean = (data[name][data["x"] > 0] for name in ("x", "spend"))
        p, q, g = params
        value = log_gamma(p * x + q) - log_gamma(p * x) - log_gamma(q) + q * np.log(g)
        value += (p * x - 1) * np.log(mean) + p * x * np.log(x) - (p * x + q) * np.log(g + mean * x)
        return float(value.sum())
    from setia.insight.buying.histories import check
    from setia.insight.buying.likelihood import evaluate
    from setia.insight.buying.patterns import count, pack

    packed = pack(count(check(data["x"], data["t_x"] / 7, data["T"] / 7)), with_one_timers=False)
    return evaluate(np.log(params), packed, False)[0]


def compare(what: str, shop: str, gate: float | None, times: tuple[int, int], folder: str) -> None:
    """Both packages in turn, three rounds; one line of the report."""
    found: dict[str, list[dict[str, Any]]] = {"setia": [], "lifetimes": []}
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(["src", "."])}
    for _ in range(ROUNDS):
        for package, often in zip(found, times, strict=True):
            command = [sys.executable, "-m", "bench.insight", "one", what, shop, package, str(often), folder]
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
            found[package].append(json.loads(done.stdout.splitlines()[-1]))
    ours, theirs = (statistics.median(result["ms"] for result in found[package]) for package in found)
    peaks = [max(result["peak"] for result in found[package]) for package in found]
    ratio = theirs / ours
    kept = "" if gate is None else f"  gate {gate:g}x {'kept' if ratio >= gate else 'MISSED'}"
    print(f"{what:<13}{shop:<7}{ours:9.2f} ms{theirs:10.1f} ms{ratio:7.0f}x{peaks[0]:7.0f} MB{peaks[1]:6.0f} MB{kept}")
    if what == "predict":
        totals = [found[package][0]["total"] for package in found]
        print(f"{'':<20}total {totals[0]:.6f} and {totals[1]:.6f}")
    else:
        with np.load(Path(folder) / f"{shop}.npz") as file:
            values = [likelihood(what, dict(file), found[package][0]["params"]) for package in found]
        print(f"{'':<20}log-likelihood {values[0]:.4f} and {values[1]:.4f}")
    sys.stdout.flush()


def main(only_small: bool) -> None:
    """Make the data, compare, report."""
    wanted = [work for work in WORK if not (only_small and work[1].startswith("1M"))]
    print(f"{'CPU time':<20}{'setia':>12}{'lifetimes':>13}{'ratio':>8}{'peak':>10}")
    with tempfile.TemporaryDirectory(prefix="setia-bench-") as folder:
        for shop in {work[1] for work in wanted}:
            design = SHOPS[shop]
            np.savez(Path(folder) / f"{shop}.npz", **(cdnow() if design is None else simulate(*design)))
        for work in wanted:
            compare(*work, folder)
    with tempfile.TemporaryDirectory(prefix="setia-bench-") as folder:
        for shop, gate in PYMC_SHOPS.items():
            if not (only_small and shop.startswith("1M")):
                design = SHOPS[shop]
                np.savez(Path(folder) / f"{shop}.npz", **(cdnow() if design is None else simulate(*design)))
                against_pymc(shop, gate, folder)


def against_pymc(shop: str, gate: float | None, folder: str) -> None:
    """The same fit by pymc-marketing (MAP, warm), in turn with ours; it lives in an environment of its own.

    BENCH_PYMC names that environment's Python. Its priors pull a little, so the likelihood it reaches is lower.
    """
    python = os.environ.get("BENCH_PYMC", "")
    if not python:
        print(f"fit          {shop:<7}pymc-marketing was not compared: BENCH_PYMC names no Python that has it.")
        return
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(["src", "."])}
    ours: list[float] = []
    theirs: list[dict[str, Any]] = []
    for _ in range(ROUNDS):
        mine = [sys.executable, "-m", "bench.insight", "one", "fit", shop, "setia", "5", folder]
        done = subprocess.run(mine, env=environment, capture_output=True, text=True, check=True)
        ours.append(json.loads(done.stdout.splitlines()[-1])["ms"])
        other = [python, "bench/insight_pymc.py", str(Path(folder) / f"{shop}.npz")]
        done = subprocess.run(other, env=os.environ, capture_output=True, text=True, check=True)
        theirs.append(json.loads(done.stdout.splitlines()[-1]))
    mine_ms, their_ms = statistics.median(ours), statistics.median(one["ms"] for one in theirs)
    ratio, peak = their_ms / mine_ms, max(one["peak"] for one in theirs)
    kept = "" if gate is None else f"  gate {gate:g}x {'kept' if ratio >= gate else 'MISSED'}"
    figures = f"{mine_ms:9.2f} ms{their_ms:10.1f} ms{ratio:7.0f}x{'':>10}{peak:6.0f} MB{kept}"
    print(f"fit          {shop:<7}{figures}  (pymc-marketing)")


if __name__ == "__main__":
    if sys.argv[1:2] == ["one"]:
        one(*sys.argv[2:5], int(sys.argv[5]), sys.argv[6])
    else:
        main(sys.argv[1:] == ["small"])
