"""What the shop wrote on its own phone while the number is connected here as well (coexistence)."""

from setia.conversations.actions.chats import locked_chat, note_echo
from setia.conversations.channels.whatsapp_cloud import payload
from setia.conversations.channels.whatsapp_cloud.payload import Item
from setia.conversations.inbox import changes
from setia.conversations.inbox.media import note_media
from setia.conversations.inbox.messages import awaited, write_down
from setia.conversations.inbox.parking import settle_waiting
from setia.conversations.inbox.people import contact_of, identify
from setia.conversations.models import Channel, Direction, Message, Origin


def receive(item: Item, channel: Channel) -> None:
    """A message of the shop: shown in the thread, answers what came before, and keeps automations quiet."""
    message, data = payload.incoming(item.raw), item.data()
    if message.type in ("edit", "revoke"):
        changes.rewrite(message, data, channel)
        return
    if message.type == "reaction":
        changes.react_ourselves(message, data, channel)
        return
    number, user_id = message.recipient or "", message.to_user_id or ""
    customer, _new = identify(
        number=number, user_id=user_id, contact=contact_of(item.contacts, number=number, user_id=user_id)
    )
    chat = locked_chat(channel=channel, customer=customer)
    if message.id and Message.objects.filter(wamid=message.id).exists():
        return
    row = write_down(chat, message, data, direction=Direction.OUT, origin=Origin.ECHO)
    note_echo(chat, row)
    note_media(row)
    settle_waiting(channel, *awaited(message.id, customer, number))
