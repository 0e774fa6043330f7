"""What happened to people without anybody being left out by lot: for each, the day on which it happened.

Only the purchases before and after such a day can be told (`proof`), and that is said as exactly that.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import Max, Min

from setia.care.models import Settlement, SettlementState
from setia.conversations.models import Message
from setia.core.scope import current_shop
from setia.loyalty.models import LedgerEntry, Redemption
from setia.promotions.models import Recipient, RecipientState, Referral, ReferralState
from setia.today.models import Prompt, PromptState

Days = dict[int, date]


def _on_card(until: date) -> Days:
    """The day on which each person's card of points or stamps began."""
    rows = LedgerEntry.objects.filter(day__lte=until, customer__isnull=False, amount__gt=0).order_by()
    return dict(rows.values_list("customer_id").annotate(on=Min("day")))


def _rewarded(until: date) -> Days:
    """The day on which each person first took a reward."""
    rows = Redemption.objects.filter(customer__isnull=False, undone_at=None).order_by()
    return _days(rows.values_list("customer_id").annotate(at=Min("at")), until)


def _prompted(until: date) -> Days:
    """The last day on which each person was written to because Today said so."""
    rows = Prompt.objects.filter(state=PromptState.SENT, customer__isnull=False, acted_at__isnull=False).order_by()
    return _days(rows.values_list("customer_id").annotate(at=Max("acted_at")), until)


def _thanked(until: date) -> Days:
    """The day on which each person was first thanked by a message."""
    rows = Message.objects.filter(purpose__in=("thanks", "thanks_first"), sent_at__isnull=False).order_by()
    return _days(rows.values_list("customer_id").annotate(at=Min("sent_at")), until)


def _settled(until: date) -> Days:
    """For each person the day of what they last complained about, of what was made good since.

    Not the day on which it was made good: somebody who complains has just bought, and that would stand in the weeks
    before as if it were their habit.
    """
    zone = current_shop().zone
    done = Settlement.objects.filter(state=SettlementState.DONE, complaint__customer__isnull=False)
    columns = ("complaint__customer_id", "complaint__order__completed_on", "complaint__opened_at")
    rows = done.order_by("complaint__opened_at", "pk").values_list(*columns)
    found = {customer: bought or opened.astimezone(zone).date() for customer, bought, opened in rows}
    return {customer: day for customer, day in found.items() if day <= until}


def _told_all(until: date) -> Days:
    """The last day on which each person got an offer or news of which nobody was left out."""
    rows = Recipient.objects.filter(state=RecipientState.HANDED, campaign__holds_out=False).order_by()
    return _days(rows.values_list("customer_id").annotate(at=Max("campaign__started_at")), until)


def _brought(until: date) -> Days:
    """The first day on which each person was thanked for a friend who came."""
    rows = Referral.objects.filter(state=ReferralState.SETTLED).order_by()
    return _days(rows.values_list("teller_id").annotate(at=Min("settled_at")), until)


def _days(rows: Iterable[tuple[int, Any]], until: date) -> Days:
    zone = current_shop().zone
    found = {customer: at.astimezone(zone).date() for customer, at in rows if at}
    return {customer: day for customer, day in found.items() if day <= until}


# (kind, function of the last day that may count)
MOMENTS: tuple[tuple[str, Callable[[date], Days]], ...] = (
    ("card", _on_card),
    ("reward", _rewarded),
    ("prompt", _prompted),
    ("thanks", _thanked),
    ("settlement", _settled),
    ("broadcast", _told_all),
    ("friend", _brought),
)
