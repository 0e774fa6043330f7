"""How much of each product the coming days will ask for.

Sales of a day are negative binomial around level x weekday x calendar. The shop's own past decides whether this beats
simply repeating the same weekdays; where it does not, that is what is used.

    from setia.insight import demand

    ahead = demand.forecast(sales, first_weekday=0, horizon=14, events=events, owner={1: 2.5})
    ahead.quantiles[0.8]      # (products, days): enough on four days of five
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from setia.insight.arrays import Floats, Ints
from setia.insight.demand.counts import quantiles
from setia.insight.demand.model import CLOSED, ORDINARY, SAME_WEEKDAYS, Model, learn, same_weekday_mean

__all__ = ["CLOSED", "ORDINARY", "Backtest", "Forecast", "Score", "backtest", "forecast"]

SHARES = (0.5, 0.8, 0.9)
METHODS = ("model", "same weekdays", "last week")
SHORTEST = 28  # days of history a back-test leaves to learn from


@dataclass(frozen=True, eq=False)
class Forecast:
    """mean (products, days ahead); quantiles: the same shape per share; `method` used; `model` behind it."""

    mean: Floats
    quantiles: dict[float, Floats]
    method: str
    model: Model


@dataclass(frozen=True)
class Score:
    """Errors relative to the in-sample error of "the same as a week ago": below 1 is better than that.

    mase: mean absolute error of the median; pinball: mean over the shares; both averaged over products.
    """

    mase: float
    pinball: float


@dataclass(frozen=True)
class Backtest:
    """Scores per method (`METHODS`), the number of forecasts behind them, and the method that did best."""

    scores: dict[str, Score]
    origins: int
    best: str


@dataclass(frozen=True, eq=False)
class _History:
    sales: Floats
    weekday: Ints
    event: Ints  # of the history and the days ahead
    owner: Floats

    def until(self, day: int, ahead: int) -> "_History":
        """The history as it was known on the morning of `day`."""
        return _History(self.sales[:, :day], self.weekday[: day + ahead], self.event[: day + ahead], self.owner)


def forecast(
    sales: ArrayLike,
    first_weekday: int,
    horizon: int,
    *,
    events: ArrayLike | None = None,
    owner: Mapping[int, float] | None = None,
    preorders: ArrayLike | None = None,
    shares: Sequence[float] = SHARES,
    method: str | None = None,
) -> Forecast:
    """Forecast the `horizon` days after the history.

    sales: (products, days) sold on consecutive days, NaN where a product was not on sale; first_weekday: 0-6, of the
    first day; events: a class per day of history and horizon, `ORDINARY` (0), `CLOSED` (-1), or 1, 2, ... for the kinds
    of event; owner: multiplier expected for a class (default 1); preorders: (products, horizon) already ordered, a
    floor under mean and quantiles; method: one of `METHODS`, default the one a back-test on this history prefers.
    """
    history = _read(sales, first_weekday, horizon, events, owner)
    if method is None:
        method = _backtest(history, horizon=min(max(horizon, 1), 14), shares=SHARES).best
    elif method not in METHODS:
        raise ValueError(f"method must be one of {', '.join(METHODS)}.")
    result = _forecast(history, horizon, shares, method)
    if preorders is None:
        return result
    floor = np.asarray(preorders, dtype=float)
    if floor.shape != result.mean.shape or not ((floor >= 0).all() and np.isfinite(floor).all()):
        raise ValueError("preorders must hold one number, zero or more, per product and day ahead.")
    raised = {share: np.maximum(values, floor) for share, values in result.quantiles.items()}
    return Forecast(np.maximum(result.mean, floor), raised, result.method, result.model)


def backtest(
    sales: ArrayLike,
    first_weekday: int,
    *,
    events: ArrayLike | None = None,
    owner: Mapping[int, float] | None = None,
    horizon: int = 14,
    origins: int = 4,
) -> Backtest:
    """Forecast the last `origins` stretches of `horizon` days, each from what was known before it, and compare.

    `events` covers the history here. Needs 28 days before the first stretch; with less there is no score, and the model
    (which needs no history to be reasonable) is kept.
    """
    history = _read(sales, first_weekday, 0, events, owner)
    return _backtest(history, horizon=horizon, origins=origins)


def _backtest(history: _History, *, horizon: int, origins: int = 4, shares: Sequence[float] = SHARES) -> Backtest:
    days = history.sales.shape[1]
    starts = [start for start in range(days - origins * horizon, days, horizon) if start >= SHORTEST]
    sums = {method: np.zeros(2) for method in METHODS}
    counted = 0
    for start in starts:
        past, actual = history.until(start, horizon), history.sales[:, start : start + horizon]
        scale = _scale(past.sales)
        asked = np.isfinite(actual) & (scale > 0)[:, None] & (history.event[start : start + horizon] != CLOSED)
        counted += int(asked.sum())
        if not asked.any():
            continue
        model = learn(past.sales, past.weekday[:start], past.event[:start], past.owner)
        for method in METHODS:
            found = _forecast(past, horizon, (*shares, 0.5), method, model)
            errors = [np.abs(actual - found.quantiles[0.5])]
            errors += [np.mean([_pinball(share, actual, found.quantiles[share]) for share in shares], axis=0)]
            unit = np.where(scale > 0, scale, 1.0)[:, None]
            sums[method] += [float((error / unit)[asked].sum()) for error in errors]
    if not counted:
        return Backtest({}, 0, "model")
    scores = {method: Score(*(total / counted).tolist()) for method, total in sums.items()}
    best = min(METHODS, key=lambda method: scores[method].pinball)
    return Backtest(scores, len(starts), best)


def _forecast(
    history: _History, horizon: int, shares: Sequence[float], method: str, model: Model | None = None
) -> Forecast:
    days = history.sales.shape[1]
    weekday, event = history.weekday[:days], history.event[:days]
    ahead, coming = history.weekday[days:], history.event[days:]
    model = model or learn(history.sales, weekday, event, history.owner)
    if method == "model":
        mean = model.mean(ahead, coming)
    else:
        count = SAME_WEEKDAYS if method == "same weekdays" else 1
        mean = same_weekday_mean(history.sales, weekday, event, ahead, count)
        mean = np.where(coming == CLOSED, 0.0, mean * model.multiplier[:, np.maximum(coming, ORDINARY)])
    found = quantiles(shares, mean, model.dispersion[:, None])
    return Forecast(mean, dict(zip(shares, found, strict=True)), method, model)


def _pinball(share: float, actual: Floats, predicted: Floats) -> Floats:
    short = actual - predicted
    loss: Floats = np.maximum(share * short, (share - 1) * short)
    return loss


def _scale(sales: Floats) -> Floats:
    """Mean absolute change against the same weekday a week before, per product; 0 where there is none."""
    change = np.abs(sales[:, 7:] - sales[:, :-7])
    known = np.isfinite(change)
    scale: Floats = np.where(known, change, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    return scale


def _read(
    sales: ArrayLike, first_weekday: int, horizon: int, events: ArrayLike | None, owner: Mapping[int, float] | None
) -> _History:
    sold = np.asarray(sales, dtype=float)
    if sold.ndim != 2:
        raise ValueError("sales must be a table: one row per product, one column per day.")
    if np.isinf(sold).any() or (sold < 0).any():
        raise ValueError("Sales must be zero or more, or NaN where a product was not on sale.")
    if first_weekday not in range(7) or horizon < 0:
        raise ValueError("first_weekday must be 0 to 6 and horizon zero days or more.")
    days = sold.shape[1] + horizon
    event = np.zeros(days, np.int32) if events is None else np.asarray(events)
    if event.shape != (days,) or event.dtype.kind not in "iu" or event.min(initial=0) < CLOSED:
        raise ValueError("events must hold a whole number from -1 per day of the history and of the horizon.")
    guesses = owner or {}
    if not all(kind >= 1 and 0 < guess < np.inf for kind, guess in guesses.items()):
        raise ValueError("owner must give a positive multiplier for event classes from 1 on.")
    multiplier = np.ones(1 + max(int(event.max(initial=0)), *guesses, 0))
    for kind, guess in guesses.items():
        multiplier[kind] = guess
    weekday = ((first_weekday + np.arange(days)) % 7).astype(np.int32)
    return _History(sold, weekday, event.astype(np.int32), multiplier)
