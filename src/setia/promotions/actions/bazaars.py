"""Plan a bazaar, write down whom we met, count afterwards."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from setia.catalog.models import Variant
from setia.conversations import actions as conversations
from setia.conversations.models import EntryLink
from setia.core import clock, events
from setia.core.errors import DomainError
from setia.core.models import Event
from setia.customers import actions as people
from setia.customers import queries as people_queries
from setia.customers.models import ConsentHow, ConsentState, Customer, IdentityKind, Purpose, Source
from setia.promotions import events as verbs
from setia.promotions.models import (
    Bazaar,
    BazaarCount,
    BazaarHelper,
    BazaarStock,
    BazaarTask,
    Guest,
    GuestHow,
)
from setia.shops import public
from setia.shops.models import Member

# The kind of the public sign-up page.
JOIN = "bazaar"
_FIELDS = frozenset(
    {"name", "place", "district", "starts_on", "ends_on", "goal_people", "goal_sales", "opening_cash", "note"}
)


def _record(bazaar: Bazaar, change: str, **data: Any) -> None:
    events.record(verbs.BAZAAR_CHANGED, subject=bazaar, data={"change": change} | data)


# --- The plan ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def plan(*, name: str, starts_on: date, ends_on: date | None = None, tasks: Iterable[str] = (), **more: Any) -> Bazaar:
    """A bazaar to come, with its own link to WhatsApp and its own sign-up page. `tasks`: the first checklist.

    Raises DomainError (field `name`, `ends_on`).
    """
    fields = _clean({"name": name, "starts_on": starts_on, "ends_on": ends_on or starts_on} | more)
    link = conversations.make_entry_link(
        label=fields["name"], source=Source.BAZAAR, text=_("Hello, I was at your stall")
    )
    bazaar = Bazaar.objects.create(**fields, entry_link=link)
    BazaarTask.objects.bulk_create(BazaarTask(bazaar=bazaar, label=label[:120]) for label in tasks)
    public.token_for(JOIN, bazaar.pk)
    _record(bazaar, "planned")
    return bazaar


@transaction.atomic
def change(*, bazaar: Bazaar, **changes: Any) -> Bazaar:
    """Another place, day or goal."""
    kept = {name: getattr(bazaar, name) for name in ("name", "starts_on", "ends_on")}
    for name, value in _clean(kept | changes).items():
        setattr(bazaar, name, value)
    bazaar.save()
    _record(bazaar, "changed", fields=sorted(changes))
    return bazaar


def _clean(fields: dict[str, Any]) -> dict[str, Any]:
    if unknown := set(fields) - _FIELDS:
        raise TypeError(f"Not a field of a bazaar: {sorted(unknown)}")
    fields["name"] = " ".join(fields["name"].split())[:80]
    if not fields["name"]:
        raise DomainError(_("Write a name, as people call it."), code="name", field="name")
    if fields["ends_on"] < fields["starts_on"]:
        raise DomainError(_("It cannot end before it begins."), code="days", field="ends_on")
    return fields


@transaction.atomic
def set_stock(*, bazaar: Bazaar, brought: Mapping[int, int]) -> None:
    """How many boxes of each variant go along; 0 takes it out of the list."""
    known = set(Variant.objects.filter(pk__in=brought).values_list("pk", flat=True))
    for variant_id, boxes in brought.items():
        if variant_id in known and boxes > 0:
            BazaarStock.objects.update_or_create(
                bazaar=bazaar, variant_id=variant_id, defaults={"brought": min(boxes, 100_000)}
            )
        else:
            BazaarStock.objects.filter(bazaar=bazaar, variant_id=variant_id).delete()
    _record(bazaar, "stock")


@transaction.atomic
def set_helpers(*, bazaar: Bazaar, members: Iterable[Member]) -> None:
    """Who stands at the stall."""
    wanted = list(members)
    BazaarHelper.objects.filter(bazaar=bazaar).exclude(member__in=wanted).delete()
    for member in wanted:
        BazaarHelper.objects.get_or_create(bazaar=bazaar, member=member)
    _record(bazaar, "helpers")


@transaction.atomic
def add_task(*, bazaar: Bazaar, label: str) -> BazaarTask:
    """One more line of the checklist. Raises DomainError without words."""
    label = " ".join(label.split())[:120]
    if not label:
        raise DomainError(_("Write something first."), code="empty", field="label")
    row = BazaarTask.objects.create(bazaar=bazaar, label=label)
    _record(bazaar, "task added")
    return row


@transaction.atomic
def tick(*, task: BazaarTask, done: bool, by: Member | None = None) -> None:
    """Done, or not done after all."""
    at = clock.now() if done else None
    if BazaarTask.objects.filter(pk=task.pk, done_at__isnull=done).update(done_at=at, done_by=by if done else None):
        _record(task.bazaar, "task done" if done else "task open")


@transaction.atomic
def remove(*, bazaar: Bazaar) -> bool:
    """Take a bazaar out of the list; what was sold and who was met stay. False when it was out."""
    changed = Bazaar.objects.filter(pk=bazaar.pk, removed_at=None).update(removed_at=clock.now())
    if changed:
        _record(bazaar, "taken out")
    return bool(changed)


@transaction.atomic
def put_back(*, bazaar: Bazaar) -> bool:
    """Back into the list. False when it was there."""
    changed = Bazaar.objects.filter(pk=bazaar.pk).exclude(removed_at=None).update(removed_at=None)
    if changed:
        _record(bazaar, "put back")
    return bool(changed)


# --- Whom we met ------------------------------------------------------------------------------------------------------


@transaction.atomic
def meet(*, bazaar: Bazaar, customer: Customer, how: str, newcomer: bool, at: datetime | None = None) -> Guest:
    """Somebody was met at a bazaar, once."""
    guest, new = Guest.objects.get_or_create(
        bazaar=bazaar, customer=customer, defaults={"how": how, "newcomer": newcomer, "at": at or clock.now()}
    )
    if new:
        data = {"bazaar": bazaar.pk, "how": how, "newcomer": newcomer}
        events.record(verbs.BAZAAR_MET, subject=bazaar, customer_id=customer.pk, data=data)
    return guest


@transaction.atomic
def sign_up(*, bazaar: Bazaar, name: str, phone: str, agrees: bool) -> Customer:
    """Somebody wrote themselves down on the bazaar's page. Raises DomainError (fields `name`, `phone`).

    A number that is known changes nothing of what is known; a no is kept only for who is new: anybody may type a
    number, and nobody may take another's yes away.
    """
    known = people_queries.by_identity(IdentityKind.PHONE, phone)
    customer = known or people.add_customer(display_name=name, phone=phone, source=Source.BAZAAR)
    meet(bazaar=bazaar, customer=customer, how=GuestHow.PAGE, newcomer=known is None)
    asked = people_queries.consents(customer.pk)[Purpose.PROMOTION]
    if agrees and asked == ConsentState.NOT_ASKED:
        people.answer_consent(
            customer=customer,
            purpose=Purpose.PROMOTION,
            state=ConsentState.GIVEN,
            how=ConsentHow.FORM,
            evidence=bazaar.name,
        )
    return customer


def note_entry(*, event: Event) -> None:
    """On `entry_link.used`: who wrote with the code of a bazaar was met there."""
    bazaar = Bazaar.objects.filter(entry_link_id=event.data.get("link")).first()
    customer = Customer.objects.filter(pk=event.customer_id).first()
    if bazaar and customer:
        newcomer = bool(event.data.get("newcomer"))
        meet(bazaar=bazaar, customer=customer, how=GuestHow.CHAT, newcomer=newcomer, at=event.at)


def link_of(bazaar: Bazaar) -> EntryLink | None:
    """Its link to WhatsApp."""
    return bazaar.entry_link


# --- Afterwards -------------------------------------------------------------------------------------------------------


@transaction.atomic
def count(
    *, bazaar: Bazaar, money: Mapping[str, int], left: Mapping[int, int], close: bool = True, by: Member | None = None
) -> Bazaar:
    """What was counted: money by way of paying, boxes that came back by variant. Counted anew, replaced."""
    for method, counted in money.items():
        BazaarCount.objects.update_or_create(
            bazaar=bazaar, method=method, defaults={"counted": counted, "at": clock.now(), "by": by}
        )
    for variant_id, boxes in left.items():
        BazaarStock.objects.filter(bazaar=bazaar, variant_id=variant_id).update(left=boxes)
    if close and bazaar.closed_at is None:
        bazaar.closed_at = clock.now()
        bazaar.save(update_fields=["closed_at"])
    _record(bazaar, "counted", money=dict(money))
    return bazaar
