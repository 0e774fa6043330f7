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
