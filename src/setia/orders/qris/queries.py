"""The code and the accounts that are in use."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from setia.core import qris
from setia.orders.models import MoneyAccount, Order, QrisCode


@dataclass(frozen=True)
class Shown:
    """A code to be scanned: its text, whom the buyer pays, and why it has no amount when it has none."""

    text: str
    merchant: str
    city: str
    original: str
    refused: str = ""


def code() -> QrisCode | None:
    """The shop's fixed code; None when there is none."""
    return QrisCode.objects.filter(retired_at=None).first()


def bill_number(order: Order) -> str:
    """The order's number as it stands in the code: `NOTA-0123`."""
    return f"NOTA-{order.number:04}"


def shown(amount: int, number: str = "") -> Shown | None:
    """The shop's code for an amount. Where it cannot carry it, the fixed one with the reason; None without a code."""
    known = code()
    if known is None:
        return None
    try:
        text = qris.make_dynamic(known.payload, amount, number)
    except qris.QrisError as error:
        if error.code != "too_long":
            return Shown(known.payload, known.merchant, known.city, known.payload, _(error.message))
        text = qris.make_dynamic(known.payload, amount)
    return Shown(text, known.merchant, known.city, known.payload)


def accounts(*, used: bool = True) -> list[MoneyAccount]:
    """The shop's accounts that are written to customers, or those that are not any more."""
    return list(MoneyAccount.objects.filter(retired_at__isnull=used).order_by("kind", "pk"))


def accounts_text() -> str:
    """The accounts as lines of a message: `BRI 1234-01 (Harti)`; empty without any."""
    return "\n".join(f"{one.name} {one.number}" + (f" ({one.holder})" if one.holder else "") for one in accounts())


def account(pk: int) -> MoneyAccount | None:
    """One account of the open shop."""
    return MoneyAccount.objects.filter(pk=pk).first()
