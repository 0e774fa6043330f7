"""Take an order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from setia.core import clock
from setia.core.errors import DomainError
from setia.core.scope import current_shop
from setia.customers import actions as customers
from setia.customers.models import Customer, Source
from setia.customers.survivors import survivor_of
from setia.orders import events as verbs
from setia.orders import rules
from setia.orders.actions import capacity, deposits, numbers, pricing, reductions, refusals
from setia.orders.actions.hints import keep_hints
from setia.orders.actions.payments import record_payment
from setia.orders.actions.recording import record
from setia.orders.models import Adjustment, Fulfilment, Line, Order, OrderChannel, PaymentKind, PaymentMethod
from setia.orders.rules import LineInput
from setia.shops.models import Member


@dataclass(frozen=True)
class Newcomer:
    """Somebody who is not in the customer book yet and is written down together with the order."""

    display_name: str
    phone: str = ""
    # How they found the shop, and who told them.
    source: str = ""
    referred_by: Customer | None = None


@transaction.atomic
def place(
    *,
    lines: Sequence[LineInput],
    due_on: date,
    customer: Customer | None = None,
    newcomer: Newcomer | None = None,
    channel: str = OrderChannel.PHONE,
    fulfilment: str = Fulfilment.PICKUP,
    due_time: time | None = None,
    address: str = "",
    map_point: str = "",
    note: str = "",
    gift_note: str = "",
    sticker: str = "",
    discount: int = 0,
    delivery_fee: int = 0,
    deposit: int = 0,
    deposit_method: str = PaymentMethod.CASH,
    code: str = "",
    deductions: Sequence[tuple[str, str]] = (),
    agreed: bool = False,
    shown: Sequence[tuple[str, int | None]] = (),
    overbook: bool = True,
    device_key: str | None = None,
    taken_by: Member | None = None,
) -> Order:
    """Take an order at today's prices for the customer's kind; a deposit is booked with it.

    `code`: what the customer brought (a voucher); `deductions`: which of the reductions that are offered are taken, as
    `(source, reference)` (see `orders.deductions`); `agreed`: and those that would be ticked from the start.
    `map_point`: a link to a map or `latitude,longitude`. Without
    `overbook` a day that is closed or has no room for the boxes is refused (codes `closed`, `full`). `shown`: hints
    that stood beside the basket, as (kind, variant). The shop's rules for deposits of this moment are kept with the
    order.

    The same `device_key` again returns the order it made. Raises DomainError with the field it is about: `lines`,
    `due_on`, `discount`, `delivery_fee`, `deposit`, `phone`, `code`; and for words too long or choices that do not
    exist.
    """
    if known := by_device_key(device_key):
        return known
    words = {"address": address, "map_point": map_point, "note": note, "gift_note": gift_note, "sticker": sticker}
    fields = clean({"fulfilment": fulfilment, "due_time": due_time} | words)
    fields["due_on"] = check_day(due_on)
    choice("channel", channel, OrderChannel.values)
    choice("deposit_method", deposit_method, PaymentMethod.values)
    customer = survivor_of(customer) if customer else None
    priced = pricing.price(lines, kind=customer.kind if customer else "end", day=current_shop().today())
    total = pricing.total_of(priced, discount=discount, delivery_fee=delivery_fee)
    with refusals.in_words():
        rules.check_deposit(deposit, total)
    if not overbook:
        capacity.check_room(due_on, sum(line.quantity for line in priced))
    customer = customer or add_newcomer(newcomer, by=taken_by)
    order, made = create(
        priced,
        discount=discount,
        delivery_fee=delivery_fee,
        total=total,
        customer=customer,
        channel=channel,
        device_key=device_key,
        taken_by=taken_by,
        placed_at=clock.now(),
        **fields,
    )
    if made:
        reductions.take(order, priced, code=code, wanted=deductions, agreed=agreed, by=taken_by)
        keep_hints(order, shown)
        with refusals.in_words():
            rules.check_deposit(deposit, order.total)
        deposits.ask(order, deposits.terms_now())
        record(verbs.PLACED, order)
        if deposit:
            record_payment(order=order, amount=deposit, method=deposit_method, kind=PaymentKind.DEPOSIT, by=taken_by)
            order.paid = deposit
    return order


def by_device_key(device_key: str | None) -> Order | None:
    """The order this key made."""
    return Order.objects.filter(device_key=device_key).first() if device_key else None


def create(
    priced: Sequence[pricing.Priced], *, discount: int, delivery_fee: int, device_key: str | None, **fields: Any
) -> tuple[Order, bool]:
    """Write an order with its lines and adjustments; False when the same key was quicker on another connection."""
    try:
        with transaction.atomic():
            order = Order.objects.create(number=numbers.take(), device_key=device_key or None, **fields)
    except IntegrityError:
        known = by_device_key(device_key)
        if known is None:
            raise
        return known, False
    Line.objects.bulk_create(pricing.as_rows(order, priced))
    write_adjustments(order, priced, discount=discount, delivery_fee=delivery_fee)
    return order, True


def write_adjustments(order: Order, priced: Sequence[pricing.Priced], *, discount: int, delivery_fee: int) -> None:
    """Write the order's discount and delivery fee."""
    goods = sum(line.amount for line in priced)
    wanted = rules.adjustments(goods, discount=discount, delivery_fee=delivery_fee)
    Adjustment.objects.bulk_create(
        Adjustment(order=order, kind=kind, amount=amount, reference=kind) for kind, amount in wanted.items()
    )


def add_newcomer(newcomer: Newcomer | None, *, by: Member | None) -> Customer | None:
    """Write the newcomer down; None without one. Raises DomainError when the number is somebody's already."""
    if newcomer is None:
        return None
    return customers.add_customer(
        display_name=newcomer.display_name,
        phone=newcomer.phone,
        source=newcomer.source or (Source.WORD_OF_MOUTH if newcomer.referred_by else ""),
        referred_by=newcomer.referred_by,
        by=by,
    )


# --- Checks shared with `change` --------------------------------------------------------------------------------------

_LENGTHS = {"address": 300, "map_point": 200, "note": 300, "gift_note": 300, "sticker": 60}


def clean(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Words without space at the ends. Raises DomainError for words that are too long and choices that do not exist."""
    cleaned = dict(fields)
    for name, most in _LENGTHS.items():
        if name in cleaned:
            cleaned[name] = cleaned[name].strip()
            if len(cleaned[name]) > most:
                text = _("This is too long. Shorten it to at most %(most)s characters.") % {"most": most}
                raise DomainError(text, code="too_long", field=name)
    if "fulfilment" in cleaned:
        choice("fulfilment", cleaned["fulfilment"], Fulfilment.values)
    return cleaned


def choice(field: str, value: str, known: Sequence[str]) -> None:
    """Raises DomainError when the value is not among the known ones."""
    if value not in known:
        raise DomainError(_("Choose one of the list."), code="choice", field=field)


def check_day(day: date) -> date:
    """The day as it is. Raises DomainError for a day that is over or years ahead."""
    today = current_shop().today()
    if day < today:
        raise DomainError(_("This day is over. Choose today or a later day."), code="past", field="due_on")
    if day - today > timedelta(days=rules.FURTHEST_DAYS):
        raise DomainError(_("This day is more than two years ahead. Check the year."), code="far", field="due_on")
    return day
