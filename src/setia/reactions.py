"""THE list: which event wakes which action. A listener takes `event` and runs in its own transaction, once."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from setia.care import actions as care
from setia.care import events as care_events
from setia.conversations import actions as conversations
from setia.conversations import events as conversation_events
from setia.conversations import sheet as chats
from setia.conversations.models import Conversation
from setia.core.events import Listener
from setia.customers import events as customer_events
from setia.customers import merging, privacy
from setia.customers.privacy import sheet
from setia.loyalty import actions as loyalty
from setia.loyalty import events as loyalty_events
from setia.orders import actions as orders
from setia.orders import events as order_events
from setia.orders import queries as order_queries
from setia.promotions import events as promotion_events
from setia.promotions.actions import bazaars, launches, referrals, referrals_merged, samples
from setia.segments import actions as segments
from setia.shops import events as shop_events
from setia.supply import actions as supply
from setia.supply import events as supply_events
from setia.team import actions as team
from setia.team import events as team_events
from setia.today import actions as today
from setia.today import events as today_events

REACTIONS: Mapping[str, Sequence[Listener]] = {
    conversation_events.RECEIVED: [
        conversations.note_entry,
        conversations.read_order,
        conversations.answer_automatically,
        loyalty.answer_balance,
        care.hear_answer,
        referrals.note_code,
        today.follow,
    ],
    conversation_events.FAILED: [today.follow],
    conversation_events.QUEUED: [today.follow],
    conversation_events.SENT: [today.follow],
    customer_events.ADDED: [segments.follow],
    customer_events.IDENTIFIED: [segments.follow],
    customer_events.ARCHIVED: [segments.follow, today.follow],
    customer_events.CHANGED: [referrals.follow_friend, segments.follow, today.follow],
    customer_events.BREACH: [today.follow],
    customer_events.CONSENT_ANSWERED: [segments.follow, today.follow],
    customer_events.ERASED: [segments.follow, today.follow],
    customer_events.MERGED: [loyalty.follow_merge, referrals_merged.follow_merge, segments.follow, today.follow],
    customer_events.OCCASION_ADDED: [today.follow],
    customer_events.OCCASION_REMOVED: [today.follow],
    customer_events.PRIVACY_ANSWERED: [today.follow],
    customer_events.PRIVACY_ASKED: [today.follow],
    customer_events.RESTORED: [segments.follow, today.follow],
    customer_events.RESTRICTED: [segments.follow, today.follow],
    customer_events.SHOWN: [today.follow],
    customer_events.UNMERGED: [referrals_merged.follow_unmerge, loyalty.follow_unmerge, segments.follow, today.follow],
    customer_events.IMPORT_FINISHED: [today.start_over],
    customer_events.IMPORT_UNDONE: [today.start_over],
    order_events.PLACED: [conversations.settle_draft, today.follow],
    order_events.CHANGED: [today.follow],
    order_events.CONFIRMED: [conversations.tell_of_order, today.follow],
    order_events.READY: [conversations.tell_of_order, today.follow],
    order_events.WAITS: [today.follow],
    order_events.WAITS_NO_MORE: [today.follow],
    order_events.ON_ITS_WAY: [conversations.tell_of_order, today.follow],
    order_events.RETURNED: [loyalty.settle_order, today.follow],
    order_events.COMPLETED: [
        loyalty.settle_order,
        referrals.follow_friend,
        conversations.thank_for_order,
        segments.follow,
        today.follow,
    ],
    order_events.CANCELLED: [loyalty.settle_order, referrals.follow_friend, segments.follow, today.follow],
    order_events.REOPENED: [loyalty.settle_order, referrals.follow_friend, segments.follow, today.follow],
    order_events.PAID: [today.follow],
    order_events.CREDIT_OWED: [today.follow],
    order_events.CREDIT_PAID: [today.follow],
    order_events.CREDIT_CORRECTED: [today.follow],
    order_events.RATED: [care.note_rating, referrals.prepare_code, today.follow],
    order_events.SAMPLED: [samples.note_sample],
    conversation_events.ENTERED: [bazaars.note_entry],
    promotion_events.CAMPAIGN_CHANGED: [launches.follow_campaign, today.follow],
    promotion_events.CAMPAIGN_MEASURED: [today.follow],
    promotion_events.LAUNCH_CHANGED: [today.follow],
    promotion_events.REFERRAL_SETTLED: [today.follow],
    promotion_events.REFERRAL_TAKEN_BACK: [today.follow],
    promotion_events.BAZAAR_MET: [today.follow],
    promotion_events.SAMPLED: [today.follow],
    promotion_events.INVITED: [today.follow],
    today_events.ACTED: [referrals.note_invitation],
    shop_events.OPENED: [team.prepare],
    shop_events.MEMBER_JOINED: [team.follow_joined],
    loyalty_events.EARNED: [today.follow],
    loyalty_events.TAKEN_BACK: [today.follow],
    loyalty_events.REDEEMED: [referrals.prepare_code, today.follow],
    loyalty_events.GIVEN_BACK: [today.follow],
    loyalty_events.LAPSED: [today.follow],
    loyalty_events.CORRECTED: [today.follow],
    loyalty_events.SHARED: [today.follow],
    supply_events.PRICE_NOTED: [supply.open_reviews],
    care_events.ANSWERED: [referrals.prepare_code, today.follow],
    care_events.COMPLAINT_OPENED: [supply.trace_complaint, today.follow],
    care_events.COMPLAINT_CHANGED: [supply.trace_complaint, today.follow],
    care_events.ANSWERED: [today.follow],
    care_events.COMPLAINT_OFFERED: [today.follow],
    care_events.COMPLAINT_SETTLED: [today.follow],
    care_events.COMPLAINT_CLOSED: [supply.trace_complaint, referrals.prepare_code, today.follow],
    care_events.COMPLAINT_REOPENED: [supply.trace_complaint, today.follow],
    supply_events.REVIEW_OPENED: [today.follow],
    supply_events.REVIEW_DECIDED: [today.follow],
    supply_events.LOT_RECEIVED: [today.follow],
    supply_events.INSPECTED: [today.follow],
    team_events.OBSERVED: [today.follow],
    team_events.CANDIDATE_ADDED: [today.follow],
    team_events.CANDIDATE_CHANGED: [today.follow],
    team_events.CANDIDATE_DECIDED: [today.follow],
    team_events.CANDIDATE_ERASED: [today.follow],
    loyalty_events.TIER_CHANGED: [today.follow],
}


def _one_chat(ours: Conversation, theirs: Conversation) -> dict[str, Any]:
    """Two chats of one person on one channel: what waits in both still waits, the newest words stand in the list."""
    times = ("window_until", "last_inbound_at", "last_echo_at", "automation_paused_until", "held_until")
    both = {name: max(filter(None, (getattr(ours, name), getattr(theirs, name))), default=None) for name in times}
    waiting = [chat.waiting_since for chat in (ours, theirs) if chat.waiting_since]
    both |= {"unread": ours.unread + theirs.unread, "waiting_since": min(waiting, default=None)}
    if theirs.last_message_at and (not ours.last_message_at or theirs.last_message_at > ours.last_message_at):
        shown = ("last_message_at", "last_text", "last_kind", "last_direction")
        both |= {name: getattr(theirs, name) for name in shown}
    # Put away or done only where both are.
    away, done = [chat.snoozed_until for chat in (ours, theirs)], [chat.done_at for chat in (ours, theirs)]
    both["snoozed_until"] = min(filter(None, away)) if all(away) else None
    both["done_at"] = max(filter(None, done)) if all(done) else None
    newest = max(filter(None, (ours.last_message_at, theirs.last_message_at)), default=None)
    return both | {"sorted_at": both["snoozed_until"] or newest}


def _one_terms(ours: Any, theirs: Any) -> dict[str, Any]:
    """Terms that were agreed stand over the usual ones, which everybody who ever owed something has."""
    usual = {name: type(ours)._meta.get_field(name).get_default() for name in ("tempo_days", "limit")}
    agreed = any(getattr(ours, name) != value for name, value in usual.items())
    return {} if agreed else {name: getattr(theirs, name) for name in usual}


def _higher_step(ours: Any, theirs: Any) -> dict[str, Any]:
    """Nobody goes down a step by being one person; the night counts anew."""
    here, there = (-1 if row.tier is None else row.tier.position for row in (ours, theirs))
    return {name: getattr(theirs, name) for name in ("tier_id", "since", "moved")} if there > here else {}


# What tables ask for when two customers are made one; all others are moved (docs/recipes/new-table-of-customers.md).
merging.install(
    {
        "orders.PurchaseSummary": merging.Special(
            derived=True, renew=lambda ids: orders.renew_summaries(customer_ids=ids)
        ),
        "care.Boredom": merging.Special(derived=True, renew=lambda ids: care.forget_boredom(customer_ids=ids)),
        "conversations.Message": merging.Special(rename="reference"),
        "conversations.Conversation": merging.Special(combine=_one_chat),
        "orders.CreditTerms": merging.Special(combine=_one_terms),
        "loyalty.Standing": merging.Special(combine=_higher_step),
        "promotions.Referral": merging.Special(combine=referrals_merged.one_thanks),
    }
)


def _open_with(customer_id: int) -> str:
    """Why somebody cannot be erased yet."""
    if order_queries.open_of_customer(customer_id):
        return _("There is still an open order. Finish it or call it off first.")
    if any(order.balance for order in order_queries.of_customer(customer_id).filter(completed_at__isnull=False)):
        return _("Something is still to be paid. Settle it first, or write it off.")
    if order_queries.owes_or_holds(customer_id):
        return _("Something is on credit, or goods lie there. Settle it first.")
    return ""


# What must be settled before a person is erased, and who bought lately.
privacy.install(holds=[_open_with], also=[conversations.forget_words], bought_since=[order_queries.buyers_since])
sheet.install(order_queries.told_to_customer, chats.told_to_customer)
