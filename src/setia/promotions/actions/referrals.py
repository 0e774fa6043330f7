"""Word of mouth: codes, thanks for a friend who bought, and who was asked to tell."""

import contextlib
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from setia.conversations import actions as conversations
from setia.conversations import rules as chat_rules
from setia.conversations.models import Direction, Message
from setia.core import clock, events, ids
from setia.core.errors import DomainError
from setia.core.models import Event
from setia.core.scope import current_shop
from setia.customers import actions as people
from setia.customers import queries as people_queries
from setia.customers.models import Customer, Purpose, Source
from setia.customers.words import called
from setia.loyalty import actions as loyalty
from setia.loyalty import queries as cards
from setia.orders.models import Order, PurchaseSummary
from setia.promotions import events as verbs
from setia.promotions.models import Invitation, InviteRules, Referral, ReferralCode, ReferralState, Thanks
from setia.promotions.queries.referrals import FRIEND
from setia.promotions.queries.spending import rules_now
from setia.promotions.rules import referrals as rules
from setia.shops import public

# One longer than the codes of leaflets, so that no code is both.
CODE_LENGTH: Final = 5
# What was done about a prompt that counts as having asked.
_ASKED: Final = ("sent", "done")
INVITE_KIND: Final = "invite"


# --- Codes ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def code_of(*, customer: Customer) -> ReferralCode:
    """The code of a person, made at the first asking."""
    known = ReferralCode.objects.filter(customer=customer).order_by("pk").first()
    while known is None:
        with contextlib.suppress(IntegrityError), transaction.atomic():
            known = ReferralCode.objects.create(customer=customer, code=ids.short_code(CODE_LENGTH).upper())
    public.token_for(FRIEND, known.pk)
    return known


def prepare_code(*, event: Event) -> None:
    """Somebody who is happy just now may be asked to tell friends: their link is to be ready then."""
    customer = Customer.objects.filter(pk=event.customer_id).first()
    if customer is not None:
        code_of(customer=customer)


def count_opening(*, code: ReferralCode) -> None:
    """Somebody opened WhatsApp by the link of a person."""
    ReferralCode.objects.filter(pk=code.pk).update(opened=F("opened") + 1)


@events.only_if(lambda message: bool(chat_rules.codes_in(message.text)))
def note_code(*, event: Event) -> None:
    """On `message.received`: when the words carry a person's code, that person told them about us."""
    message = Message.objects.select_related("customer").filter(pk=event.subject_id, direction=Direction.IN).first()
    codes = chat_rules.codes_in(message.text) if message else []
    code = ReferralCode.objects.select_related("customer").filter(code__in=codes).first() if codes else None
    if message and code:
        told(friend=message.customer, teller=code.customer)


@transaction.atomic
def told(*, friend: Customer, teller: Customer) -> bool:
    """Write down who told somebody, where nobody is written down and they have not bought yet.

    False for oneself, a circle, somebody who is a customer already, or whom another told first.
    """
    friend = Customer.objects.select_for_update(no_key=True).get(pk=friend.pk)
    if friend.referred_by_id or friend.pk == teller.pk or PurchaseSummary.objects.filter(customer=friend).exists():
        return False
    try:
        with transaction.atomic():
            people.change_customer(customer=friend, referred_by=teller, source=Source.WORD_OF_MOUTH)
    except DomainError:
        return False
    return True


# --- Thanks -----------------------------------------------------------------------------------------------------------


def follow_friend(*, event: Event) -> None:
    """After a purchase, or after who told them changed: give the thanks, or take it back."""
    if event.customer_id is not None:
        settle(friend_id=event.customer_id)


@transaction.atomic
def settle(*, friend_id: int) -> Referral | None:
    """Bring the thanks for one friend in line with who told them and what they bought. Safe at any time, any number of
    times: there is one thanks for a friend at most."""
    # One at a time for a friend; the row of the thanks may not be there yet.
    friend = Customer.objects.select_for_update(no_key=True).select_related(None).filter(pk=friend_id).first()
    if friend is None:
        return None
    row = Referral.objects.filter(friend=friend).select_related("teller").first()
    teller = Customer.objects.filter(pk=friend.referred_by_id, erased_at=None).first()
    stands = row is not None and row.state == ReferralState.SETTLED
    first = _first_purchase(friend)
    due = rules.due(
        told=teller is not None,
        first_on=first.completed_on if first else None,
        today=current_shop().today(),
        # of two who became one the one may have brought the other: that thanks says nothing
        thanked_before=row is not None and row.teller_id != friend.pk,
    )
    if row is not None and stands and not (due and teller and row.teller_id == teller.pk):
        _take_back(row)
        stands = False
    if due and teller and first and not stands:
        row = _give(row, friend, teller, first)
    return row


def _first_purchase(friend: Customer) -> Order | None:
    rows = Order.objects.filter(customer=friend, completed_on__isnull=False)
    return rows.order_by("completed_on", "pk").first()


def _give(row: Referral | None, friend: Customer, teller: Customer, order: Order) -> Referral:
    wanted = rules_now()
    # What was used once is not given again, to nobody.
    used = row is not None and row.used_in_id is not None
    reward = Thanks.NOTHING if used else Thanks(wanted.reward)
    fields = {
        "teller": teller,
        "order": order,
        "state": ReferralState.SETTLED,
        "reward": reward,
        "points": (wanted.points or cards.programme().referral) if reward == Thanks.POINTS else 0,
        "variant": wanted.variant if reward == Thanks.BOX else None,
        "amount": wanted.amount if reward == Thanks.DISCOUNT else 0,
        "rounds": row.rounds + 1 if row else 1,
        "settled_at": clock.now(),
        "taken_back_at": None,
    }
    row = row or Referral.objects.create(friend=friend, **fields)
    fields["key"] = f"referral:{row.pk}:{fields['rounds']}"
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))
    if row.points:
        loyalty.reward(customer=teller, points=row.points, key=row.key, reason=_("Told a friend"))
    data = {"teller": teller.pk, "order": order.pk, "reward": row.reward, "points": row.points, "round": row.rounds}
    events.record(verbs.REFERRAL_SETTLED, subject=row, customer_id=teller.pk, data=data | {"friend": friend.pk})
    _thank(row, wanted)
    return row


def _take_back(row: Referral) -> None:
    row.state, row.taken_back_at = ReferralState.TAKEN_BACK, clock.now()
    row.save(update_fields=["state", "taken_back_at"])
    if row.points:
        reason = _("The friend's order was called off")
        loyalty.take_reward_back(given=row.key, customer=row.teller, key=row.key, reason=reason)
    data = {"teller": row.teller_id, "reward": row.reward, "points": row.points, "friend": row.friend_id}
    events.record(verbs.REFERRAL_TAKEN_BACK, subject=row, customer_id=row.teller_id, data=data)


def _thank(row: Referral, wanted: InviteRules) -> None:
    """A word to the one who told, where they agreed to such messages. It names nobody: what a friend buys is theirs."""
    teller = row.teller
    if not wanted.thank_teller or not people_queries.may_write(teller.pk, Purpose.PROMOTION):
        return
    with translation.override(teller.language):
        text = _("%(name)s, thank you for telling a friend about %(shop)s: they bought for the first time.") % {
            "name": called(teller),
            "shop": current_shop().name,
        }
        text = " ".join(part for part in (text, reward_words(row)) if part)
    with contextlib.suppress(DomainError):  # without a number the owner thanks in person: Today says so
        conversations.queue_message(
            customer=teller, text=text, purpose="promotion", reference=f"referral:{row.pk}:{row.rounds}"
        )


def reward_words(row: Referral) -> str:
    """What was given, as a sentence to the one who gets it, in the language of the moment."""
    if row.reward == Thanks.POINTS and row.points and cards.programme().is_on:
        return _("%(points)s are on your card now.") % {
            "points": cards.counted(cards.programme().main_unit, row.points)
        }
    if row.reward == Thanks.BOX:
        return _("A free box waits for you with your next order.")
    if row.reward == Thanks.DISCOUNT:
        return _("Your next order is cheaper: just tell us.")
    return ""


# --- Asking to tell ---------------------------------------------------------------------------------------------------


@transaction.atomic
def invite(*, customer: Customer, moment: str = "") -> Invitation:
    """Somebody was asked to tell friends."""
    row = Invitation.objects.create(customer=customer, moment=moment[:12])
    events.record(verbs.INVITED, subject=row, customer_id=customer.pk, data={"moment": row.moment})
    return row


def note_invitation(*, event: Event) -> None:
    """On `prompt.acted`: asking that was sent, or done in person, is remembered so that nobody is asked too often."""
    if event.data.get("kind") == INVITE_KIND and event.data.get("did") in _ASKED and event.customer_id:
        customer = Customer.objects.filter(pk=event.customer_id).first()
        if customer is not None:
            invite(customer=customer, moment="today")
