"""Somebody takes fewer tastes and comes less often than they used to: a taste of something new."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.care import queries as care
from setia.catalog import queries as catalog
from setia.core import clock
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.orders import events as order_events
from setia.today.models import Phase, Prompt, PromptState
from setia.today.rules import Candidate
from setia.today.sources import offers
from setia.today.sources.words import CHANCES, speaking_to

KIND = "bored"
PHASE = Phase.ENHANCE
LABEL = gettext_lazy("Something new")
WAKES = CHANCES | {order_events.PLACED, order_events.COMPLETED}
# Never two such messages to one person within this.
REST = timedelta(days=7)
MOST = 20


def find(day: date, customer_id: int | None = None) -> Iterator[Candidate]:
    """Those who seem bored and did not buy since; not who said no, nor who was written to like this within a week."""
    rows = [row for row in care.bored(customer_id) if row.last_on <= day][:MOST]
    ids = sorted(row.customer_id for row in rows)
    answers, resting = offers.answers(ids), _resting(ids)
    sold = {kind: catalog.sellable(kind=kind, day=day) for kind in ({row.customer.kind for row in rows})}
    for row in rows:
        state = answers.get(row.customer_id)
        if offers.refused(state):
            continue
        key = f"{KIND}:{row.customer_id}:{row.last_on:%Y%m%d}"
        if row.customer_id in resting and resting[row.customer_id] != key:
            continue
        new = care.something_new(row.customer, sold[row.customer.kind])
        if new is None:
            continue
        welcome = offers.welcome(state)
        yield Candidate(
            key=key,
            customer_id=row.customer_id,
            facts={
                "label": new.label,
                "before": row.variety_before,
                "now": row.variety_now,
                "gap": round(row.gap_before),
                "later": round(row.gap_now),
                "asked": welcome,
            },
            draft=_draft(row.customer, new.label) if welcome else "",
            weight=0.5 if welcome else 0.3,
            lasts_days=14,
        )


def _resting(ids: list[int]) -> dict[int, str]:
    """The key of the last such prompt that was sent or done within a week, by customer."""
    since = clock.now() - REST
    acted = Prompt.objects.filter(kind=KIND, customer_id__in=ids, state__in=(PromptState.SENT, PromptState.DONE))
    rows = acted.filter(acted_at__gte=since).order_by("acted_at").values_list("customer_id", "key")
    return dict(rows)


def _draft(customer: Customer, label: str) -> str:
    with speaking_to(customer) as name:
        text = _(
            "%(name)s, next time you come by %(shop)s there is a taste of %(label)s for you. We think you will like it!"
        )
        return text % {"name": name, "shop": current_shop().name, "label": label}


def reason(facts: dict[str, Any], customer: Customer) -> str:
    """What changed, and what to offer."""
    said = _(
        "Used to take about %(before)s tastes in three visits, now %(now)s; "
        "used to come every %(gap)s days, now %(later)s. "
        "Never tried %(label)s: give a taste."
    ) % {**facts, "before": round(facts["before"]), "now": round(facts["now"])}
    return said if facts["asked"] else f"{said} {offers.in_person()}"
