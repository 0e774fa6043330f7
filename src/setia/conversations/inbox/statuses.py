"""What became of the shop's messages, in whatever order it is told."""

from setia.conversations.channels.whatsapp_cloud import payload
from setia.conversations.channels.whatsapp_cloud.payload import Item, Status
from setia.conversations.inbox.moments import moment
from setia.conversations.inbox.parking import Parked, settle_waiting
from setia.conversations.models import Channel, Direction, Message
from setia.conversations.outbox.outcome import News, told
from setia.conversations.rules import NEWS


def receive(item: Item, channel: Channel) -> None:
    """Move the message it speaks of forward; park the news when the message is not known (yet)."""
    news = payload.status(item.raw)
    if news.status not in NEWS:
        raise ValueError(f"unknown status {news.status!r}")
    message = _find(news, channel)
    if message is None:
        raise Parked(news.id)
    error, unnamed = (news.errors or [{}])[0], message.wamid is None
    told(
        message,
        News(
            status=news.status,
            at=moment(news.timestamp),
            wamid=news.id,
            code=error.get("code") if isinstance(error.get("code"), int) else None,
            details=str(error.get("message") or error.get("title") or ""),
            pricing=news.pricing,
        ),
    )
    if unnamed:
        settle_waiting(channel, news.id)


def _find(news: Status, channel: Channel) -> Message | None:
    """By WhatsApp's id, else by our own that comes back with every status (the answer to the request got lost)."""
    ours = Message.objects.select_for_update(of=("self",)).filter(
        direction=Direction.OUT, conversation__channel=channel
    )
    found = ours.filter(wamid=news.id).first()
    opaque = news.biz_opaque_callback_data or ""
    if found is None and opaque.startswith("out:") and opaque[4:].isdecimal():
        found = ours.filter(pk=int(opaque[4:]), wamid=None).first()
    return found
