"""Somebody told a friend who bought: a word of thanks from the owner herself."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.promotions import events as verbs
from setia.promotions.actions.referrals import reward_words
from setia.promotions.models import Referral
from setia.promotions.queries import referrals
from setia.today.models import Phase
from setia.today.rules import Candidate
from setia.today.sources import offers
from setia.today.sources.words import CHANCES, speaking_to

KIND = "told_friend"
PHASE = Phase.ACQUIRE
LABEL = gettext_lazy("Told a friend")
WAKES = CHANCES | {verbs.REFERRAL_SETTLED, verbs.REFERRAL_TAKEN_BACK}

LOOK_BACK_DAYS = 7


def find(day: date, customer_id: int | None = None) -> Iterator[Candidate]:
    """Who was thanked by the rules in the last week. Words to send only for who takes them; once for a friend."""
    rows = referrals.settled_since(day - timedelta(days=LOOK_BACK_DAYS), customer_id)
    answers = offers.answers(sorted({row.teller_id for row in rows}))
    friends = {one.customer.pk: one.friends for one in referrals.messengers(limit=500, customer_id=customer_id)}
    for row in rows:
        answer = answers.get(row.teller_id)
        if offers.refused(answer):
            continue
        welcome = offers.welcome(answer)
        yield Candidate(
            key=f"{KIND}:{row.friend_id}:{row.rounds}",
            customer_id=row.teller_id,
            facts={"friend": row.friend_id, "asked": welcome, "friends": friends.get(row.teller_id, 1)},
            draft=_draft(row) if welcome else "",
            weight=0.7 if welcome else 0.7 * offers.IN_PERSON,
            lasts_days=LOOK_BACK_DAYS,
        )


def _draft(row: Referral) -> str:
    with speaking_to(row.teller) as name:
        said = _("%(name)s, thank you for telling people about %(shop)s. It means a lot to us.") % {
            "name": name,
            "shop": current_shop().name,
        }
        return " ".join(part for part in (said, reward_words(row)) if part)


def reason(facts: dict[str, Any], customer: Customer) -> str:
    """Who came through them, and how many so far."""
    friend = Customer.objects.filter(pk=facts["friend"]).values_list("display_name", flat=True).first() or "–"
    said = _("%(friend)s bought for the first time, and heard of you from here.") % {"friend": friend}
    if facts["friends"] > 1:
        said += " " + _("That makes %(n)s friends who bought.") % {"n": facts["friends"]}
    return said if facts["asked"] else f"{said} {offers.in_person()}"
