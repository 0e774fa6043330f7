"""Reads about people, for pages and for other areas."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery

from setia.core import calendars, search
from setia.core.phone import PhoneError, normalise
from setia.core.prepared import prepared
from setia.customers import rules
from setia.customers.actions.indexing import KIND, NUMBERS
from setia.customers.models import (
    Calendar,
    Consent,
    ConsentState,
    Customer,
    CustomerKind,
    Identity,
    Note,
    Occasion,
    Purpose,
)
from setia.customers.words import opening


def everybody(*, archived: bool = False) -> QuerySet[Customer]:
    """Customers of the open shop, newest first; those put away only when asked for.

    Who was put together with somebody, or erased, is nobody any more.
    """
    rows = Customer.objects.filter(archived_at__isnull=not archived).order_by("-created_at", "-pk")
    return rows.filter(merged_into=None, erased_at=None) if archived else rows


def find(
    query: str, limit: int = 20, *, among: Callable[[Collection[int]], Mapping[int, int]] | None = None
) -> list[Customer]:
    """Customers found by part of a name, the last (or any) digits of a number, a district or a word of a note.

    At most four queries, whatever the size of the shop. Best first: a number that ends in the query, a name that begins
    with it; `among` gives those equally good a number each, the highest first, else they go by name. Those put away are
    left out.
    """
    asked = rules.search_query(query)
    words = search.fold(asked).split()
    names = dict(_names(search.find(KIND, asked)))
    numbers: dict[int, list[str]] = {}
    if words and words[-1].isdigit():
        for pk, number in _numbers(list(names)):
            numbers.setdefault(pk, []).append(rules.national_digits(number))
    higher = among(names) if among else {}

    def place(pk: int) -> tuple[int, int, str]:
        tier, name = rules.rank(names[pk], numbers.get(pk, ()), words)
        return tier, -higher.get(pk, 0), name

    best = sorted(names, key=place)[:limit]
    found = {person.pk: person for person in _people(best)}
    return [found[pk] for pk in best]


@prepared
def _names(ids: list[int]) -> QuerySet[Customer, tuple[int, str]]:
    return everybody().order_by().filter(pk__in=ids).values_list("pk", "name_key")


@prepared
def _people(ids: list[int]) -> QuerySet[Customer]:
    return everybody().order_by().filter(pk__in=ids)


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
    """The state of every purpose: `not_asked`, `given` or `withdrawn`. Both are strings that know their label."""
    states: dict[str, str] = dict.fromkeys(Purpose, ConsentState.NOT_ASKED)
    for purpose, state in _answers(customer_id):
        states[Purpose(purpose)] = ConsentState(state)
    return states


@prepared
def _answers(customer_id: int) -> QuerySet[Consent, tuple[str, str]]:
    return Consent.objects.filter(customer_id=customer_id).order_by("at", "pk").values_list("purpose", "state")


def consent_history(customer_id: int) -> list[Consent]:
    """Every answer of a customer with its evidence, newest first."""
    return list(Consent.objects.filter(customer_id=customer_id).select_related("by").order_by("-at", "-pk"))


def namesakes(name: str, limit: int = 6) -> list[Customer]:
    """Customers of exactly this name, whatever its capitals and accents; those put away are left out."""
    key = rules.name_key(name)
    return list(everybody().filter(name_key=key)[:limit]) if key else []


def may_write(customer_id: int, purpose: str) -> bool:
    """Whether the customer agreed to be written to for this purpose, by their latest answer."""
    rows = Consent.objects.filter(customer_id=customer_id, purpose=purpose, customer__restricted_at=None)
    return rows.order_by("-at", "-pk").values_list("state", flat=True).first() == ConsentState.GIVEN


@prepared
def _numbers(customer_ids: list[int]) -> QuerySet[Identity, tuple[int, str]]:
    """(customer, number) of all current numbers, the best one of each customer last."""
    rows = Identity.objects.filter(customer_id__in=customer_ids, kind__in=NUMBERS, superseded_at=None)
    # WhatsApp after phone in the alphabet, and the newest of each at the end.
    return rows.order_by("kind", "pk").values_list("customer_id", "value")


def phones_of(customer_ids: Iterable[int]) -> dict[int, str]:
    """The number (E.164) under which each is best reached: WhatsApp first, the newest first. Nobody without one."""
    return dict(_numbers(list(customer_ids)))


def phone_of(customer: Customer) -> str:
    """The number (E.164) under which a customer is best reached; empty when there is none."""
    return phones_of([customer.pk]).get(customer.pk, "")


def number_among(identities: Iterable[Identity]) -> str:
    """The same among identities that were read already: WhatsApp first, the newest first; empty without one."""
    numbers = [identity for identity in identities if identity.kind in NUMBERS]
    return max(numbers, key=lambda identity: (identity.kind, identity.pk)).value if numbers else ""


def may_be_written_to(customer_ids: Iterable[int], purpose: str) -> set[int]:
    """Those of the customers who agreed to be written to for this purpose, by their latest answers."""
    latest = (
        Consent.objects.filter(customer_id=OuterRef("pk"), purpose=purpose).order_by("-at", "-pk").values("state")[:1]
    )
    rows = Customer.objects.filter(pk__in=list(customer_ids), restricted_at=None).annotate(answer=Subquery(latest))
    return set(rows.filter(answer=ConsentState.GIVEN).values_list("pk", flat=True))


def listed(show: str, *, offset: int, limit: int) -> list[Customer]:
    """A stretch of the customer book: `new` (newest first), `reseller` or `archived`."""
    rows = everybody(archived=show == "archived")
    if show == "reseller":
        rows = rows.filter(kind=CustomerKind.RESELLER)
    return list(rows[offset : offset + limit])


def identities_of(customer_id: int) -> list[Identity]:
    """A customer's current identities, numbers first."""
    return sorted(_identities(customer_id), key=lambda identity: (identity.kind not in NUMBERS, identity.pk))


@prepared
def _identities(customer_id: int) -> QuerySet[Identity]:
    return Identity.objects.filter(customer_id=customer_id, superseded_at=None)


def occasions_of(customer_id: int) -> list[Occasion]:
    """A customer's yearly days."""
    return _occasions(customer_id)


@prepared
def _occasions(customer_id: int) -> QuerySet[Occasion]:
    return Occasion.objects.filter(customer_id=customer_id).order_by("month", "day")


def notes_of(customer_id: int, limit: int = 20) -> list[Note]:
    """Notes about a customer, newest first."""
    return _notes(customer_id, limit=limit)


@prepared
def _notes(customer_id: int, *, limit: int) -> QuerySet[Note]:
    return Note.objects.filter(customer_id=customer_id).select_related("by").order_by("-at", "-pk")[:limit]


def brought_by(customer_id: int, limit: int = 20) -> list[Customer]:
    """Whom a customer brought, the latest written down first."""
    return _brought(customer_id, limit=limit)


@prepared
def _brought(customer_id: int, *, limit: int) -> QuerySet[Customer]:
    return Customer.objects.filter(referred_by_id=customer_id).order_by("-pk")[:limit]


def occasions_near(day: date, days: int, customer_id: int | None = None) -> list[tuple[Occasion, date]]:
    """Yearly days that fall between `day` and `days` later, with the date, of customers who agreed to be greeted."""
    near = Q()
    for distance in range(days + 1):
        then = day + timedelta(days=distance)
        hijri, javanese = calendars.to_hijri(then), calendars.to_javanese(then)
        near |= Q(calendar=Calendar.GREGORIAN, month=then.month, day=then.day)
        near |= Q(calendar=Calendar.HIJRI, month=hijri.month, day=hijri.day)
        near |= Q(calendar=Calendar.JAVANESE, month=javanese.month, day=javanese.day)
    # days that some years do not have move back to the last of their month
    near |= Q(calendar=Calendar.GREGORIAN, month=2, day=29) | Q(calendar__in=["hijri", "javanese"], day=30)
    rows = Occasion.objects.filter(near, customer__archived_at=None).select_related("customer").order_by("pk")
    if customer_id is not None:
        rows = rows.filter(customer_id=customer_id)
    dated = [(row, calendars.next_occurrence(row.calendar, row.day, row.month, day)) for row in rows]
    within = [(row, on) for row, on in dated if on <= day + timedelta(days=days)]
    agreed = may_be_written_to({row.customer_id for row, _on in within}, Purpose.OCCASION)
    return [(row, on) for row, on in within if row.customer_id in agreed]


def names_of(ids: Iterable[int]) -> dict[int, str]:
    """What people are called, by id; who was put together with somebody has a name still."""
    return dict(Customer.objects.filter(pk__in=list(ids)).values_list("pk", "display_name"))


def openings() -> dict[int, str]:
    """The opening words of those who are greeted in their own way (few), by customer; see `words.opening`."""
    rows = Customer.objects.exclude(speech="", greeting="").only("pk", "speech", "greeting")
    return {customer.pk: words for customer in rows if (words := opening(customer))}
