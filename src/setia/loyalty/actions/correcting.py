"""What is put right by hand, taken out again, or not used in time."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from setia.core.errors import DomainError
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.loyalty import events as verbs
from setia.loyalty import queries, rules
from setia.loyalty.actions import ledger
from setia.loyalty.actions.giving import record
from setia.loyalty.models import Account, EntryKind, LedgerEntry
from setia.shops.models import Member


@transaction.atomic
def correct(*, account: Account, unit: str, amount: int, reason: str, key: str, by: Member | None = None) -> Account:
    """A slip put right by hand, with the reason; `amount` may be negative. Raises DomainError below zero."""
    account = ledger.locked(account)
    if ledger.written(f"correct:{key}"):
        return account
    if not reason.strip():
        raise DomainError(_("Say why, so that it can be understood later."), code="reason", field="reason")
    if not amount or abs(amount) > rules.LARGEST:
        raise DomainError(_("This number cannot be right. Check it."), code="amount", field="amount")
    facts: dict[str, Any] = {
        "kind": EntryKind.CORRECTION,
        "key": f"correct:{key}",
        "reason": reason.strip()[:120],
        "by": by,
    }
    if amount > 0:
        last = rules.last_day(current_shop().today(), queries.programme().expiry_months)
        ledger.credit(account, unit, amount, expires_on=last, **facts)
    else:
        try:
            ledger.debit(account, unit, -amount, **facts)
        except rules.NotEnough as error:
            raise DomainError(_("There is not so much on the card."), code="balance", field="amount") from error
    member = queries.first_member(account.pk)
    record(verbs.CORRECTED, account, member.pk if member else None, unit, amount)
    return account


@transaction.atomic
def take_reward_back(*, given: str, customer: Customer, key: str, reason: str) -> int:
    """Take what `reward` gave under a key off the customer's card: from its own lot, and only what that lacks from the
    others. What was spent stays spent; the same `key` takes once. Returns how much was taken."""
    entry, card = ledger.written(f"reward:{given}"), queries.account_of(customer.pk)
    if entry is None or card is None or ledger.written(f"correct:{key}"):
        return 0
    account = ledger.locked(card)
    back = min(entry.amount, max(0, getattr(account, entry.unit)))
    own = ledger.moved_to(entry).pk
    left = next((lot.left for lot in ledger.lots(account, entry.unit) if lot.id == own), 0)
    first = max(0, min(back, left))
    facts: dict[str, Any] = {"kind": EntryKind.CORRECTION, "reason": reason[:120], "customer_id": customer.pk}
    if first:
        ledger.debit(account, entry.unit, first, key=f"correct:{key}", lot_id=own, **facts)
    if back > first:
        more = f"correct:{key}:rest" if first else f"correct:{key}"
        ledger.debit(account, entry.unit, back - first, key=more, **facts)
    if back:
        record(verbs.CORRECTED, account, customer.pk, entry.unit, -back)
    return back


@transaction.atomic
def give_reward_again(*, key: str, reason: str) -> int:
    """Put back into its lots what `take_reward_back` took under a key; twice is once. Returns how much."""
    taken = LedgerEntry.objects.filter(Q(key=f"correct:{key}") | Q(key__startswith=f"correct:{key}:"), amount__lt=0)
    entries = list(taken.select_related("account").order_by("pk"))
    if not entries or ledger.written(f"again:{key}:0"):
        return 0
    account, who = ledger.locked(entries[0].account), entries[0].customer_id
    amount = ledger.give_back(account, entries, key=f"again:{key}", reason=reason[:120], customer_id=who)
    record(verbs.CORRECTED, account, who, entries[0].unit, amount)
    return amount


@transaction.atomic
def take_out_opening(*, entry: LedgerEntry) -> None:
    """What a file brought onto a card is taken off again, from the lot it made. Raises rules.NotEnough when spent."""
    account = ledger.locked(entry.account)
    key = f"correct:file:{entry.customer_id}:{entry.pk}"
    if ledger.written(key) is None:
        facts = {"customer_id": entry.customer_id, "reason": _("The file was taken out again")}
        ledger.debit(account, entry.unit, entry.amount, kind=EntryKind.CORRECTION, key=key, lot_id=entry.pk, **facts)
        record(verbs.CORRECTED, account, entry.customer_id, entry.unit, -entry.amount)


@transaction.atomic
def _lapse(account: Account, day: date) -> None:
    account = ledger.locked(account)
    for unit, amount in ledger.sweep(account, day).items():
        member = queries.first_member(account.pk)
        record(verbs.LAPSED, account, member.pk if member else None, unit, amount)


def let_lapse() -> str:
    """Let lapse what was not used in time (nightly, safe to repeat). Returns a line on what was done."""
    day = current_shop().today()
    cards = queries.lapsing_cards(day)
    for account in cards:
        _lapse(account, day)
    return f"{len(cards)} cards"
