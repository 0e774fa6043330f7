"""Amounts in the money of the open shop, as people read and write them."""

from django.utils.translation import get_language

from setia.core import money
from setia.core.scope import NoOpenShop, current_shop


def currency() -> str:
    """The open shop's currency; rupiah outside any shop."""
    try:
        return current_shop().currency
    except NoOpenShop:
        return "IDR"


def shown(amount: int) -> str:
    """`15000` -> `Rp15.000`, in the active language."""
    return money.format_money(amount, currency(), get_language() or "id")


def typed(amount: int) -> str:
    """The same for a field one types in: written the way `read` understands it."""
    return money.format_money(amount, currency())


def read(text: str) -> int:
    """The amount a person typed. Raises MoneyError."""
    return money.parse_money(text, currency())
