"""What the shop records."""

from setia.core.events import verb

OPENED = verb("shop.opened", "A shop was set up")
CHANGED = verb("shop.changed", "Name, hours, language or WhatsApp settings of the shop changed")
MEMBER_INVITED = verb("member.invited", "A helper was invited with a role")
MEMBER_JOINED = verb("member.joined", "A person became a member of the shop")
MEMBER_CHANGED = verb("member.changed", "A member's role, name or language changed")
MEMBER_REMOVED = verb("member.removed", "A member may no longer enter the shop")
