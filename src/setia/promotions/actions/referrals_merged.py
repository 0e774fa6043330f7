"""Two people who turn out to be one, in word of mouth: one friend is thanked for once, and taking it back is exact."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from setia.core.models import Event
from setia.customers import events as people_events
from setia.customers.models import Customer, MergeRecord
from setia.customers.survivors import survivor_of
from setia.loyalty import actions as loyalty
from setia.promotions import events as verbs
from setia.promotions.actions.referrals import settle
from setia.promotions.models import Referral, ReferralState

# What says which thanks it is, and where in the ledger it stands.
_THANKS = (
    *("teller_id", "order_id", "state", "reward", "points", "variant_id", "amount", "key", "settled_at"),
    *("taken_back_at", "used_in_id"),
)


def one_thanks(ours: Referral, theirs: Referral) -> Mapping[str, Any]:
    """Of the thanks for two friends who are one the one that stands stays; with both standing, that of who is kept."""
    if ours.state == ReferralState.SETTLED or theirs.state != ReferralState.SETTLED:
        return {}
    return {name: getattr(theirs, name) for name in _THANKS}


def follow_merge(*, event: Event) -> None:
    """On `customer.merged`: a second thanks for what is one friend now is taken back, and the one left put in line."""
    record = MergeRecord.objects.filter(pk=event.subject_id).first()
    if record is None or record.undone_at is not None:
        return
    with transaction.atomic():
        for thanks in _second_thanks(record):
            teller = Customer.objects.filter(pk=thanks["teller_id"]).first()
            if teller is not None and thanks["points"]:
                loyalty.take_reward_back(
                    given=thanks["key"],
                    customer=survivor_of(teller),
                    key=_key(record, thanks),
                    reason=_("Two friends were one and the same person"),
                )
        settle(friend_id=record.kept_id)


def follow_unmerge(*, event: Event) -> None:
    """On `customer.unmerged`: what was taken for the merge is given back, and the thanks for both are put in line."""
    record = MergeRecord.objects.filter(pk=event.subject_id).first()
    if record is None or record.undone_at is None:
        return
    with transaction.atomic():
        for thanks in _second_thanks(record):
            loyalty.give_reward_again(key=_key(record, thanks), reason=_("Two friends are two people after all"))
        for friend_id in (record.kept_id, record.gone_id):
            settle(friend_id=friend_id)
            _forget_what_came_of_it(record, friend_id)


def _forget_what_came_of_it(record: MergeRecord, friend_id: int) -> None:
    """A thanks that came only because the two were one, and went with that: its row says nothing of either. What was
    used stays, and so do the ledger and the events."""
    row = Referral.objects.filter(friend_id=friend_id, state=ReferralState.TAKEN_BACK, used_in=None).first()
    if row is None:
        return
    merged = Event.objects.filter(verb=people_events.MERGED, subject_id=record.pk).order_by("pk").first()
    given = Event.objects.filter(verb=verbs.REFERRAL_SETTLED, subject_id=row.pk).order_by("pk").first()
    if merged is not None and given is not None and given.pk > merged.pk:
        row.delete()


def _second_thanks(record: MergeRecord) -> Iterator[Mapping[str, Any]]:
    """Thanks that stood and had to go, because the friend was thanked for already."""
    label = Referral._meta.label_lower
    carried = {step[5] for step in record.steps if step[0] == "change" and step[1] == label and step[3] == "key"}
    for step in record.steps:
        if step[0] == "delete" and step[1] == label:
            thanks = step[2]
            if thanks["state"] == ReferralState.SETTLED and thanks["key"] not in carried:
                yield thanks


def _key(record: MergeRecord, thanks: Mapping[str, Any]) -> str:
    return f"{thanks['key']}:merge:{record.pk}"
