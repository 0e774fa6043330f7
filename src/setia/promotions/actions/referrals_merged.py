"""Two people who turn out to be one, in word of mouth: one friend is thanked for once, and taking it back is exact."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from setia.core.models import Event
from setia.customers.merging import queries as merging
from setia.customers.models import Customer, MergeRecord
from setia.loyalty import actions as loyalty
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
                    customer=merging.survivor_of(teller),
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
        settle(friend_id=record.kept_id)
        settle(friend_id=record.gone_id)


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
