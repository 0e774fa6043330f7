"""Sums, and who owes what to whom.

Money is whole units in integers. An order's total is the sum of its lines and adjustments, what was paid is the sum of
its payments: nothing here rounds, so money neither appears nor vanishes.
"""

from collections.abc import Iterable
from dataclasses import dataclass

MOST_BOXES = 5_000
# The largest total a column holds is about two thousand million; far below it something is wrong.
MOST_MONEY = 1_000_000_000
# A promise further ahead than this is a slip in the year.
FURTHEST_DAYS = 731


class Impossible(ValueError):
    """A value that cannot be: `code` names what (`quantity`, `price`, `discount`, `deposit`, `total`, …)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class LineInput:
    """What somebody wants: so many of a variant."""

    variant_id: int
    quantity: int


def merge(lines: Iterable[LineInput]) -> dict[int, int]:
    """Quantity by variant, in the order of first mention; the same variant twice becomes one line.

    Raises Impossible: `empty` without lines, `quantity` for less than one or more than `MOST_BOXES` of one.
    """
    wanted: dict[int, int] = {}
    for line in lines:
        if line.quantity < 1:
            raise Impossible("quantity")
        wanted[line.variant_id] = wanted.get(line.variant_id, 0) + line.quantity
    if not wanted:
        raise Impossible("empty")
    if max(wanted.values()) > MOST_BOXES:
        raise Impossible("quantity")
    return wanted


# --- Sums -------------------------------------------------------------------------------------------------------------


def subtotal(lines: Iterable[tuple[int, int]]) -> int:
    """Sum of `(quantity, unit price)` lines. Raises Impossible `quantity`, `price` or `total`."""
    amount = 0
    for quantity, unit_price in lines:
        if not 1 <= quantity <= MOST_BOXES:
            raise Impossible("quantity")
        if unit_price < 0:
            raise Impossible("price")
        amount += quantity * unit_price
    if amount > MOST_MONEY:
        raise Impossible("total")
    return amount


def adjustments(goods: int, *, discount: int = 0, delivery_fee: int = 0) -> dict[str, int]:
    """Signed amounts by kind that are added to the sum of the goods; kinds without an amount are left out.

    Raises Impossible `discount` (below zero, or above the goods) or `delivery_fee` (below zero, or beyond any sum).
    """
    if not 0 <= discount <= goods:
        raise Impossible("discount")
    if not 0 <= delivery_fee <= MOST_MONEY:
        raise Impossible("delivery_fee")
    signed = {"discount": -discount, "delivery": delivery_fee}
    return {kind: amount for kind, amount in signed.items() if amount}


def total(
    lines: Iterable[tuple[int, int]],
    *,
    discount: int = 0,
    delivery_fee: int = 0,
    taken_off: int = 0,
    off_delivery: int = 0,
) -> int:
    """What an order costs: its lines less discount and what else is `taken_off`, plus the delivery fee less what is
    taken off that.

    Raises Impossible as its parts, `taken_off` when more is taken off than the goods cost after the discount, and
    `off_delivery` when more is taken off the delivery fee than it is.
    """
    goods = subtotal(lines)
    amount = goods + sum(adjustments(goods, discount=discount, delivery_fee=delivery_fee).values())
    if not 0 <= taken_off <= goods - discount:
        raise Impossible("taken_off")
    if not 0 <= off_delivery <= delivery_fee:
        raise Impossible("off_delivery")
    amount -= taken_off + off_delivery
    if amount > MOST_MONEY:
        raise Impossible("total")
    return amount


def fit(amounts: Iterable[int], room: int) -> list[int]:
    """What of each amount, one after the other, fits into `room`: nothing below zero, together at most the room."""
    fitting = []
    for amount in amounts:
        fitting.append(max(0, min(amount, room)))
        room -= fitting[-1]
    return fitting


def share(amount: int, quantity: int, before: int, back: int) -> int:
    """What `back` of `quantity` boxes are worth that cost `amount` together, when `before` of them came back already.

    Taken as differences of running shares, so that all boxes together are worth exactly the amount.
    """
    return amount * (before + back) // quantity - amount * before // quantity


def check_deposit(deposit: int, total: int) -> int:
    """The deposit as it is. Raises Impossible `deposit` below zero or above the total."""
    if not 0 <= deposit <= total:
        raise Impossible("deposit")
    return deposit


# --- Who owes whom ----------------------------------------------------------------------------------------------------


def balance(total: int, paid: int, *, cancelled: bool = False) -> int:
    """What the customer still owes. Nothing for an order that was called off."""
    return 0 if cancelled else max(0, total - paid)


def surplus(total: int, paid: int, *, cancelled: bool = False) -> int:
    """What the shop holds beyond what is due; all of it for an order that was called off."""
    return max(0, paid - (0 if cancelled else total))


@dataclass(frozen=True, slots=True)
class Taken:
    """Money handed over at a till: what stays and what goes back at once."""

    kept: int
    change: int


def take(given: int, due: int, *, cash: bool) -> Taken:
    """What becomes of `given` when `due` is owed: cash beyond it is change, a transfer stays as it arrived."""
    kept = min(given, due) if cash else given
    return Taken(kept, given - kept)


def payment_kind(amount: int, *, due: int, handed_over: bool) -> str:
    """How a payment is booked: `refund` when money goes back, `deposit` for a part paid ahead, else `balance`."""
    if amount < 0:
        return "refund"
    return "deposit" if not handed_over and amount < due else "balance"


def signed(amount: int, kind: str | None, *, paid: int) -> int:
    """The amount as it is booked: negative when it goes back (kind `refund`, or given below zero).

    Raises Impossible `amount` for nothing or too much, `refund` when more would go back than was paid.
    """
    if amount == 0 or abs(amount) > MOST_MONEY or (amount < 0 and kind not in (None, "refund")):
        raise Impossible("amount")
    booked = -abs(amount) if kind == "refund" else amount
    if paid + booked < 0:
        raise Impossible("refund")
    if paid + booked > MOST_MONEY:
        raise Impossible("amount")
    return booked
