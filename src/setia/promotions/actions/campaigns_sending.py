"""Campaigns on their way: a few messages at a time into the outbox, and the result when the window is over.

Rows are the truth. A person is `waiting` until their message is written, in one transaction with the mark: a worker
that dies loses nothing and doubles nothing. Whether the campaign still runs is asked again for every single message.
"""

import logging
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils import formats, translation

from setia.catalog import queries as catalog
from setia.conversations import actions as conversations
from setia.conversations import costs, texts
from setia.conversations import rules as sending
from setia.conversations.models import ChannelKind, Conversation, Message
from setia.core import clock, events, faults, money, work
from setia.core.errors import DomainError
from setia.core.scope import current_shop, open_shop
from setia.core.tasks import wake
from setia.core.work import WorkState
from setia.customers.models import Customer
from setia.insight import uplift
from setia.promotions import events as verbs
from setia.promotions.actions import campaigns as actions
from setia.promotions.models import Campaign, CampaignState, Recipient, RecipientState, Voucher
from setia.promotions.queries import campaigns as reads
from setia.promotions.queries import campaigns_results as results
from setia.promotions.rules import campaigns as rules

log = logging.getLogger(__name__)

PURPOSE: Final = "promotion"
# How soon to look again while messages lie in the outbox.
SOON: Final = timedelta(seconds=1)
# By hand nobody sends sixty messages in two seconds.
LATER: Final = timedelta(minutes=1)
# Words below a picture may be so long.
LONGEST_CAPTION: Final = 1_024
LEASE: Final = timedelta(seconds=60)


def settle_campaigns(limit: int = 4) -> int:
    """Take the next step of campaigns that are due, in every shop. Returns how many were looked at."""
    due = Campaign.across_shops.filter(state__in=(CampaignState.SCHEDULED, CampaignState.SENDING))
    rows = work.claim(due.select_related("shop"), limit=limit, lease=LEASE)
    for row in rows:
        with open_shop(row.shop):
            try:
                _step(row)
            except Exception as error:  # one shop's campaign must not hold up the others
                log.exception("Campaign %s failed.", row.pk)
                work.retry(row, repr(error), after=work.backoff(row.attempts, first=30))
    return len(rows)


def _step(row: Campaign) -> None:
    if row.state == CampaignState.SCHEDULED:
        try:
            actions.start_campaign(campaign=row)
        except DomainError as error:
            # nobody is left to write to: it waits as a draft, with the reason
            actions.unschedule_campaign(campaign=row)
            Campaign.objects.filter(pk=row.pk).update(error=str(error))
        return
    closed = rules.next_opening(current_shop().now(), row.send_from, row.send_until)
    if closed is not None:
        work.retry(row, "", after=closed - clock.now())
        return
    by_hand = reads.sending_channel().kind == ChannelKind.APP
    most = costs.sending_rules().by_hand_a_day if by_hand else rules.AHEAD
    handed = feed(campaign=row, limit=max(0, most - reads.outstanding(row)))
    if not Recipient.objects.filter(campaign=row, state=RecipientState.WAITING).exists():
        _finish(row)
        return
    again = LATER if by_hand else SOON
    Campaign.objects.filter(pk=row.pk, lease=row.lease, state=CampaignState.SENDING).update(
        due_at=clock.now() + (again if handed or by_hand else SOON), lease=None, leased_until=None, attempts=0
    )
    if not by_hand:
        wake("campaigns", after=SOON)


@transaction.atomic
def _finish(row: Campaign) -> None:
    ended = Campaign.objects.filter(pk=row.pk, state=CampaignState.SENDING).update(
        state=CampaignState.SENT, sent_at=clock.now(), work_state=WorkState.DONE, lease=None, leased_until=None
    )
    if ended:
        events.record(verbs.CAMPAIGN_CHANGED, subject=row, data={"what": "sent"})


def feed(*, campaign: Campaign, limit: int) -> int:
    """Write up to `limit` of the messages that wait into the outbox. Returns how many people were taken."""
    rows = Recipient.objects.filter(campaign=campaign, state=RecipientState.WAITING)
    waiting = list(rows.select_related("customer").order_by("pk")[:limit])
    words = Words(campaign)
    taken = 0
    for recipient in waiting:
        if not _hand(campaign, recipient, words):
            break
        taken += 1
        faults.point("campaign.handed")
    return taken


def _hand(campaign: Campaign, recipient: Recipient, words: "Words") -> bool:
    """One person: False when the campaign does not run any more. The mark and the message are one transaction."""
    with transaction.atomic():
        running = Campaign.objects.select_for_update(of=("self",)).filter(pk=campaign.pk, state=CampaignState.SENDING)
        if not running.exists():
            return False
        mine = Recipient.objects.filter(pk=recipient.pk, state=RecipientState.WAITING)
        if not mine.update(state=RecipientState.HANDED):
            return True
        try:
            message = words.queue(recipient)
        except DomainError as error:
            log.info("Campaign %s leaves a person out: %s", campaign.pk, error.code)
            mine_now = Recipient.objects.filter(pk=recipient.pk)
            mine_now.update(state=RecipientState.LEFT_OUT)
            return True
        Recipient.objects.filter(pk=recipient.pk).update(message=message)
        faults.point("campaign.written")
    return True


class Words:
    """The words of a campaign for one person after the other; what is the same for all is looked up once."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        shop = current_shop()
        self.values: dict[str, str] = {}
        if campaign.variant is not None:
            price = catalog.prices([campaign.variant.pk], day=shop.today()).get(campaign.variant.pk)
            self.values["product"] = campaign.variant.label
            self.values["price"] = money.format_money(price, shop.currency) if price is not None else ""
        if campaign.offer is not None:
            shared = Voucher.objects.filter(offer=campaign.offer, customer=None, retired_at=None).order_by("pk").first()
            self.values["code"] = shared.code if shared else ""
            self.ends = campaign.offer.ends_on
        else:
            self.ends = None
        self.picture = reads.picture_link(campaign)

    def for_person(self, customer: Customer) -> dict[str, str]:
        """What the placeholders stand for, in the customer's language."""
        values = dict(self.values)
        with translation.override(customer.language):
            if self.ends is not None:
                values["until"] = formats.date_format(self.ends, "j F")
            if self.campaign.offer_id and not values.get("code"):
                own = Voucher.objects.filter(offer_id=self.campaign.offer_id, customer=customer, retired_at=None)
                values["code"] = own.values_list("code", flat=True).first() or ""
        return texts.values_for(customer, **values)

    def queue(self, recipient: Recipient) -> Message:
        """Words of our own where the chat is open (or a person sends), the template where it is closed.

        The key keeps a person from getting it twice; after a pause the message is a new one.
        """
        customer, reference = recipient.customer, f"campaign:{self.campaign.pk}:{recipient.turn}"
        channel = conversations.channel_for(customer)
        values = self.for_person(customer)
        chat = Conversation.objects.select_related("channel").filter(channel=channel, customer=customer).first()
        is_open = chat is not None and sending.window_is_open(chat.window_until, clock.now())
        if channel.kind == ChannelKind.CLOUD and not is_open:
            if self.campaign.template is None:
                raise DomainError("No template for a closed chat.", code="no_template")
            return conversations.send_template(
                customer=customer,
                template=self.campaign.template,
                values={name: value for name, value in values.items() if value},
                purpose=PURPOSE,
                reference=reference,
                sent_by=self.campaign.by,
                conversation=chat,
                picture=self.picture,
            )
        text = sending.fill(self.campaign.text, values)
        # by the API the picture goes along, the words below it; by hand a person attaches it
        pictured = channel.kind == ChannelKind.CLOUD and self.picture and len(text) <= LONGEST_CAPTION
        return conversations.queue_message(
            customer=customer,
            text=text,
            kind="image" if pictured else "text",
            payload={"image": {"link": self.picture, "caption": text}} if pictured else None,
            purpose=PURPOSE,
            reference=reference,
            sent_by=self.campaign.by,
            conversation=chat,
        )


# --- The result -------------------------------------------------------------------------------------------------------


def settle_results() -> int:
    """Measure campaigns of the open shop whose window is over; once each. Returns how many."""
    over = Campaign.objects.filter(
        Q(ends_on__lt=current_shop().today()),
        state__in=(CampaignState.SENT, CampaignState.STOPPED, CampaignState.SENDING, CampaignState.PAUSED),
        measured_at=None,
    )
    done = 0
    for row in over.order_by("pk"):
        measure(campaign=row)
        done += 1
    return done


@transaction.atomic
def measure(*, campaign: Campaign) -> dict[str, Any]:
    """Compare the arms as they were drawn, whoever was really reached, and keep the answer. Never before the window
    is over: who looks every day sees an effect sooner or later, even where there is none."""
    row = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    if row.measured_at is not None:
        return dict(row.result or {})
    assert row.ends_on is not None
    if row.ends_on >= current_shop().today():
        raise DomainError("The window is not over.", code="early")
    bought = results.bought(row)
    people = list(Recipient.objects.filter(campaign=row).order_by("pk"))
    for one in people:
        one.orders, one.amount = bought.get(one.customer_id, (0, 0))
    Recipient.objects.bulk_update(people, ["orders", "amount"], batch_size=500)
    row.result, row.measured_at = _result(people), clock.now()
    row.save(update_fields=["result", "measured_at"])
    events.record(verbs.CAMPAIGN_MEASURED, subject=row, data={"people": len(people)})
    return dict(row.result)


def _result(people: list[Recipient]) -> dict[str, Any]:
    """The comparison as plain values; without an arm to compare with only the counts."""
    held, block = [one.held for one in people], [one.block for one in people]
    counts = {
        "treated": sum(not one.held for one in people),
        "held": sum(one.held for one in people),
        "treated_bought": sum(not one.held and bool(one.orders) for one in people),
        "held_bought": sum(one.held and bool(one.orders) for one in people),
        "orders": sum(one.orders or 0 for one in people if not one.held),
        "amount": sum(one.amount or 0 for one in people if not one.held),
    }
    if not bool(uplift.comparable(held, block).any()):
        return counts
    prior = rules.prior(rules.base_rate([one.chance for one in people]))
    rate = uplift.compare_rates_blocks([bool(one.orders) for one in people], held, block, prior)
    orders = uplift.compare_blocks([one.orders or 0 for one in people], held, block, [one.expected for one in people])
    amount = uplift.compare_blocks([one.amount or 0 for one in people], held, block, [one.expected for one in people])
    return counts | {"rate": rules.plain(rate), "count": rules.plain(orders), "money": rules.plain(amount)}
