"""Lines with their words and prices, as they are kept with the order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from setia.catalog import queries as catalog
from setia.core.errors import DomainError
from setia.orders import rules
from setia.orders.actions import refusals
from setia.orders.models import Line, Order
from setia.orders.rules import LineInput


@dataclass(frozen=True)
class Priced:
    """One line to be."""

    variant_id: int
    label: str
    quantity: int
    unit_price: int

    @property
    def amount(self) -> int:
        """What the line costs."""
        return self.quantity * self.unit_price


def price(
    lines: Iterable[LineInput], *, kind: str, day: date, agreed: Mapping[int, tuple[str, int]] | None = None
) -> list[Priced]:
    """Label and price every line at the prices of `day` for a kind of customer; variants named twice become one line.

    `agreed`: label and price of variants the order has already; those stay, even when they are no longer sold.
    Raises DomainError (field `lines`) for no lines, odd quantities, and what is unknown, retired or has no price.
    """
    agreed = agreed or {}
    with refusals.in_words():
        wanted = rules.merge(lines)
    new = [variant_id for variant_id in wanted if variant_id not in agreed]
    known = dict(agreed)
    if new:
        sold = catalog.sold(day).filter(pk__in=new)
        prices = catalog.prices(new, kind=kind, day=day)
        known |= {variant.pk: (variant.label, prices[variant.pk]) for variant in sold if variant.pk in prices}
    if set(wanted) - set(known):
        text = _("Something chosen is not sold at the moment. Choose again.")
        raise DomainError(text, code="variant", field="lines")
    return [
        Priced(variant_id, known[variant_id][0], quantity, known[variant_id][1])
        for variant_id, quantity in wanted.items()
    ]


def total_of(
    lines: Iterable[Priced], *, discount: int, delivery_fee: int, taken_off: int = 0, off_delivery: int = 0
) -> int:
    """What the order costs. Raises DomainError with the field that cannot be."""
    with refusals.in_words():
        return rules.total(
            ((line.quantity, line.unit_price) for line in lines),
            discount=discount,
            delivery_fee=delivery_fee,
            taken_off=taken_off,
            off_delivery=off_delivery,
        )


def as_rows(order: Order, lines: Iterable[Priced]) -> list[Line]:
    """The lines as rows of the order, not yet written."""
    return [
        Line(
            shop_id=order.shop_id,
            order=order,
            variant_id=line.variant_id,
            label=line.label,
            quantity=line.quantity,
            unit_price=line.unit_price,
            amount=line.amount,
        )
        for line in lines
    ]
