"""What conversations record."""

from setia.core.events import verb

RECEIVED = verb("message.received", "A customer wrote")
QUEUED = verb("message.queued", "A message of the shop waits to be sent")
SENT = verb("message.sent", "A message left the shop (handed to WhatsApp, or sent by hand)")
FAILED = verb("message.failed", "A message could not be sent, or was left out")
OPENED = verb("message.opened", "A prepared message was opened in WhatsApp to be sent by hand")
CHANNEL_CHANGED = verb("channel.changed", "A WhatsApp number was connected, stopped or started again")
SENDING_RULES_CHANGED = verb("sending_rules.changed", "Quiet hours, pauses between offers, prices or the cap changed")
AUTO_REPLY_CHANGED = verb("auto_reply.changed", "The text of an automatic message changed, or it was turned on or off")
CHAT_IMPORTED = verb("chat.imported", "An exported chat was brought into a customer's thread")
CHAT_IMPORT_UNDONE = verb("chat.import_undone", "What an exported chat brought in was taken out again")
ENTRY_LINK_CHANGED = verb(
    "entry_link.changed", "A link or QR code to the shop's WhatsApp was made, changed or put away"
)
ENTERED = verb("entry_link.used", "A customer wrote with the code of a link")
DRAFT_BOOKED = verb("order_draft.booked", "An order was made from a chat message")
DRAFT_DISMISSED = verb("order_draft.dismissed", "What was read from a chat message was put away, or taken up again")
TEMPLATE_CHANGED = verb("template.changed", "A message template was written, submitted, judged or deleted")
PERSON_WANTED = verb("chat.person_wanted", "A customer asked for a person; automatic messages keep quiet")
