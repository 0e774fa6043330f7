"""What the shop records."""

from setia.core.events import verb

OPENED = verb("shop.opened", "A shop was set up")
CHANGED = verb("shop.changed", "Name, hours, language or WhatsApp settings of the shop changed")
CLOSED = verb("shop.closed", "The shop will be closed on some days")
REOPENED = verb("shop.reopened", "A day on which the shop was to be closed is open again")
MEMBER_INVITED = verb("member.invited", "A helper was invited with a role")
INVITATION_WITHDRAWN = verb("member.uninvited", "An invitation that nobody used was withdrawn")
MEMBER_JOINED = verb("member.joined", "A person became a member of the shop")
MEMBER_CHANGED = verb("member.changed", "A member's role, name or language changed")
MEMBER_LINK = verb("member.link", "A one-time login link was made for a helper")
MEMBER_REMOVED = verb("member.removed", "A member may no longer enter the shop")
