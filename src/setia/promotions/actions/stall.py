"""What phones at a stall wrote down, taken in: every item once by its key, each on its own, so that one that cannot be
written down holds up none."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from setia.care.actions import suggestions as wishes
from setia.care.models import Source as VoiceSource
from setia.catalog.models import Variant
from setia.core import clock, events
from setia.core.errors import DomainError
from setia.core.scope import current_shop
from setia.customers import actions as people
from setia.customers import queries as people_queries
from setia.customers.models import ConsentHow, ConsentState, Customer, IdentityKind, Purpose, Source
from setia.customers.survivors import survivor_of
from setia.loyalty import actions as loyalty
from setia.orders import actions as orders
from setia.orders.models import OrderChannel, PaymentMethod
from setia.orders.rules import LineInput
from setia.promotions import events as verbs
from setia.promotions.actions.bazaars import meet
from setia.promotions.actions.referrals import told
from setia.promotions.actions.samples import give_sample
from setia.promotions.models import (
    Bazaar,
    DeviceItem,
    GuestHow,
    ItemKind,
    ItemState,
    ReferralCode,
    SampleWhere,
)
from setia.promotions.rules import bazaars as rules
from setia.promotions.rules.bazaars import Unreadable
from setia.shops.models import Member

log = logging.getLogger(__name__)

WAITS: Final = "waits"


@dataclass(frozen=True)
class Outcome:
    """What became of one item: `done`, `failed` (with why), or `waits` for another one that has not come yet."""

    key: str
    state: str
    text: str = ""


@dataclass
class _Item:
    bazaar: Bazaar
    row: DeviceItem
    at: datetime
    data: Mapping[str, Any]
    by: Member | None
    said: list[str] = field(default_factory=list)


class _NotYet(Exception):
    """It speaks of somebody whose own item has not come yet."""


def receive(*, bazaar: Bazaar, items: Sequence[Any], device: str = "", by: Member | None = None) -> list[Outcome]:
    """Take in what a phone sent, in its order; answers for each item. Sent twice, by two phones or at once: once."""
    return [_receive(bazaar, item, device[:40], by) for item in items[: rules.MOST_ITEMS]]


def _receive(bazaar: Bazaar, item: Any, device: str, by: Member | None) -> Outcome:
    try:
        key = rules.key(item.get("key") if isinstance(item, dict) else None)
    except Unreadable:
        return Outcome(str(item.get("key", ""))[:64] if isinstance(item, dict) else "", ItemState.FAILED, _unreadable())
    for _attempt in range(2):
        try:
            with transaction.atomic():
                return _once(bazaar, key, item, device, by)
        except _NotYet:
            return Outcome(key, WAITS, _("Waits for the person it belongs to."))
        except IntegrityError:
            # the same item by another way was quicker by a moment: it is there now
            continue
        except Exception as error:  # the other items must not wait for this one
            log.exception("Item %s of bazaar %s failed.", key, bazaar.pk)
            return Outcome(
                key, ItemState.FAILED, _("Something went wrong (%(what)s).") % {"what": type(error).__name__}
            )
    return Outcome(key, WAITS, _("Another phone sends this at the moment."))


def _unreadable() -> str:
    return _("The shop cannot read this. Open the stall page once with signal, then try again.")


def _once(bazaar: Bazaar, key: str, item: dict[str, Any], device: str, by: Member | None) -> Outcome:
    row = DeviceItem.objects.select_for_update().filter(key=key).first()
    if row is not None and row.state == ItemState.DONE:
        return Outcome(key, ItemState.DONE, row.error)
    kind, data = item.get("kind"), item.get("data")
    if kind not in ItemKind.values or not isinstance(data, dict):
        return Outcome(key, ItemState.FAILED, _unreadable())
    begins = datetime.combine(bazaar.starts_on, time(0), tzinfo=current_shop().zone)
    at = rules.moment(item.get("at"), now=clock.now(), begins=begins)
    if row is None:
        row = DeviceItem.objects.create(
            bazaar=bazaar, key=key, device=device, kind=kind, state=ItemState.FAILED, payload=data, made_at=at, by=by
        )
    taken = _Item(bazaar, row, at, data, by)
    try:
        with transaction.atomic():
            _APPLY[kind](taken)
    except DomainError as error:
        row.error = str(error)[:300]
    except Unreadable:
        row.error = _unreadable()
    else:
        # the tables hold it now: what the phone sent is not kept as well
        row.state, row.error, row.payload = ItemState.DONE, " ".join(taken.said)[:300], {}
    row.received_at = clock.now()
    row.save()
    return Outcome(key, row.state, row.error)


# --- One function for each kind ---------------------------------------------------------------------------------------


def _person(item: _Item) -> None:
    name, number = rules.text(item.data, "name", 120), rules.text(item.data, "phone", 40)
    known = people_queries.by_identity(IdentityKind.PHONE, number) if number else None
    customer = known or _written_down(item, name, number)
    item.row.customer = customer
    meet(bazaar=item.bazaar, customer=customer, how=GuestHow.STALL, newcomer=known is None, at=item.at)
    if known is not None and name and known.display_name != name:
        item.said.append(_("The number is known as %(name)s.") % {"name": known.display_name})
    _answer(item, customer, item.data.get("agrees"))
    code = rules.text(item.data, "code", 12).lstrip("#").upper()
    teller = ReferralCode.objects.select_related("customer").filter(code=code).first() if code else None
    if teller is not None and known is None:
        told(friend=customer, teller=teller.customer)


def _written_down(item: _Item, name: str, number: str) -> Customer:
    """Somebody new. A number that cannot be one is kept as a remark: the person is not lost for a slip."""
    fields: dict[str, Any] = {"display_name": name or number, "source": Source.BAZAAR, "by": item.by}
    fields["district"] = rules.text(item.data, "district", 60)
    try:
        with transaction.atomic():
            return people.add_customer(phone=number, **fields)
    except people.NumberTaken as error:
        return error.customer
    except DomainError as error:
        if error.field != "phone":
            raise
    customer = people.add_customer(**fields)
    text = _("Number as written at the stall: %(number)s") % {"number": number}
    people.add_note(customer=customer, text=text, by=item.by)
    item.said.append(_("The number cannot be right; it stands in the notes."))
    return customer


def _answer(item: _Item, customer: Customer, agrees: Any) -> None:
    """Yes or no, where it was asked."""
    if agrees not in (True, False):
        return
    people.answer_consent(
        customer=customer,
        purpose=Purpose.PROMOTION,
        state=ConsentState.GIVEN if agrees else ConsentState.WITHDRAWN,
        how=ConsentHow.COUNTER,
        evidence=f"{item.bazaar.name}, {item.at.astimezone(current_shop().zone):%d-%m-%Y %H.%M}",
        by=item.by,
    )


def _somebody(item: _Item) -> Customer | None:
    """Who an item is about; None for nobody by name, or somebody who could not be written down."""
    key = item.data.get("person")
    if key in (None, ""):
        return None
    row = DeviceItem.objects.select_related("customer").filter(key=rules.key(key), kind=ItemKind.PERSON).first()
    if row is None:
        raise _NotYet
    return survivor_of(row.customer) if row.customer else None


def _needed(item: _Item) -> Customer:
    customer = _somebody(item)
    if customer is None:
        raise DomainError(_("It is not known whom this is about."), code="nobody")
    item.row.customer = customer
    return customer


def _consent(item: _Item) -> None:
    _answer(item, _needed(item), item.data.get("agrees"))


def _sale(item: _Item) -> None:
    given = item.data.get("lines")
    if not isinstance(given, list) or not all(isinstance(line, dict) for line in given):
        raise Unreadable("lines")
    lines = [LineInput(rules.whole(line, "variant"), rules.whole(line, "quantity", least=1)) for line in given]
    labels = {row.pk: row.label for row in Variant.objects.filter(pk__in=[line.variant_id for line in lines])}
    if len(labels) < len({line.variant_id for line in lines}):
        raise DomainError(_("Something chosen is not sold at the moment. Choose again."), code="variant")
    prices = {rules.whole(line, "variant"): rules.whole(line, "price", most=100_000_000) for line in given}
    method = rules.text(item.data, "method", 10)
    if method not in (PaymentMethod.CASH, PaymentMethod.QRIS, PaymentMethod.TRANSFER, PaymentMethod.EWALLET):
        raise Unreadable("method")
    customer = _somebody(item)
    item.row.customer = customer
    item.row.order = orders.sell(
        lines=lines,
        customer=customer,
        method=method,
        taken_by=item.by,
        device_key=item.row.key,
        channel=OrderChannel.BAZAAR,
        sold_at=item.at,
        agreed={pk: (labels[pk], price) for pk, price in prices.items()},
    )


def _sample(item: _Item) -> None:
    variant = Variant.objects.filter(pk=rules.whole(item.data, "variant")).first()
    if variant is None:
        raise Unreadable("variant")
    item.row.customer = _somebody(item)
    give_sample(
        variant=variant,
        customer=item.row.customer,
        where=SampleWhere.BAZAAR,
        count=rules.whole(item.data, "count", least=1, most=1_000),
        at=item.at,
        bazaar=item.bazaar,
        key=item.row.key,
        by=item.by,
    )


def _stamps(item: _Item) -> None:
    stamps = rules.whole(item.data, "count", least=1, most=100)
    loyalty.open_balance(customer=_needed(item), stamps=stamps, key=item.row.key, by=item.by)


def _suggestion(item: _Item) -> None:
    item.row.text = rules.text(item.data, "text", 500)
    if not item.row.text:
        raise Unreadable("text")
    item.row.customer = _somebody(item)
    customer_id = item.row.customer.pk if item.row.customer else None
    # it counts with those from the counter and the chats, and whoever asked is answered with them
    wishes.suggest(
        text=item.row.text, source=VoiceSource.BAZAAR, customer=item.row.customer, by=item.by, key=item.row.key
    )
    events.record(verbs.BAZAAR_SUGGESTED, subject=item.row, customer_id=customer_id, data={"bazaar": item.bazaar.pk})


_APPLY: Final[Mapping[str, Callable[[_Item], None]]] = {
    ItemKind.PERSON: _person,
    ItemKind.CONSENT: _consent,
    ItemKind.SALE: _sale,
    ItemKind.SAMPLE: _sample,
    ItemKind.STAMPS: _stamps,
    ItemKind.SUGGESTION: _suggestion,
}
