"""Numbers of the shop: connected, stopped, started again, held; and what the owner is told about them."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from setia.conversations import events as verbs
from setia.conversations.channels.whatsapp_cloud.errors import Then
from setia.conversations.inbox.tenants import ACCOUNT_ROUTE, NUMBER_ROUTE, account_key
from setia.conversations.models import (
    Channel,
    ChannelKind,
    ChannelState,
    Message,
    MessageStatus,
    Notice,
    TemplateLook,
)
from setia.conversations.rules import Refusal
from setia.core import clock, events
from setia.core.errors import DomainError
from setia.core.models import Route
from setia.core.scope import current_shop
from setia.core.tasks import wake
from setia.core.work import WorkState
from setia.shops import actions as shops
from setia.shops.models import Member, WhatsAppLevel

# A message that waits for its template carries one of these codes.
TEMPLATE_STOPS: Final = (132015, 132016, Refusal.TEMPLATE_STOPPED)
NO_PAYMENT: Final = 131042
HEARD_EVERY: Final = timedelta(minutes=15)


@transaction.atomic
def connect_number(
    *, phone_number_id: str, waba_id: str, access_token: str, display_number: str, on_phone_too: bool = False
) -> Channel:
    """Connect a Cloud API number, or give a known one a new key and start it again.

    Raises DomainError `number_taken` when another shop has it. The shop's level rises to the inbox.
    """
    channel, new = Channel.objects.get_or_create(kind=ChannelKind.CLOUD, phone_number_id=phone_number_id)
    if not new and channel.waba_id != waba_id:
        Route.objects.filter(kind=ACCOUNT_ROUTE, key=account_key(channel.waba_id, phone_number_id)).delete()
    _route(NUMBER_ROUTE, phone_number_id, channel)
    _route(ACCOUNT_ROUTE, account_key(waba_id, phone_number_id), channel)
    channel.waba_id, channel.access_token = waba_id, access_token
    channel.display_number, channel.on_phone_too = display_number, on_phone_too
    channel.state, channel.state_reason = ChannelState.ACTIVE, ""
    channel.held_until, channel.holds, channel.heard_at = None, 0, None
    _release_paid(channel)
    channel.paid_held_until = channel.templates_held_until = None
    channel.save()
    events.record(verbs.CHANNEL_CHANGED, subject=channel, data={"change": "connected"})
    if current_shop().whatsapp_level < WhatsAppLevel.INBOX:
        shops.change_shop(whatsapp_level=WhatsAppLevel.INBOX)
    wake("outbox")
    return channel


def _release_paid(channel: Channel) -> None:
    """What waited for a payment method leaves now: the owner says that it is settled."""
    if channel.paid_held_until:
        waiting = Message.objects.filter(conversation__channel=channel, status=MessageStatus.QUEUED)
        held = Q(due_at=channel.paid_held_until) | Q(error_code=NO_PAYMENT)
        waiting.filter(held, due_at__gt=clock.now()).update(due_at=clock.now())


def _route(kind: str, key: str, channel: Channel) -> None:
    route, _new = Route.objects.get_or_create(
        kind=kind, key=key, defaults={"shop": current_shop(), "object_id": channel.pk}
    )
    if route.shop_id != current_shop().pk:
        text = _("This WhatsApp number is already connected to another shop.")
        raise DomainError(text, code="number_taken", field="phone_number_id")


def app_channel() -> Channel:
    """The free app on the shop's own phone: every shop has it."""
    channel, _new = Channel.objects.get_or_create(kind=ChannelKind.APP, phone_number_id="")
    return channel


@transaction.atomic
def stop_channel(*, channel: Channel, reason: str) -> bool:
    """Nothing leaves any more; what waits is kept. `reason`: a key of `notices`. False when it was stopped already."""
    stopped = Channel.objects.filter(pk=channel.pk, state=ChannelState.ACTIVE).update(
        state=ChannelState.STOPPED, state_reason=reason[:60]
    )
    if stopped:
        notify(channel=channel, kind=reason)
        events.record(verbs.CHANNEL_CHANGED, subject=channel, data={"change": "stopped", "reason": reason})
    return bool(stopped)


@transaction.atomic
def start_channel(*, channel: Channel, by: Member | None = None) -> bool:
    """Let the queue go on after the cause was removed. False when it was not stopped."""
    started = Channel.objects.filter(pk=channel.pk, state=ChannelState.STOPPED).update(
        state=ChannelState.ACTIVE, state_reason="", held_until=None, holds=0, paid_held_until=None
    )
    if started:
        _release_paid(channel)
        Notice.objects.filter(channel=channel, seen_at=None).update(seen_at=clock.now())
        events.record(verbs.CHANNEL_CHANGED, subject=channel, data={"change": "started"})
        wake("outbox")
    return bool(started)


@transaction.atomic
def disconnect_number(*, channel: Channel) -> bool:
    """Forget the key and close the door to its webhooks; chats stay. The shop sends by hand again."""
    changed = Channel.objects.filter(pk=channel.pk, kind=ChannelKind.CLOUD).update(
        state=ChannelState.DISCONNECTED, state_reason="", access_token="", held_until=None
    )
    if changed:
        Route.objects.filter(kind__in=(NUMBER_ROUTE, ACCOUNT_ROUTE), shop=current_shop(), object_id=channel.pk).delete()
        Notice.objects.filter(channel=channel, seen_at=None).update(seen_at=clock.now())
        events.record(verbs.CHANNEL_CHANGED, subject=channel, data={"change": "disconnected"})
        if not Channel.objects.filter(kind=ChannelKind.CLOUD).exclude(state=ChannelState.DISCONNECTED).exists():
            shops.change_shop(whatsapp_level=WhatsAppLevel.APP)
    return bool(changed)


def note_heard(*, channel: Channel) -> None:
    """WhatsApp told us something about this number; written down now and then, not with every item."""
    now = clock.now()
    if channel.heard_at is None or now - channel.heard_at > HEARD_EVERY:
        channel.heard_at = now
        Channel.objects.filter(pk=channel.pk).update(heard_at=now)


def hold_channel(*, channel: Channel, until: datetime) -> None:
    """Nothing leaves this number before `until`; a later hold is not shortened."""
    rows = Channel.objects.filter(pk=channel.pk)
    rows.filter(held_until=None).update(held_until=until)
    rows.filter(held_until__lt=until).update(held_until=until)


# Which moment of the channel each pause sets.
_HELD: Final = {
    Then.HOLD_PROMOTIONS: "promotions_held_until",
    Then.HOLD_PAID: "paid_held_until",
    Then.HOLD_TEMPLATES: "templates_held_until",
}


def hold(*, channel: Channel, what: Then, until: datetime) -> None:
    """One kind of message waits until then, everything else goes on; a later hold is not shortened."""
    rows, field = Channel.objects.filter(pk=channel.pk), _HELD[what]
    rows.filter(**{field: None}).update(**{field: until})
    rows.filter(**{f"{field}__lt": until}).update(**{field: until})


@transaction.atomic
def stop_template(*, channel: Channel, name: str, until: datetime | None = None) -> None:
    """No message with this template leaves before `until`, when it is tried again; None: it is gone for good."""
    row = Channel.objects.select_for_update().get(pk=channel.pk)
    row.stopped_templates = row.stopped_templates | {name: until.isoformat() if until else ""}
    row.save(update_fields=["stopped_templates"])


@transaction.atomic
def free_template(*, channel: Channel, name: str) -> None:
    """WhatsApp lets the template out again: what waits for it leaves at once."""
    row = Channel.objects.select_for_update().get(pk=channel.pk)
    if name in row.stopped_templates:
        row.stopped_templates = {other: state for other, state in row.stopped_templates.items() if other != name}
        row.save(update_fields=["stopped_templates"])
        waiting = Message.objects.filter(conversation__channel=channel, kind="template", status=MessageStatus.QUEUED)
        due = [message.pk for message in waiting.filter(due_at__gt=clock.now()) if message.template_name == name]
        Message.objects.filter(pk__in=due, error_code__in=TEMPLATE_STOPS).update(due_at=clock.now())
        wake("outbox")


def notify(*, channel: Channel, kind: str, subject: str = "", data: dict[str, Any] | None = None) -> Notice:
    """Tell the owner; the same thing again, while the first is unseen, only brings it up to date."""
    notice, new = Notice.objects.get_or_create(
        channel=channel, kind=kind[:60], subject=subject[:120], seen_at=None, defaults={"data": data or {}}
    )
    if not new:
        notice.data, notice.at = data or {}, clock.now()
        notice.save(update_fields=["data", "at"])
    return notice


def ask_for_templates(*, channel: Channel) -> None:
    """Have the list of templates read anew soon; asking again while it waits changes nothing."""
    look, new = TemplateLook.objects.get_or_create(channel=channel)
    if not new:
        # Also while one is being read: it may have begun before WhatsApp changed its mind.
        TemplateLook.objects.filter(pk=look.pk).update(
            work_state=WorkState.WAITING, due_at=clock.now(), attempts=0, lease=None, leased_until=None
        )
    wake("templates")


def dismiss_notice(*, notice: Notice) -> None:
    """The owner has read it."""
    Notice.objects.filter(pk=notice.pk, seen_at=None).update(seen_at=clock.now())
