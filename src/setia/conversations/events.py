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
CHAT_ASSIGNED = verb("chat.assigned", "A chat was given to somebody of the shop, or to nobody")
CHAT_SNOOZED = verb("chat.snoozed", "A chat was put away until later, or taken back")
CHAT_DONE = verb("chat.done", "Somebody said that nothing is left to do in a chat")
CHAT_REOPENED = verb("chat.reopened", "A chat that was done was opened again by hand")
CHAT_LABELLED = verb("chat.labelled", "A label was put on a chat or taken off")
CHAT_TOOLS_CHANGED = verb("chat.tools_changed", "Labels, quick replies or what the shop sends from chats changed")
REACTED = verb("chat.reacted", "The shop reacted to a message with an emoji")
SERVICE_REVIEWED = verb("service.reviewed", "The owner judged how a chat was handled")
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
