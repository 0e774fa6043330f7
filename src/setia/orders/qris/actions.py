"""Keep the shop's fixed code and its accounts."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from setia.core import clock, events, qris
from setia.core.errors import DomainError
from setia.core.scope import current_shop
from setia.orders import events as verbs
from setia.orders.actions.counter import sell
from setia.orders.models import AccountKind, MoneyAccount, QrisCode
from setia.shops.models import Member, Shop


@transaction.atomic
def set_code(*, payload: str, by: Member | None = None) -> QrisCode:
    """The fixed code of the shop, as its text. The same again changes nothing; another retires the one before.

    Raises DomainError (field `payload`) for a code that is damaged, made for one payment, or not for rupiah.
    """
    text = "".join(payload.splitlines()).strip()
    try:
        merchant, city = qris.merchant(qris.check_static(text))
    except qris.QrisError as error:
        raise DomainError(_(error.message), code=error.code, field="payload") from error
    if len(text) > 512:
        raise DomainError(_(qris.QrisError("unreadable").message), code="unreadable", field="payload")
    # One at a time per shop.
    Shop.objects.select_for_update().get(pk=current_shop().pk)
    known = QrisCode.objects.filter(retired_at=None).first()
    if known and known.payload == text:
        return known
    remove_code()
    code = QrisCode.objects.create(payload=text, merchant=merchant[:60], city=city[:40], by=by)
    events.record(verbs.ACCOUNTS_CHANGED, subject=code, data={"what": "qris", "merchant": code.merchant})
    return code


@transaction.atomic
def remove_code() -> bool:
    """No code is shown any more. False when there was none."""
    code = QrisCode.objects.filter(retired_at=None).first()
    if code is None:
        return False
    QrisCode.objects.filter(pk=code.pk).update(retired_at=clock.now())
    events.record(verbs.ACCOUNTS_CHANGED, subject=code, data={"what": "qris", "retired": True})
    return True


@transaction.atomic
def add_account(*, kind: str, name: str, number: str, holder: str = "") -> MoneyAccount:
    """An account that is written to customers. Raises DomainError for missing words and numbers without digits."""
    if kind not in AccountKind.values:
        raise DomainError(_("Choose one of the list."), code="choice", field="kind")
    fields = {"name": " ".join(name.split())[:40], "number": " ".join(number.split())[:40]}
    if not fields["name"]:
        raise DomainError(_("Write the name of the bank or e-wallet."), code="name", field="name")
    if sum(letter.isdigit() for letter in fields["number"]) < 5:
        raise DomainError(_("Write the whole number."), code="number", field="number")
    known = MoneyAccount.objects.filter(retired_at=None, kind=kind, **fields).first()
    if known:
        return known
    account = MoneyAccount.objects.create(kind=kind, holder=" ".join(holder.split())[:60], **fields)
    events.record(verbs.ACCOUNTS_CHANGED, subject=account, data={"what": kind})
    return account


def set_account_used(*, account: MoneyAccount, used: bool) -> bool:
    """Write it to customers, or no more. False when it was so already."""
    return _set_used(account, used)


@transaction.atomic
def _set_used(account: MoneyAccount, used: bool) -> bool:
    at = None if used else clock.now()
    if not MoneyAccount.objects.filter(pk=account.pk, retired_at__isnull=not used).update(retired_at=at):
        return False
    events.record(verbs.ACCOUNTS_CHANGED, subject=account, data={"what": account.kind, "used": used})
    return True


@transaction.atomic
def total_of_sale(**sale: Any) -> int:
    """What a sale at the counter would cost, with everything that is taken off; nothing is written.

    The sale is made and taken back at once, so that the code shows to the last rupiah what will be booked. Takes the
    keywords of `sell` and raises as it does.
    """
    with transaction.atomic():
        total = sell(**sale).total
        transaction.set_rollback(True)
    return total
