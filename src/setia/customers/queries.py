"""Reads about people, for pages and for other areas."""

from collections.abc import Iterable

from django.db.models import QuerySet

from setia.core import search
from setia.core.phone import PhoneError, normalise
from setia.customers import rules
from setia.customers.actions.indexing import KIND, NUMBERS
from setia.customers.models import Consent, ConsentState, Customer, Identity, Purpose

__all__ = ["by_identity", "consents", "everybody", "find", "may_write", "phone_of", "phones_of"]


def everybody(*, archived: bool = False) -> QuerySet[Customer]:
    """Customers of the open shop, newest first; those put away only when asked for."""
    return Customer.objects.filter(archived_at__isnull=not archived).order_by("-created_at", "-pk")


def find(query: str, limit: int = 20) -> list[Customer]:
    """Customers found by part of a name, the last (or any) digits of a number, a district or a word of a note.

    Two queries, whatever the size of the shop. Best first: a number that ends in the query, a name that begins with it.
    Those put away are left out.
    """
    asked = rules.search_query(query)
    ids = search.find(KIND, asked)
    found = list(everybody().filter(pk__in=ids))
    words = search.fold(asked).split()
    numbers: dict[int, list[str]] = {}
    if words and words[-1].isdigit():
        for pk, number in _numbers([customer.pk for customer in found]):
            numbers.setdefault(pk, []).append(rules.national_digits(number))
    found.sort(key=lambda customer: rules.rank(search.fold(customer.display_name), numbers.get(customer.pk, ()), words))
    return found[:limit]


def by_identity(kind: str, value: str) -> Customer | None:
    """The one person who has this now; None when nobody has it, or several share it.

    A number, in any usual writing, is looked for as phone and as WhatsApp.
    """
    if kind in NUMBERS:
        try:
            value = normalise(value).e164
        except PhoneError:
            return None
    kinds = NUMBERS if kind in NUMBERS else (kind,)
    rows = Identity.objects.filter(kind__in=kinds, value=value, shared=False, superseded_at=None)
    found = rows.select_related("customer").order_by("pk").first()
    return found.customer if found else None


def consents(customer_id: int) -> dict[str, str]:
    """The state of every purpose: `not_asked`, `given` or `withdrawn`."""
    states: dict[str, str] = dict.fromkeys(Purpose.values, ConsentState.NOT_ASKED)
    rows = Consent.objects.filter(customer_id=customer_id).order_by("at", "pk")
    for purpose, state in rows.values_list("purpose", "state"):
        states[purpose] = state
    return states


def may_write(customer_id: int, purpose: str) -> bool:
    """Whether the customer agreed to be written to for this purpose, by their latest answer."""
    rows = Consent.objects.filter(customer_id=customer_id, purpose=purpose).order_by("-at", "-pk")
    return rows.values_list("state", flat=True).first() == ConsentState.GIVEN


def _numbers(customer_ids: Iterable[int]) -> QuerySet[Identity]:
    """(customer, number) of all current numbers, the best one of each customer last."""
    rows = Identity.objects.filter(customer_id__in=list(customer_ids), kind__in=NUMBERS, superseded_at=None)
    # WhatsApp after phone in the alphabet, and the newest of each at the end.
    return rows.order_by("kind", "pk").values_list("customer_id", "value")


def phones_of(customer_ids: Iterable[int]) -> dict[int, str]:
    """The number (E.164) under which each is best reached: WhatsApp first, the newest first. Nobody without one."""
    return dict(_numbers(customer_ids))


def phone_of(customer: Customer) -> str:
    """The number (E.164) under which a customer is best reached; empty when there is none."""
    return phones_of([customer.pk]).get(customer.pk, "")
