"""Pure arithmetic of satisfaction: CSAT, NPS and SERVQUAL, each with what may be said about it.

Formulas: CSAT% = answers of 4 and 5 / all × 100. NPS = % of 9–10 − % of 0–6, with the 95 % margin
1.96 · sqrt((p + d − (p − d)²) / n) · 100. SERVQUAL (Parasuraman, Zeithaml, Berry 1988): gap = perception − expectation,
a dimension is the mean over its questions and over people, the weighted gap is the sum of weight × gap by dimension.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

# With fewer answers a score is about chance: counts and words are shown instead.
FEWEST: Final = 30
Z: Final = 1.96
# How long one person is left alone after a question.
REST_DAYS: Final = 60
# At or below this a complaint is opened.
LOW: Final = 2

# Questions of the twenty-two by dimension, and the five of the short form.
DIMENSIONS: Final[Mapping[str, tuple[int, ...]]] = {
    "tangibles": (1, 2, 3, 4),
    "reliability": (5, 6, 7, 8, 9),
    "responsiveness": (10, 11, 12, 13),
    "assurance": (14, 15, 16, 17),
    "empathy": (18, 19, 20, 21, 22),
}
SHORT: Final = (6, 5, 11, 16, 18)
PREMISES: Final = (1, 3, 4, 23, 24, 25)


@dataclass(frozen=True)
class Score:
    """A figure with its 95 % margin (same unit), from `n` answers. `enough`: whether the figure may be shown."""

    value: float
    margin: float
    n: int

    @property
    def enough(self) -> bool:
        """At least `FEWEST` answers."""
        return self.n >= FEWEST


def csat(scores: Sequence[int]) -> Score | None:
    """Percent of the satisfied (4 or 5) among scores of 1 to 5, with Wald's margin in points; None without any."""
    if any(not 1 <= score <= 5 for score in scores):
        raise ValueError("A satisfaction lies between 1 and 5.")
    if not scores:
        return None
    n = len(scores)
    share = sum(score >= 4 for score in scores) / n
    return Score(100 * share, 100 * Z * sqrt(share * (1 - share) / n), n)


def nps(scores: Sequence[int]) -> Score | None:
    """Net promoter score (−100…100) of answers of 0 to 10, with its margin in points; None without any."""
    if any(not 0 <= score <= 10 for score in scores):
        raise ValueError("A recommendation lies between 0 and 10.")
    if not scores:
        return None
    n = len(scores)
    promoters, detractors = sum(score >= 9 for score in scores) / n, sum(score <= 6 for score in scores) / n
    net = promoters - detractors
    return Score(100 * net, 100 * Z * sqrt(max(0.0, promoters + detractors - net * net) / n), n)


Items = Mapping[str, Sequence[int | None]]


@dataclass(frozen=True)
class Gap:
    """One dimension: what people hope for (None when nobody was asked), what they find, and the difference."""

    expectation: float | None
    perception: float
    n: int

    @property
    def gap(self) -> float | None:
        """Perception − expectation: below zero falls short of what is hoped for."""
        return None if self.expectation is None else self.perception - self.expectation


def gaps(answers: Sequence[Items]) -> dict[str, Gap]:
    """Dimension by dimension: means over its questions of each person, then over people.

    An answer is {question: [expectation or None, perception]}. Only people with both count for a gap; where nobody
    told an expectation, only the perception is known.
    """
    found: dict[str, Gap] = {}
    for name, questions in DIMENSIONS.items():
        both: list[tuple[float, float]] = []
        seen: list[float] = []
        for items in answers:
            rows = [items[str(number)] for number in questions if str(number) in items]
            told = [row[1] for row in rows if row[1] is not None]
            if told:
                seen.append(sum(told) / len(told))
            pairs = [(row[0], row[1]) for row in rows if row[0] is not None and row[1] is not None]
            if pairs:
                both.append((sum(e for e, _p in pairs) / len(pairs), sum(p for _e, p in pairs) / len(pairs)))
        if both:
            n = len(both)
            found[name] = Gap(sum(e for e, _p in both) / n, sum(p for _e, p in both) / n, n)
        elif seen:
            found[name] = Gap(None, sum(seen) / len(seen), len(seen))
    return found


def weights(given: Sequence[Mapping[str, int]]) -> dict[str, float]:
    """The weight of each dimension (they sum to 1): the mean of the points people spread; equal without any."""
    sums = dict.fromkeys(DIMENSIONS, 0.0)
    people = 0
    for one in given:
        total = sum(max(0, points) for name, points in one.items() if name in sums)
        if total:
            people += 1
            for name in sums:
                sums[name] += max(0, one.get(name, 0)) / total
    return {name: value / people if people else 1 / len(sums) for name, value in sums.items()}


def weighted_gap(found: Mapping[str, Gap], by: Mapping[str, float]) -> float | None:
    """Sum of weight × gap over the dimensions with a gap, weights brought to 1 among them; None without any."""
    known = [(by.get(name, 0.0), gap.gap) for name, gap in found.items() if gap.gap is not None]
    total = sum(weight for weight, _gap in known)
    return sum(weight * gap for weight, gap in known) / total if total else None
