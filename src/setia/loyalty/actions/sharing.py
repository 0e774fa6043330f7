"""One card for a household: cards are brought together, and somebody may collect alone again."""

from django.db import transaction
from django.utils.translation import gettext as _

from setia.core import clock, events
from setia.core.errors import DomainError
from setia.core.models import Event
from setia.customers.models import Customer, MergeRecord
from setia.loyalty import events as verbs
from setia.loyalty import queries
from setia.loyalty.actions import ledger
from setia.loyalty.models import Account, Earning, Membership, Unit
from setia.shops.models import Member


@transaction.atomic
def share(*, customer: Customer, card_of: Customer, by: Member | None = None) -> Account:
    """Let `customer` collect on the card of `card_of` from now on; what both had is on it, each with its own last day.

    Whoever shared the customer's old card comes along. Raises DomainError for one and the same person.
    """
    if customer.pk == card_of.pk:
        raise DomainError(_("This is the same person. Choose somebody else of the household."), code="same")
    old, new = ledger.account_of(customer), ledger.account_of(card_of)
    if old.pk == new.pk:
        return new
    people = queries.members_of(old.pk)
    _bring_together(old, new)
    for person in people:
        events.record(
            verbs.SHARED, subject=new, customer_id=person.pk, data={"with": card_of.pk, "from": old.pk, "alone": False}
        )
    new.refresh_from_db()
    return new


def _bring_together(old: Account, new: Account) -> None:
    # locks always in the same order: two people who share with each other at once do not wait for ever
    first, second = sorted((old, new), key=lambda account: account.pk)
    first, second = ledger.locked(first), ledger.locked(second)
    old, new = (first, second) if first.pk == old.pk else (second, first)
    for unit in Unit.values:
        ledger.carry_over(old, new, unit)
    Membership.objects.filter(account=old).update(account=new)
    Earning.objects.filter(account=old).update(account=new)
    Account.objects.filter(pk=old.pk).update(closed_at=clock.now())


@transaction.atomic
def collect_alone(*, customer: Customer, by: Member | None = None) -> Account:
    """Give somebody a card of their own again; what was collected together stays with the others.

    Raises DomainError for somebody who shares with nobody.
    """
    membership = Membership.objects.select_for_update().filter(customer=customer).first()
    if membership is None or Membership.objects.filter(account_id=membership.account_id).count() < 2:
        raise DomainError(_("This card is not shared with anybody."), code="alone")
    before = membership.account_id
    account = Account.objects.create()
    Membership.objects.filter(pk=membership.pk).update(account=account, joined_at=clock.now())
    events.record(
        verbs.SHARED, subject=account, customer_id=customer.pk, data={"with": None, "from": before, "alone": True}
    )
    return account


# --- Two who turn out to be one ---------------------------------------------------------------------------------------


def follow_merge(*, event: Event) -> None:
    """On `customer.merged`: what was on the card of the one that is gone goes to the card of the one that stays."""
    record = MergeRecord.objects.select_related("kept").filter(pk=event.subject_id).first()
    old = _left_card(record)
    if record is None or old is None or old.closed_at is not None or queries.members_of(old.pk):
        return
    with transaction.atomic():
        new = ledger.account_of(record.kept)
        _bring_together(old, new)


def follow_unmerge(*, event: Event) -> None:
    """On `customer.unmerged`: what is left of it goes back to the old card."""
    record = MergeRecord.objects.filter(pk=event.subject_id).first()
    old = _left_card(record)
    if record is None or old is None or old.closed_at is None:
        return
    with transaction.atomic():
        old = ledger.locked(old)
        Account.objects.filter(pk=old.pk).update(closed_at=None)
        for unit in Unit.values:
            ledger.bring_back(old, unit)
        Earning.objects.filter(customer_id=record.gone_id).update(account=old)


def _left_card(record: MergeRecord | None) -> Account | None:
    """The card of the one that is gone, when both had one: the merge had to delete that membership."""
    for step in record.steps if record else ():
        if step[0] == "delete" and step[1] == Membership._meta.label_lower:
            return Account.objects.filter(pk=step[2].get("account_id", step[2].get("account"))).first()
    return None
