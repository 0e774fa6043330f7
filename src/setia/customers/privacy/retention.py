"""How long whom the shop remembers: its rules, and the night that follows them."""

from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from setia.core import events, places
from setia.core.errors import DomainError
from setia.core.models import Event
from setia.core.scope import current_shop
from setia.customers import events as verbs
from setia.customers.models import BookRules, Customer
from setia.customers.privacy.erasing import TOLD, erase

# A night's work: the rest follows the next nights.
MOST_A_NIGHT: Final = 200
RULE_FIELDS: Final = frozenset({"regencies", "keep_contacts", "keep_buyers", "contact", "stored_at"})


def rules_of_shop() -> BookRules:
    """The rules of the open shop; the first are the house's: nothing is erased by itself."""
    return BookRules.objects.first() or BookRules(regencies=[])


@transaction.atomic
def change_rules(**changes: Any) -> BookRules:
    """Change some of `RULE_FIELDS`; records which. Raises DomainError for a regency that is not listed."""
    if unknown := set(changes) - RULE_FIELDS:
        raise TypeError(f"Not a rule of the book: {sorted(unknown)}")
    if strange := [name for name in changes.get("regencies", ()) if name not in places.regencies()]:
        raise DomainError(_("There are no districts of %(name)s here.") % {"name": strange[0]}, field="regencies")
    rules = BookRules.objects.select_for_update().first() or BookRules.objects.create()
    changed = [name for name, value in changes.items() if getattr(rules, name) != value]
    for name in changed:
        setattr(rules, name, changes[name])
    if changed:
        rules.save(update_fields=changed)
        events.record(verbs.BOOK_RULES, subject=rules, data={"fields": sorted(changed)})
    return rules


def months_ago(day: date, months: int) -> date:
    """The same day so many months before, or the last of that month."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError(day)


def would_forget(limit: int = MOST_A_NIGHT) -> list[Customer]:
    """Whom the rules let go tonight: nothing was heard of them, and nothing bought, for as long as the rules say."""
    rules, today = rules_of_shop(), current_shop().today()
    found: dict[int, Customer] = {}
    bought = set[int]().union(*(told(None) for told in TOLD.bought_since))
    for months, buyers in ((rules.keep_contacts, False), (rules.keep_buyers, True)):
        if not months:
            continue
        since = months_ago(today, months)
        start = datetime.combine(since, datetime.min.time(), tzinfo=current_shop().zone)
        lately = set[int]().union(*(told(since) for told in TOLD.bought_since))
        quiet = Customer.objects.filter(created_at__lt=start, erased_at=None, merged_into=None).order_by(
            "created_at", "pk"
        )
        heard = set(
            Event.objects.filter(at__gte=start, customer_id__isnull=False)
            .values_list("customer_id", flat=True)
            .distinct()
        )
        for customer in quiet.iterator(chunk_size=2_000):
            if len(found) >= limit:
                break
            if (customer.pk in bought) == buyers and customer.pk not in lately and customer.pk not in heard:
                found[customer.pk] = customer
    return list(found.values())


def forget_old() -> int:
    """Erase whom the rules let go; who has something open is left. Returns how many went."""
    gone = 0
    for customer in would_forget():
        try:
            gone += erase(customer=customer)
        except DomainError:
            continue
    return gone
