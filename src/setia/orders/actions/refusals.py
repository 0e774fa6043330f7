"""What the rules call impossible, in words and at the field it is about."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from setia.core.errors import DomainError
from setia.orders import rules

_TEXTS: dict[str, tuple[str, Callable[[], str]]] = {
    "empty": ("lines", lambda: _("Choose at least one box.")),
    "quantity": (
        "lines",
        lambda: _("Each flavour needs at least 1 box, and at most %(most)s.") % {"most": rules.MOST_BOXES},
    ),
    "price": ("lines", lambda: _("A price cannot be below zero.")),
    "total": ("lines", lambda: _("This order is too large to be true. Check the numbers of boxes.")),
    "discount": ("discount", lambda: _("The discount cannot be below zero or more than the boxes cost.")),
    "taken_off": (
        "code",
        lambda: _("More would be taken off than the boxes cost. Take a voucher, points or a discount out first."),
    ),
    "off_delivery": (
        "delivery_fee",
        lambda: _("Delivery was given for free in this order. Take that out first, then change the fee."),
    ),
    "delivery_fee": ("delivery_fee", lambda: _("A delivery fee cannot be below zero.")),
    "deposit": ("deposit", lambda: _("The deposit cannot be below zero or more than the total.")),
    "amount": ("amount", lambda: _("Enter an amount of more than zero.")),
    "refund": ("amount", lambda: _("No more can go back than was paid.")),
}


@contextmanager
def in_words() -> Iterator[None]:
    """Turn `rules.Impossible` inside the block into a DomainError with its text and field."""
    try:
        yield
    except rules.Impossible as error:
        field, text = _TEXTS[error.code]
        raise DomainError(text(), code=error.code, field=field) from error
