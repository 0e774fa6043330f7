"""Reads of offers and vouchers: which hold for a basket, how far they went, what is kept of a price."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from setia.customers.models import Customer
from setia.orders import queries as orders
from setia.orders.deductions import DeductionLine
from setia.promotions.models import Offer, OfferState, OfferUse, Voucher
from setia.promotions.rules import offers as rules
from setia.promotions.rules.offers import Choice, Item, Terms
from setia.supply import queries as supply

NEWEST: Final = 20


def offers(*, ended: bool = False) -> QuerySet[Offer]:
    """Offers that run, wait or are paused; or those that ended. The newest first."""
    rows = Offer.objects.select_related("variant__product")
    rows = rows.filter(state=OfferState.ENDED) if ended else rows.exclude(state=OfferState.ENDED)
    return rows.order_by("-created_at", "-pk")


def offer(pk: int) -> Offer | None:
    """One offer."""
    return Offer.objects.select_related("variant__product").filter(pk=pk).first()


def voucher(pk: int) -> Voucher | None:
    """One code."""
    return Voucher.objects.select_related("offer").filter(pk=pk).first()


def vouchers_of(offer_id: int, limit: int = 200) -> list[Voucher]:
    """Codes of an offer, the newest first."""
    rows = Voucher.objects.filter(offer_id=offer_id).select_related("customer")
    return list(rows.order_by("-created_at", "-pk")[:limit])


def voucher_counts(offer_id: int) -> dict[str, int]:
    """How many codes there are, and how many were used."""
    return Voucher.objects.filter(offer_id=offer_id).aggregate(
        all=Count("pk"), used=Count("pk", filter=Q(used__gt=0)), retired=Count("pk", filter=Q(retired_at__isnull=False))
    )


def uses_of(offer_id: int, limit: int = NEWEST) -> list[OfferUse]:
    """Where it was used, the latest first."""
    rows = OfferUse.objects.filter(offer_id=offer_id).select_related("customer", "order", "voucher")
    return list(rows.order_by("-at", "-pk")[:limit])


def terms_of(row: Offer, parts: dict[int, int] | None = None) -> Terms:
    """An offer as the rules want it."""
    values = {name: getattr(row, name) for name in ("kind", "percent", "amount", "most", "buy", "get", "variant_id")}
    if parts is None:
        parts = dict(row.parts.values_list("variant_id", "quantity")) if row.pk and row.kind == "bundle" else {}
    return Terms(**values, parts=parts)


def conditions_of(row: Offer) -> rules.Conditions:
    """When, where and for whom."""
    names = ("starts_on", "ends_on", "channels", "weekdays", "customer_kind", "district", "first_only")
    return rules.Conditions(**{name: getattr(row, name) for name in names}, least_purchase=row.least_purchase)


@dataclass(frozen=True)
class Held:
    """An offer that holds for a basket; the code that was typed for it."""

    offer: Offer
    voucher: Voucher | None
    amount: int


def holding(
    *,
    customer_id: int | None,
    lines: Sequence[DeductionLine],
    channel: str,
    code: str,
    on: date,
    delivery_fee: int = 0,
) -> list[Held]:
    """What may come off this basket: what its code stands for, and the offers without a code that go together.

    At most eight queries.
    """
    typed = rules.code_key(code)
    found = voucher_by_code(typed) if typed else None
    running = Offer.objects.filter(state=OfferState.ON, starts_on__lte=on).filter(Q(ends_on=None) | Q(ends_on__gte=on))
    rows = list(running.filter(by_code=False).prefetch_related("parts"))
    if found is not None:
        rows += [one for one in running.filter(pk=found.offer_id) if one.pk not in {row.pk for row in rows}]
    if not rows:
        return []
    items = [Item(line.variant_id, line.quantity, line.unit_price) for line in lines]
    now = _situation(customer_id, items, channel, on)
    often = uses_by(customer_id, [row.pk for row in rows])
    amounts = {}
    for row in rows:
        parts = {part.variant_id: part.quantity for part in row.parts.all()} if row.kind == "bundle" else {}
        amount = rules.reduction(terms_of(row, parts), items, delivery_fee)
        fits = rules.room(limit=row.limit, used=row.used, budget=row.budget, spent=row.spent, amount=amount)
        allowed = not row.per_person or (customer_id is not None and often.get(row.pk, 0) < row.per_person)
        if amount and fits and allowed and rules.holds(conditions_of(row), now):
            amounts[row.pk] = amount
    coded = found.offer_id if found is not None and _usable(found, customer_id) else None
    choices = [
        Choice(row.pk, amounts[row.pk], row.stacking, by_code=row.pk == coded)
        for row in rows
        if row.pk in amounts and (not row.by_code or row.pk == coded)
    ]
    by_id = {row.pk: row for row in rows}
    return [
        Held(by_id[choice.key], found if choice.by_code else None, choice.amount) for choice in rules.together(choices)
    ]


def voucher_by_code(code: str) -> Voucher | None:
    """The code that is valid."""
    return Voucher.objects.filter(code=code, retired_at=None).first()


def _usable(row: Voucher, customer_id: int | None) -> bool:
    return (not row.limit or row.used < row.limit) and row.customer_id in (None, customer_id)


def uses_by(customer_id: int | None, offer_ids: Iterable[int]) -> dict[int, int]:
    """How often a customer used each offer."""
    if customer_id is None:
        return {}
    rows = OfferUse.objects.filter(offer_id__in=list(offer_ids), customer_id=customer_id, given_back_at=None)
    return dict(rows.order_by().values_list("offer").annotate(n=Count("pk")))


def _situation(customer_id: int | None, items: Sequence[Item], channel: str, on: date) -> rules.Situation:
    goods = sum(item.quantity * item.price for item in items)
    person = Customer.objects.filter(pk=customer_id).first() if customer_id else None
    if person is None:
        return rules.Situation(on, channel, goods)
    summary = orders.summary_of(person.pk)
    return rules.Situation(
        on, channel, goods, known=True, kind=person.kind, district=person.district,
        purchases=summary.orders if summary else 0,
    )  # fmt: skip


# --- What is kept -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Kept:
    """A box with the offer: rupiah and shares of the price kept before and after; None where the cost is not known."""

    label: str
    price: int
    off: int
    cost: int | None

    @property
    def after(self) -> int:
        return self.price - self.off

    @property
    def before_percent(self) -> int | None:
        return None if self.cost is None or not self.price else round(100 * (self.price - self.cost) / self.price)

    @property
    def after_percent(self) -> int | None:
        if self.cost is None:
            return None
        return round(100 * (self.after - self.cost) / self.after) if self.after > 0 else -100

    @property
    def loses(self) -> bool:
        """Whether a box sells for less than it costs."""
        return self.cost is not None and self.after < self.cost


def margins(terms: Terms, least_purchase: int = 0) -> list[Kept]:
    """What is kept of a typical purchase under an offer, per box: an upper and honest case for the shop.

    Percentages and free boxes are of the box itself; an amount is spread over the least purchase it asks for (without
    one it is all taken off a single box); a bundle over its boxes. Empty while nothing comes off.
    """
    sheet = {one.variant.pk: one for one in supply.costings() if one.price}
    rows = []
    for pk, one in sheet.items():
        if terms.kind == "bundle":
            if pk not in terms.parts:
                continue
        elif terms.variant_id is not None and pk != terms.variant_id and terms.kind != "sample":
            continue
        price = one.price or 0
        rows.append(Kept(one.variant.label, price, _off(terms, pk, price, least_purchase, sheet), one.cost))
    return rows if any(row.off for row in rows) else []


def _off(terms: Terms, pk: int, price: int, least: int, sheet: dict[int, Any]) -> int:
    if terms.kind == "percent":
        off = price * terms.percent // 100
        return min(off, terms.most) if terms.most else off
    if terms.kind == "buy_get":
        return price * terms.get // (terms.buy + terms.get) if terms.buy and terms.get else 0
    if terms.kind == "bundle":
        normal = sum((sheet[one].price or 0) * count for one, count in terms.parts.items() if one in sheet)
        return price * max(0, normal - terms.amount) // normal if normal else 0
    free = (
        (sheet[terms.variant_id].price or 0) if terms.kind == "sample" and terms.variant_id in sheet else terms.amount
    )
    boxes = max(1, -(-least // price)) if price else 1
    return min(price, free // boxes)


def stopped_by_itself() -> QuerySet[Offer]:
    """Offers whose limit or budget was reached."""
    return Offer.objects.filter(stopped_at__isnull=False).exclude(state=OfferState.ENDED).order_by("-stopped_at")


def left_of(row: Offer) -> tuple[int | None, int | None]:
    """(uses, rupiah) that are left; None without a limit."""
    uses = row.limit - row.used if row.limit else None
    return uses, row.budget - row.spent if row.budget else None
