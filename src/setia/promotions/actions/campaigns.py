"""Campaigns: written, begun, paused, stopped; what is decided before sending is frozen when it begins."""

import secrets
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from setia.catalog.models import Variant
from setia.conversations import actions as conversations
from setia.conversations import costs
from setia.conversations import rules as sending
from setia.conversations.models import MessageTemplate
from setia.core import clock, events
from setia.core.errors import DomainError
from setia.core.scope import current_shop
from setia.core.tasks import wake
from setia.core.work import WorkState
from setia.insight import uplift
from setia.promotions import events as verbs
from setia.promotions.models import (
    Campaign,
    CampaignState,
    HoldOut,
    HoldOutPerson,
    Offer,
    Recipient,
    RecipientState,
)
from setia.promotions.queries import campaigns as reads
from setia.promotions.rules import campaigns as rules
from setia.segments.models import Segment
from setia.shops.models import Member

# What may stand in braces in the words of a campaign.
FIELDS = ("name", "shop", "product", "price", "code", "until")
LONGEST = 900
WRITTEN_AT_ONCE = 1_000
RUNNING = (CampaignState.SENDING, CampaignState.PAUSED)


@transaction.atomic
def save_campaign(
    *,
    campaign: Campaign | None,
    name: str,
    kind: str,
    text: str,
    segment: Segment | None = None,
    audience: str = "",
    variant: Variant | None = None,
    offer: Offer | None = None,
    season: str = "",
    template: MessageTemplate | None = None,
    holds_out: bool = True,
    window_days: int = 14,
    send_from: time,
    send_until: time,
    by: Member | None = None,
) -> Campaign:
    """Write a campaign down, or change one that has not begun. Raises DomainError for words that cannot be sent."""
    _check_words(text, {"variant": variant, "offer": offer})
    if campaign is not None and campaign.state != CampaignState.DRAFT:
        raise DomainError(_("This campaign has begun. Take a copy to change it."), code="begun")
    row = campaign or Campaign(by=by, work_state=WorkState.DONE)
    row.name, row.kind, row.text, row.segment, row.audience = name.strip(), kind, text.strip(), segment, audience
    row.variant, row.offer, row.season, row.template = variant, offer, season, template
    row.holds_out, row.window_days, row.send_from, row.send_until = holds_out, window_days, send_from, send_until
    row.audience_words = segment.name if segment else reads.audience_words(audience)[:500]
    row.save()
    _record(row, "written")
    return row


def _check_words(text: str, given: Mapping[str, Any]) -> None:
    words = text.strip()
    if not words:
        raise DomainError(_("Write what to say."), code="empty", field="text")
    if len(words) > LONGEST:
        raise DomainError(_("Keep it below %(n)s characters.") % {"n": LONGEST}, code="long", field="text")
    wanted = sending.placeholders(words)
    if unknown := sorted(wanted - set(FIELDS)):
        problem = _("Nothing is known that could stand for {%(name)s}.") % {"name": unknown[0]}
        raise DomainError(problem, code="placeholder", field="text")
    if wanted & {"product", "price"} and given["variant"] is None:
        raise DomainError(_("Choose the product that the words speak of."), code="product", field="variant")
    if wanted & {"code", "until"} and given["offer"] is None:
        raise DomainError(_("Choose the offer that the words speak of."), code="offer", field="offer")


@transaction.atomic
def start_campaign(*, campaign: Campaign, starts_at: datetime | None = None) -> Campaign:
    """Begin now, or at a time to come. Raises DomainError when nobody would get it, or it costs more than allowed."""
    row = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    if row.state not in (CampaignState.DRAFT, CampaignState.SCHEDULED):
        raise DomainError(_("This campaign has begun already."), code="begun")
    if starts_at is not None and starts_at > clock.now():
        row.state, row.starts_at, row.due_at, row.work_state = (
            CampaignState.SCHEDULED,
            starts_at,
            starts_at,
            WorkState.WAITING,
        )
        row.save(update_fields=["state", "starts_at", "due_at", "work_state"])
        _record(row, "scheduled")
        return row
    return _begin(row)


@transaction.atomic
def unschedule_campaign(*, campaign: Campaign) -> Campaign:
    """A scheduled campaign is a draft again."""
    rows = Campaign.objects.filter(pk=campaign.pk, state=CampaignState.SCHEDULED)
    if rows.update(state=CampaignState.DRAFT, starts_at=None, work_state=WorkState.DONE, lease=None):
        campaign.refresh_from_db()
        _record(campaign, "unscheduled")
    return campaign


def _begin(row: Campaign) -> Campaign:
    """Freeze who is meant, who is held out, what is expected of each and what it costs; then the sending begins."""
    today, now = current_shop().today(), clock.now()
    whom = reads.audience(row)
    if not whom.reachable:
        raise DomainError(_("Nobody of these may and can be written to."), code="nobody")
    row.starts_on, row.ends_on = today, today + timedelta(days=row.window_days)
    arms = _draw(row, whom.reachable)
    predicted = reads.predictions(whom.reachable, row.window_days)
    held = sum(1 for one in whom.reachable if arms[one][0])
    if held == len(whom.reachable):
        problem = _("All of these are held out of another campaign at present. Wait until it is over.")
        raise DomainError(problem, code="all_held")
    channel = reads.sending_channel()
    row.price_each = costs.price_of("marketing", channel=channel)
    row.losses, row.started_at, row.state, row.due_at = whom.losses, now, CampaignState.SENDING, now
    base = rules.base_rate([chance for chance, _expected in predicted.values()])
    size = len(whom.reachable)
    row.detectable = uplift.detectable_effect(size, base, held / size) if 2 <= held <= size - 2 else None
    row.work_state, row.lease, row.leased_until = WorkState.WAITING, None, None
    row.save()
    Recipient.objects.bulk_create(
        (
            Recipient(
                campaign=row,
                customer_id=pk,
                held=arms[pk][0],
                block=arms[pk][1],
                chance=predicted[pk][0],
                expected=predicted[pk][1],
                state=RecipientState.HELD if arms[pk][0] else RecipientState.WAITING,
            )
            for pk in whom.reachable
        ),
        batch_size=WRITTEN_AT_ONCE,
    )
    _record(row, "begun", people=size, held=held)
    wake("campaigns")
    return row


def _draw(row: Campaign, ids: list[int]) -> dict[int, tuple[bool, int]]:
    """Which arm each is in: the one of the list that holds, and for those not on it yet a new drawing of their own."""
    if not row.holds_out:
        return dict.fromkeys(ids, (False, 0))
    assert row.starts_on is not None and row.ends_on is not None
    # Two campaigns that begin at once must not draw two lists: the shop's row is their lock.
    type(current_shop()).objects.select_for_update().get(pk=current_shop().pk)
    hold_out = reads.open_hold_out(row.starts_on)
    if hold_out is None:
        hold_out = HoldOut.objects.create(seed=secrets.randbits(48), starts_on=row.starts_on, ends_on=row.ends_on)
    elif hold_out.ends_on < row.ends_on:
        HoldOut.objects.filter(pk=hold_out.pk).update(ends_on=row.ends_on)
    row.hold_out = hold_out
    arms = reads.drawn(hold_out)
    fresh = [pk for pk in ids if pk not in arms]
    if fresh:
        last = HoldOutPerson.objects.filter(hold_out=hold_out).aggregate(last=Max("block"))["last"] or 0
        predicted = reads.predictions(fresh, row.window_days)
        share = uplift.holdout_share(len(ids))
        drawn = uplift.assign([predicted[pk][0] for pk in fresh], hold_out.seed + last, share)
        arms |= {pk: (bool(held), last + 1) for pk, held in zip(fresh, drawn.tolist(), strict=True)}
        HoldOutPerson.objects.bulk_create(
            (HoldOutPerson(hold_out=hold_out, customer_id=pk, held=arms[pk][0], block=arms[pk][1]) for pk in fresh),
            batch_size=WRITTEN_AT_ONCE,
        )
    return {pk: arms[pk] for pk in ids}


@transaction.atomic
def pause_campaign(*, campaign: Campaign) -> Campaign:
    """Nothing more leaves until it goes on; what lies in the outbox comes back."""
    if Campaign.objects.filter(pk=campaign.pk, state=CampaignState.SENDING).update(state=CampaignState.PAUSED):
        _take_back(campaign, RecipientState.WAITING)
        campaign.refresh_from_db()
        _record(campaign, "paused")
    return campaign


@transaction.atomic
def resume_campaign(*, campaign: Campaign) -> Campaign:
    """Go on where it was paused."""
    rows = Campaign.objects.filter(pk=campaign.pk, state=CampaignState.PAUSED)
    if rows.update(state=CampaignState.SENDING, due_at=clock.now(), work_state=WorkState.WAITING, lease=None):
        campaign.refresh_from_db()
        _record(campaign, "resumed")
        wake("campaigns")
    return campaign


@transaction.atomic
def stop_campaign(*, campaign: Campaign) -> Campaign:
    """End it now. Who was not written to yet never will be; what was written before counts, and is measured."""
    rows = Campaign.objects.filter(pk=campaign.pk, state__in=RUNNING)
    if rows.update(state=CampaignState.STOPPED, sent_at=clock.now(), work_state=WorkState.DONE, lease=None):
        _take_back(campaign, RecipientState.STOPPED)
        Recipient.objects.filter(campaign=campaign, state=RecipientState.WAITING).update(state=RecipientState.STOPPED)
        campaign.refresh_from_db()
        _record(campaign, "stopped")
    return campaign


def _take_back(campaign: Campaign, state: str) -> None:
    """What lies in the outbox and did not leave goes back to `state`."""
    handed = Recipient.objects.filter(campaign=campaign, state=RecipientState.HANDED)
    ids = list(handed.filter(message__status="queued").values_list("message_id", flat=True))
    gone = conversations.withdraw(message_ids=ids)
    Recipient.objects.filter(campaign=campaign, message_id__in=gone).update(
        state=state, message=None, turn=F("turn") + 1
    )


@transaction.atomic
def remove_campaign(*, campaign: Campaign, comes_back: bool = False) -> None:
    """Take a draft out of the list, or put it back."""
    if campaign.state != CampaignState.DRAFT:
        raise DomainError(_("Only a campaign that has not begun can be taken out."), code="begun")
    Campaign.objects.filter(pk=campaign.pk).update(removed_at=None if comes_back else clock.now())
    _record(campaign, "put back" if comes_back else "taken out")


@transaction.atomic
def copy_campaign(*, campaign: Campaign, by: Member | None) -> Campaign:
    """The same once more, as a draft."""
    return save_campaign(
        campaign=None,
        name=_("%(name)s again") % {"name": campaign.name[:50]},
        kind=campaign.kind,
        text=campaign.text,
        segment=campaign.segment,
        audience=campaign.audience,
        variant=campaign.variant,
        offer=campaign.offer,
        season=campaign.season,
        template=campaign.template,
        holds_out=campaign.holds_out,
        window_days=campaign.window_days,
        send_from=campaign.send_from,
        send_until=campaign.send_until,
        by=by,
    )


@transaction.atomic
def see_result(*, campaign: Campaign) -> None:
    """Somebody looked at what came of it."""
    Campaign.objects.filter(pk=campaign.pk, result_seen_at=None, measured_at__isnull=False).update(
        result_seen_at=clock.now()
    )


def _record(row: Campaign, what: str, **more: Any) -> None:
    events.record(verbs.CAMPAIGN_CHANGED, subject=row, data={"what": what, **more})
