"""Write down what finding customers costs, and the rules by which it is judged."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from setia.core import clock, events
from setia.core.errors import DomainError
from setia.customers.models import Source
from setia.promotions import events as verbs
from setia.promotions.models import Bazaar, InviteRules, Spending, SpendingKind, Thanks
from setia.promotions.queries.spending import rules_now
from setia.promotions.rules.spending import time_costs
from setia.shops.models import Member

_RULES = frozenset(
    {
        *("reward", "points", "variant_id", "amount", "thank_teller", "welcome_friend", "every_months"),
        *("margin_percent", "hour_costs"),
    }
)


@transaction.atomic
def spend(
    *,
    source: str,
    kind: str,
    spent_on: date,
    amount: int | None = None,
    minutes: int | None = None,
    bazaar: Bazaar | None = None,
    label: str = "",
    by: Member | None = None,
) -> Spending:
    """Money, or own time in `minutes` (worth what an hour costs by the rules of now), spent on a source.

    Raises DomainError (fields `source`, `kind`, `amount`) for what is not in the lists, and for neither money nor time.
    """
    if source not in Source.values:
        raise DomainError(_("Choose one of the list."), code="source", field="source")
    if kind not in SpendingKind.values:
        raise DomainError(_("Choose one of the list."), code="kind", field="kind")
    if not amount and minutes:
        amount = time_costs(minutes, rules_now().hour_costs)
    if not amount or amount < 0:
        raise DomainError(_("Write the amount, or how long it took."), code="amount", field="amount")
    row = Spending.objects.create(
        source=source,
        kind=kind,
        bazaar=bazaar,
        label=" ".join(label.split())[:120],
        amount=amount,
        minutes=minutes or None,
        spent_on=spent_on,
        by=by,
    )
    _record(row, "noted")
    return row


@transaction.atomic
def take_out(*, spending: Spending) -> bool:
    """It was a slip: not counted any more. False when it was out already."""
    changed = Spending.objects.filter(pk=spending.pk, removed_at=None).update(removed_at=clock.now())
    if changed:
        _record(spending, "taken out")
    return bool(changed)


@transaction.atomic
def put_back(*, spending: Spending) -> bool:
    """Count it again. False when it was counted."""
    changed = Spending.objects.filter(pk=spending.pk).exclude(removed_at=None).update(removed_at=None)
    if changed:
        _record(spending, "put back")
    return bool(changed)


def _record(row: Spending, change: str) -> None:
    data = {"change": change, "source": row.source, "kind": row.kind, "amount": row.amount, "bazaar": row.bazaar_id}
    events.record(verbs.SPENT, subject=row, data=data)


@transaction.atomic
def change_rules(**changes: Any) -> InviteRules:
    """Change the owner's rules for inviting. Raises DomainError for a box without a variant, or nothing off."""
    if unknown := set(changes) - _RULES:
        raise TypeError(f"Not a rule for inviting: {sorted(unknown)}")
    rules, _new = InviteRules.objects.select_for_update().get_or_create()
    for name, value in changes.items():
        setattr(rules, name, value)
    if rules.reward == Thanks.DISCOUNT and not rules.amount:
        raise DomainError(_("Write how much is taken off."), code="amount", field="amount")
    if rules.margin_percent > 100:
        raise DomainError(_("A share is between 0 and 100."), code="margin", field="margin_percent")
    rules.save()
    events.record(verbs.INVITE_RULES_CHANGED, subject=rules, data={"fields": sorted(changes)})
    return rules
