"""What areas above this one offer to take off an order: points, vouchers, the settlement of a complaint, a gift.

**The contract.** An area writes one object with the four members of `Deduction` and has it installed once at start, in
`setia/recurring.py`, beside the importers:

    deductions.install(loyalty.deductions.POINTS, promotions.deductions.VOUCHERS, care.deductions.SETTLEMENTS)

- `source`: the area's name (`"loyalty"`), at most 20 characters; two deductions of one area take two names.
- `quote(...)` **reads only** and is called while somebody fills a basket, with every change of it: keep it to a few
  queries, and answer `[]` for a customer who is not known. `lines` are `DeductionLine`s (variant, quantity, price of
  one, amount) already priced for the customer's kind; `code` is what was typed ("" for nothing); `channel` an
  `OrderChannel`; `on` the day of the order (today at the counter, else the day it is made for); `delivery_fee` what
  bringing it costs (0 for what is not brought, or is not charged). A code that is not this area's is no error: answer
  `[]`. Amounts are positive, whole units: what would be taken off the goods, or, with the kind `brought`, off the
  delivery fee. More than they cost is cut to what they cost, before `settle` sees it.
- `settle(order=, quote=, by=)` runs **inside the transaction** that makes the sale, after order and lines are
  written, with the amount that is really taken off: book the points, mark the voucher used. It may refuse with a
  `DomainError` (the limit was reached a second ago); then the whole sale is undone and its text shown at the code
  field. Lock what you count.
- `take_back(order=, quote=)` runs in the transaction in which the order is called off, or the reduction is taken out
  of it: give back what `settle` took. Calling it twice must give back once. An order whose cancellation is taken
  back is `settle`d again with the same reference, so neither may rely on the reference being used only once.

What is taken off is an `Adjustment(kind, source, reference, amount < 0)`, once per order, source and reference. Goods
and fee are two purses: nothing off the one makes the other cheaper, and neither becomes negative. A free item is a
reduction (`kind="gift"`) of what the line costs; the line itself stays, so kitchen and stock know of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from setia.orders import rules
from setia.orders.models import Adjustment, AdjustmentKind, Order
from setia.shops.models import Member


@dataclass(frozen=True)
class DeductionLine:
    """One line of the basket, priced."""

    variant_id: int
    quantity: int
    unit_price: int

    @property
    def amount(self) -> int:
        """What the line costs."""
        return self.quantity * self.unit_price


@dataclass(frozen=True)
class Quote:
    """A reduction that may be taken. `label`: how it is called on the screen and on the note, in the active language.

    `by_code`: it is what the typed code stands for, and is taken with it. `automatic`: it is ticked from the start;
    else somebody has to choose it.
    """

    kind: str
    source: str
    reference: str
    amount: int
    label: str
    by_code: bool = False
    automatic: bool = False

    @property
    def key(self) -> str:
        """What a form sends back to choose it."""
        return f"{self.source}:{self.reference}"

    @property
    def of_delivery(self) -> bool:
        """It comes off the delivery fee, not off the goods."""
        return self.kind == AdjustmentKind.BROUGHT


class Deduction(Protocol):
    """See the contract above."""

    source: str

    def quote(
        self,
        *,
        customer_id: int | None,
        lines: Sequence[DeductionLine],
        channel: str,
        code: str,
        on: date,
        delivery_fee: int,
    ) -> list[Quote]: ...

    def settle(self, *, order: Order, quote: Quote, by: Member | None) -> None: ...

    def take_back(self, *, order: Order, quote: Quote) -> None: ...


_installed: dict[str, Deduction] = {}


def install(*deductions: Deduction) -> None:
    """Let these be offered from now on (done once at start, from `setia.recurring`)."""
    for deduction in deductions:
        _installed[deduction.source] = deduction


def uninstall(source: str) -> None:
    """Offer it no more. For tests."""
    _installed.pop(source, None)


def any_installed() -> bool:
    """Whether there is anything that could be offered: without, the pages ask for no code."""
    return bool(_installed)


def installed(source: str) -> Deduction | None:
    """The deduction of that source."""
    return _installed.get(source)


def offered(
    *,
    customer_id: int | None,
    lines: Sequence[DeductionLine],
    channel: str,
    code: str = "",
    on: date,
    delivery_fee: int = 0,
) -> list[Quote]:
    """Everything that may be taken off this basket, what the code stands for first; each no more than the goods, or
    the delivery, cost.
    """
    if not lines:
        return []
    goods = sum(line.amount for line in lines)
    basket: dict[str, Any] = {
        "customer_id": customer_id,
        "lines": lines,
        "channel": channel,
        "on": on,
        "delivery_fee": delivery_fee,
    }
    found = [
        replace(quote, amount=min(quote.amount, delivery_fee if quote.of_delivery else goods))
        for deduction in _installed.values()
        for quote in deduction.quote(**basket, code=code.strip())
        if quote.amount > 0 and quote.kind in AdjustmentKind.values
    ]
    return sorted((quote for quote in found if quote.amount), key=lambda one: (not one.by_code, not one.automatic))


def expected(
    *, customer_id: int | None, lines: Sequence[DeductionLine], channel: str, on: date, delivery_fee: int = 0
) -> list[Quote]:
    """What comes off by itself when this becomes an order: the same that `actions.place` takes with `agreed`."""
    quotes = offered(customer_id=customer_id, lines=lines, channel=channel, on=on, delivery_fee=delivery_fee)
    agreed = (quote for quote in quotes if quote.automatic)
    return fit(agreed, sum(line.amount for line in lines), delivery_fee)


def fit(quotes: Iterable[Quote], room: int, delivery: int = 0) -> list[Quote]:
    """The quotes with what of each fits into the `room` of the goods, or into what is left of the `delivery` fee, one
    after the other; those that find no room are left out."""
    given = list(quotes)
    off_goods = iter(rules.fit((quote.amount for quote in given if not quote.of_delivery), room))
    off_fee = iter(rules.fit((quote.amount for quote in given if quote.of_delivery), delivery))
    fitted = [(quote, next(off_fee if quote.of_delivery else off_goods)) for quote in given]
    return [replace(quote, amount=amount) for quote, amount in fitted if amount]


def quote_of(adjustment: Adjustment) -> Quote:
    """The quote an adjustment was made from."""
    return Quote(
        kind=adjustment.kind,
        source=adjustment.source,
        reference=adjustment.reference,
        amount=-adjustment.amount,
        label=adjustment.reason,
    )
