"""What conversations record."""

from setia.core.events import verb

RECEIVED = verb("message.received", "A customer wrote")
QUEUED = verb("message.queued", "A message of the shop waits to be sent")
SENT = verb("message.sent", "A message left the shop (handed to WhatsApp, or sent by hand)")
STATUS = verb("message.status", "WhatsApp told what became of a message")
FAILED = verb("message.failed", "A message could not be sent")
CHANNEL_CHANGED = verb("channel.changed", "A WhatsApp number was connected, stopped or started again")
