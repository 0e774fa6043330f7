"""Somebody answered when they were asked, and was not content: hear them, before it becomes a habit to stay away."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.care import events as verbs
from setia.care.models import Answer, Form
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.orders import events as order_events
from setia.today.models import Phase
from setia.today.rules import Candidate
from setia.today.sources.words import CHANCES, speaking_to

KIND = "survey"
PHASE = Phase.RETAIN
LABEL = gettext_lazy("Was not content")
WAKES = CHANCES | {verbs.ANSWERED, verbs.COMPLAINT_OPENED, order_events.RATED}

LOOK_BACK_DAYS: Final = 7
# Of 5; of 10. What is lower than 3 of 5 is a complaint at once.
SO_SO, DETRACTS = 3, 6


def find(day: date, customer_id: int | None = None) -> Iterator[Candidate]:
    """The last answer of each in a week, where it is so-so and no complaint came of it."""
    since = datetime.combine(day - timedelta(days=LOOK_BACK_DAYS), time.min, tzinfo=current_shop().zone)
    low = Q(form=Form.CSAT, score__lte=SO_SO) | Q(form=Form.NPS, score__lte=DETRACTS)
    rows = Answer.objects.filter(low, at__gte=since, complaint=None, customer__archived_at=None, customer__isnull=False)
    if customer_id is not None:
        rows = rows.filter(customer_id=customer_id or None)
    latest = {row.customer_id: row for row in rows.select_related("customer").order_by("at", "pk")}
    zone = current_shop().zone
    for row in latest.values():
        on = row.at.astimezone(zone).date()
        yield Candidate(
            key=f"{KIND}:{row.pk}",
            customer_id=row.customer_id,
            facts={"form": row.form, "score": row.score, "on": on.isoformat(), "words": bool(row.text)},
            draft=_draft(row.customer),
            weight=0.6,
            lasts_days=LOOK_BACK_DAYS + 1 - (day - on).days,
        )


def _draft(customer: Customer) -> str:
    with speaking_to(customer) as name:
        return _("%(name)s, thank you for telling us honestly. What should we do better next time?") % {"name": name}


def reason(facts: dict[str, Any], customer: Customer) -> str:
    """What they gave, and when."""
    told = {"score": facts["score"], "day": date_format(date.fromisoformat(facts["on"]), "j M")}
    if facts["form"] == Form.NPS:
        said = _("Gave %(score)s of 10 on %(day)s when asked whether they would tell others.") % told
    else:
        said = _("Gave %(score)s of 5 on %(day)s when asked how it was.") % told
    return _("%(said)s Their words stand under Satisfaction.") % {"said": said} if facts["words"] else said
