"""Who writes to us on WhatsApp, and what happens to them when their number changes.

WhatsApp names a writer by a business-scoped id (BSUID), by the phone number, or by both. Numbers are recycled and
BSUIDs change with the number, so neither alone is the person, and two people are never merged here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from setia.core import clock, events
from setia.customers import events as verbs
from setia.customers import rules
from setia.customers.actions.identities import clean_value, end_identity
from setia.customers.actions.indexing import NUMBERS, reindex
from setia.customers.actions.people import add_customer, restore
from setia.customers.actions.remarks import add_note
from setia.customers.models import Customer, Identity, IdentityKind

# A WhatsApp username can change hands: the latest to show up has it.
_LOOSE = (IdentityKind.USERNAME,)


@dataclass(frozen=True)
class _Known:
    """What the books say about one who writes."""

    by_id: Customer | None
    by_number: Customer | None
    # The owner of the number has been seen under another WhatsApp id.
    number_moved: bool
    # People who share the number, when nobody has it alone.
    sharers: tuple[Customer, ...]


def identify(
    *, identities: Sequence[tuple[str, str]], display_name: str, source: str = "chat"
) -> tuple[Customer, bool]:
    """Who writes to us: the customer behind WhatsApp's identities, made when new. Returns (customer, made now).

    `identities`: (kind, value) with kind `bsuid`, `whatsapp` (or `phone`: digits or E.164), `username`. The BSUID
    decides before the number; what is missing is attached. A number that comes with another BSUID than its owner's,
    without WhatsApp having told of a change, is probably recycled: it goes to a new person, and a note asks about it.
    A username can change hands and decides nothing. Raises DomainError for a number that cannot be one.
    """
    wanted = _wanted(identities)
    try:
        with transaction.atomic():
            return _identify(dict(wanted), display_name, source)
    except IntegrityError:
        # Another message of the same new person was a moment quicker: now they are known.
        with transaction.atomic():
            return _identify(wanted, display_name, source)


def known_writers(
    wanted: Iterable[Sequence[tuple[str, str]]],
) -> dict[tuple[tuple[str, str], ...], Customer]:
    """Of many at once, those whom `identify` would find without changing anything, by what was asked; one query.

    Nobody is found here who has to be told apart, brought back or completed first.
    """
    asked = {tuple(identities): _wanted(identities) for identities in wanted}
    values = {value for one in asked.values() for value in one.values()}
    rows = Identity.objects.filter(superseded_at=None, value__in=values).select_related("customer").order_by("pk")
    holders: dict[tuple[str, str], list[Identity]] = defaultdict(list)
    for row in rows:
        holders[row.kind, row.value].append(row)
    found = {identities: _quietly(one, holders) for identities, one in asked.items()}
    return {identities: person for identities, person in found.items() if person}


def _quietly(wanted: dict[str, str], holders: Mapping[tuple[str, str], list[Identity]]) -> Customer | None:
    """The one person who alone has all of this already."""
    has = [[row for row in holders.get(pair, ()) if not row.shared] for pair in wanted.items()]
    if not has or not all(len(rows) == 1 for rows in has) or not {"bsuid", "whatsapp"} & wanted.keys():
        return None
    people = {row.customer_id for rows in has for row in rows}
    person: Customer = has[0][0].customer
    return person if len(people) == 1 and not person.archived_at else None


def _wanted(identities: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Clean values by kind. A number that WhatsApp speaks of is a WhatsApp number, whatever it is called."""
    clean = {kind: clean_value(kind, value) for kind, value in identities if value}
    number = clean.pop("phone", "")
    return {"whatsapp": number} | clean if number else clean


def _identify(wanted: dict[str, str], display_name: str, source: str) -> tuple[Customer, bool]:
    known = _look_up(wanted.get("bsuid", ""), wanted.get("whatsapp", ""))
    if known.by_id:
        person = known.by_id
        if known.by_number and known.by_number.pk != person.pk:
            # Two histories: whose number it is, is for people to say.
            wanted.pop("whatsapp")
    elif known.by_number and not known.number_moved:
        person = known.by_number
    else:
        return _welcome(wanted, display_name, source, known), True
    if person.archived_at and not person.restricted_at:
        restore(customer=person)
        person.archived_at = None
    _attach(person, wanted)
    return person, False


def _look_up(bsuid: str, number: str) -> _Known:
    current = Identity.objects.filter(superseded_at=None).select_related("customer")
    condition = Q(kind=IdentityKind.BSUID, value=bsuid) | Q(kind__in=NUMBERS, value=number)
    found = list(current.filter(condition).order_by("pk"))
    by_id = next((row.customer for row in found if row.kind == IdentityKind.BSUID), None)
    owned = [row for row in found if row.kind in NUMBERS and not row.shared]
    # The number WhatsApp itself named comes before one that was typed.
    owner = max(owned, key=lambda row: row.kind == IdentityKind.WHATSAPP).customer if owned else None
    moved = bool(owner and bsuid and current.filter(customer=owner, kind=IdentityKind.BSUID).exists())
    sharers = {row.customer_id: row.customer for row in found if row.kind in NUMBERS and row.shared}
    return _Known(by_id, owner, moved, tuple(sharers.values()))


def _welcome(wanted: dict[str, str], display_name: str, source: str, known: _Known) -> Customer:
    """A new person; what is doubtful about their number is asked in a note, for people to decide."""
    name = rules.tidy(display_name)[:120] or _("Somebody on WhatsApp")
    person = add_customer(display_name=name, source=source)
    before = known.by_number
    if before:
        theirs = Identity.objects.filter(customer=before, kind__in=NUMBERS, superseded_at=None)
        for row in theirs.filter(value=wanted["whatsapp"]):
            end_identity(identity=row)
        asking = _(
            "This number was written down for %(name)s before. Now somebody writes from it with another WhatsApp id. "
            "Is it the same person?"
        )
        add_note(customer=person, text=asking % {"name": before.display_name}, by=None)
    elif known.sharers:
        names = ", ".join(sharer.display_name for sharer in known.sharers)
        asking = _("This number is shared by: %(names)s. Who is writing?")
        add_note(customer=person, text=asking % {"names": names[:800]}, by=None)
    _attach(person, wanted)
    return person


def _attach(person: Customer, wanted: dict[str, str]) -> None:
    """Give the person what they wrote under and do not have yet."""
    have = set(Identity.objects.filter(customer=person, superseded_at=None).values_list("kind", "value"))
    missing = [(kind, value) for kind, value in wanted.items() if (kind, value) not in have]
    for kind, value in missing:
        if kind in _LOOSE:
            Identity.objects.filter(kind=kind, value=value, superseded_at=None).update(superseded_at=clock.now())
        Identity.objects.create(customer=person, kind=kind, value=value)
    if missing:
        reindex(customer_ids=[person.pk])
        data = {"kind": " ".join(kind for kind, _value in missing), "change": "added"}
        events.record(verbs.IDENTIFIED, subject=person, customer_id=person.pk, data=data)


@transaction.atomic
def change_whatsapp(*, customer: Customer, identities: Sequence[tuple[str, str]]) -> Customer:
    """WhatsApp says this customer has a new number or id (`bsuid`, `whatsapp`): the old ones of that kind end.

    The person stays. A number typed as phone that equals the old WhatsApp number ends with it. When the new one was
    somebody else's here, it ends there: WhatsApp knows who has it now.
    """
    wanted = _wanted(identities)
    for kind, value in wanted.items():
        kinds = NUMBERS if kind in NUMBERS else (kind,)
        current = Identity.objects.filter(kind__in=kinds, superseded_at=None)
        gone = current.filter(customer=customer, kind=kind).exclude(value=value).values_list("value", flat=True)
        current.filter(customer=customer, value__in=list(gone)).update(superseded_at=clock.now())
        for row in current.filter(value=value, shared=False).exclude(customer=customer):
            end_identity(identity=row)
    _attach(customer, wanted)
    return customer
