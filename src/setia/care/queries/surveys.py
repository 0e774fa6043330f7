"""Reads of what was answered: scores with margins, trends, words; nothing under thirty answers."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import QuerySet

from setia.care.models import Answer, Ask, Complaint, Form, Source, Voice
from setia.care.rules import surveys as rules
from setia.core import clock
from setia.core.scope import current_shop
from setia.orders.models import Line, OrderChannel

# So many answers without a link in an hour are no longer customers.
MOST_AN_HOUR: Final = 60


def answers(form: str, days: int = 365) -> QuerySet[Answer]:
    """Answers to one form in the last days, latest first."""
    since = clock.now() - timedelta(days=days)
    rows = Answer.objects.filter(form=form, at__gte=since).select_related("customer", "order__taken_by")
    return rows.order_by("-at", "-pk")


def ask_by_id(pk: int | None) -> Ask | None:
    """What a link asks."""
    found: Ask | None = Ask.objects.select_related("customer", "order").filter(pk=pk).first()
    return found


def crowded() -> bool:
    """Whether somebody floods the public page."""
    since = clock.now() - timedelta(hours=1)
    return Answer.objects.filter(source=Source.PAGE, at__gte=since).count() >= MOST_AN_HOUR


def crowded_with_complaints() -> bool:
    """The same for complaints."""
    since = clock.now() - timedelta(hours=1)
    return Complaint.objects.filter(source=Source.PAGE, opened_at__gte=since).count() >= MOST_AN_HOUR // 3


def crowded_with_wishes() -> bool:
    """The same for suggestions."""
    since = clock.now() - timedelta(hours=1)
    return Voice.objects.filter(source=Source.PAGE, at__gte=since).count() >= MOST_AN_HOUR // 3


def found(form: str, days: int = 365) -> list[tuple[int, float, int]]:
    """What people find: (question, mean of 1 to 5, answers) of one form alone, questions with enough answers only."""
    given: dict[int, list[int]] = defaultdict(list)
    for items in answers(form, days).values_list("items", flat=True):
        for number, value in items.items():
            if value[1] is not None:
                given[int(number)].append(value[1])
    return [(number, sum(v) / len(v), len(v)) for number, v in sorted(given.items()) if len(v) >= rules.FEWEST]


def of_form(form: str, days: int = 365) -> rules.Score | None:
    """CSAT or NPS of the last days."""
    scores = [score for score in answers(form, days).values_list("score", flat=True) if score is not None]
    return rules.csat(scores) if form == Form.CSAT else rules.nps(scores)


def words(form: str, days: int = 365, limit: int = 30) -> list[Answer]:
    """Answers with words, latest first."""
    return list(answers(form, days).exclude(text="")[:limit])


@dataclass(frozen=True)
class Row:
    """A part of the answers: its name, its score, how many of each face (5 to 1)."""

    label: str
    score: rules.Score
    faces: tuple[int, ...]


def _rows(pairs: Iterable[tuple[Hashable, int]], named: Callable[[Hashable], str]) -> list[Row]:
    scores: dict[Hashable, list[int]] = defaultdict(list)
    for key, score in pairs:
        scores[key].append(score)
    found = []
    for key, values in scores.items():
        score = rules.csat(values)
        assert score is not None
        found.append(Row(named(key), score, tuple(values.count(face) for face in range(5, 0, -1))))
    return sorted(found, key=lambda row: (-row.score.n, row.label))


def by_month(months: int = 12) -> list[tuple[date, rules.Score]]:
    """CSAT month by month, oldest first."""
    zone = current_shop().zone
    scores: dict[date, list[int]] = defaultdict(list)
    for at, score in answers(Form.CSAT, 31 * months).values_list("at", "score"):
        scores[at.astimezone(zone).date().replace(day=1)].append(score)
    rows = [(month, rules.csat(values)) for month, values in sorted(scores.items())]
    return [(month, score) for month, score in rows if score is not None]


def by_channel(days: int = 365) -> list[Row]:
    """CSAT by where the order came from; answers without an order have none."""
    rows = answers(Form.CSAT, days).exclude(order=None).values_list("order__channel", "score")
    return _rows(rows, lambda key: str(OrderChannel(key).label))


def by_staff(days: int = 365) -> list[Row]:
    """CSAT by who took the order."""
    rows = answers(Form.CSAT, days).exclude(order__taken_by=None).values_list("order__taken_by__name", "score")
    return _rows(rows, str)


def by_product(days: int = 365) -> list[Row]:
    """CSAT by what was in the order; an answer counts for each thing once."""
    scores = dict(answers(Form.CSAT, days).exclude(order=None).values_list("order_id", "score"))
    lines = Line.objects.filter(order_id__in=scores).exclude(label="").values_list("order_id", "label").distinct()
    return _rows(((label, scores[order]) for order, label in lines), str)


@dataclass(frozen=True)
class Servqual:
    """Gaps by dimension with their weights, the weighted gap, and from how many people."""

    rows: list[tuple[str, rules.Gap, float]]
    weighted: float | None
    n: int

    @property
    def enough(self) -> bool:
        """Whether figures may be shown."""
        return self.n >= rules.FEWEST


def servqual(days: int = 365) -> Servqual:
    """The long form alone. The short one asks other questions of fewer dimensions and nobody's hopes, so its answers
    would move a mean that they do not belong to (see `found`)."""
    rows = list(answers(Form.FULL, days).values_list("items", "weights"))
    gaps = {name: gap for name, gap in rules.gaps([items for items, _ in rows]).items() if gap.n >= rules.FEWEST}
    by = rules.weights([weights for _, weights in rows])
    return Servqual([(name, gap, by[name]) for name, gap in gaps.items()], rules.weighted_gap(gaps, by), len(rows))
