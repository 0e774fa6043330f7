"""Pure decisions about orders: sums, what may follow what, who owes whom."""

from collections.abc import Iterable, Mapping

# From which states a step may be taken.
STEPS: Mapping[str, frozenset[str]] = {
    "confirmed": frozenset({"placed"}),
    "ready": frozenset({"placed", "confirmed"}),
    "completed": frozenset({"placed", "confirmed", "ready"}),
    "cancelled": frozenset({"placed", "confirmed", "ready"}),
}
# What taking back a step leads to.
BACK: Mapping[str, str] = {"confirmed": "placed", "ready": "confirmed", "completed": "ready", "cancelled": "placed"}

MOST_BOXES = 5_000


def total(lines: Iterable[tuple[int, int]], *, discount: int = 0, delivery_fee: int = 0) -> int:
    """Sum of `(quantity, unit price)` lines less the discount plus the delivery fee, in whole money.

    Raises ValueError with the code `quantity`, `price`, `discount` or `delivery_fee` for what cannot be.
    """
    amount = 0
    for quantity, unit_price in lines:
        if not 1 <= quantity <= MOST_BOXES:
            raise ValueError("quantity")
        if unit_price < 0:
            raise ValueError("price")
        amount += quantity * unit_price
    if not 0 <= discount <= amount:
        raise ValueError("discount")
    if delivery_fee < 0:
        raise ValueError("delivery_fee")
    return amount - discount + delivery_fee


def change(total: int, paid: int) -> int:
    """Money to give back when more was paid than due; 0 otherwise."""
    return max(0, paid - total)


def refund_on_cancel(paid: int) -> int:
    """What goes back when an order is called off: all of it, until the owner's own deposit rules say otherwise."""
    return max(0, paid)
