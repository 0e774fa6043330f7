"""Satisfaction, counted at night: what people say when they are asked, and whether promises to them were kept."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import F, Q, QuerySet

from setia.care import queries as care
from setia.care.models import Answer, Complaint, ComplaintState, Form
from setia.care.rules import surveys
from setia.core.scope import current_shop
from setia.desk.reports import spans
from setia.desk.reports.spans import Span
from setia.orders.queries import sales as numbers
from setia.segments import queries as segments

GOOD: Final = 4
# Recommendations and complaints are few: they are told of a quarter.
QUARTER: Final = spans.WEEK * spans.POINTS


def count(today: date) -> dict[str, Any]:
    """Faces (1 to 5; 4 and 5 are content), recommendations, complaints answered in time, promises kept in time."""
    lately, quarter = spans.lately(today), spans.ending(today - timedelta(days=1), QUARTER)
    faces = [(day, score) for day, score in answered(Form.CSAT, quarter)]
    now = [score for day, score in faces if lately.since <= day <= lately.until]
    punctual = numbers.on_time(lately.since, lately.until)
    return {
        "good": sum(score >= GOOD for score in now),
        "of": len(now),
        "margin": _margin(surveys.csat(now)),
        "nps": _plain(surveys.nps([score for _day, score in answered(Form.NPS, quarter)])),
        "complaints": complaints(quarter),
        "kept": punctual.kept,
        "promises": punctual.of,
        "trend": [[week.until.isoformat(), *_sum(faces, week)] for week in spans.row(today, spans.WEEK)],
    }


def answered(form: str, span: Span) -> list[tuple[date, int]]:
    """The days on which people answered, and their scores."""
    zone = current_shop().zone
    rows = Answer.objects.filter(_at("at", span), form=form, score__isnull=False).order_by()
    return [(at.astimezone(zone).date(), score) for at, score in rows.values_list("at", "score")]


def complaints(span: Span) -> dict[str, int]:
    """Complaints whose time to answer ended in the span: how many, answered in time; asked, and content, afterwards."""
    rows = due_in(span)
    return {
        "of": rows.count(),
        "in_time": rows.filter(answered_at__lte=F("due_at")).count(),
        "asked": rows.filter(content__isnull=False).count(),
        "content": rows.filter(content=True).count(),
    }


def due_in(span: Span) -> QuerySet[Complaint]:
    """Complaints that were to be answered in the span, without those that were none."""
    return care.complaints().filter(_at("due_at", span)).exclude(state=ComplaintState.DROPPED).order_by()


def behind() -> list[Complaint]:
    """The complaints of which the page of the four objectives speaks, the latest first; none before the first night."""
    found = segments.report("objectives")
    if found is None:
        return []
    until = date.fromisoformat(found.data["until"])
    return list(due_in(spans.ending(until, QUARTER)).order_by("-due_at", "-pk"))


def _at(field: str, span: Span) -> Q:
    zone = current_shop().zone
    since, until = (spans.midnight(day, zone) for day in (span.since, span.until + timedelta(days=1)))
    return Q(**{f"{field}__gte": since, f"{field}__lt": until})


def _sum(faces: Iterable[tuple[date, int]], span: Span) -> tuple[int, int]:
    mine = [score for day, score in faces if span.since <= day <= span.until]
    return sum(score >= GOOD for score in mine), len(mine)


def _margin(score: surveys.Score | None) -> float:
    return round(score.margin, 1) if score else 0.0


def _plain(score: surveys.Score | None) -> dict[str, float]:
    return {"value": round(score.value, 1), "margin": round(score.margin, 1), "n": score.n} if score else {"n": 0}
