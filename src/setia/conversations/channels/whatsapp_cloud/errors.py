"""What WhatsApp's error codes mean for us: one table, by code, never by the text or the HTTP status alone.

Several lasting errors come with HTTP 500 and all throttles with 400, so whoever looks at the status line retries the
wrong things. Source: Meta's error code reference (state of autumn 2026).
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Then(Enum):
    """What happens next."""

    STOP_CHANNEL = auto()  # nothing leaves any more; the queue is kept; the owner reconnects
    TRY_AGAIN = auto()  # a trouble of theirs: a few more tries, minutes apart
    SLOW_DOWN = auto()  # the whole number pauses for a while
    DELAY_RECIPIENT = auto()  # this customer is left in peace, 4^n seconds; order kept
    HOLD_PROMOTIONS = auto()  # offers wait; service messages go on
    HOLD_PAID = auto()  # what costs money waits; free answers go on
    HOLD_TEMPLATES = auto()  # templates that are no offers wait
    OPT_OUT = auto()  # the customer wants no offers
    UNDELIVERABLE = auto()  # did not reach the phone
    NEEDS_TEMPLATE = auto()  # more than 24 hours silent
    RESYNC_TEMPLATES = auto()  # our idea of a template is out of date: the list is read anew
    STOP_TEMPLATE = auto()  # no message with this template leaves until WhatsApp says otherwise
    FAIL = auto()  # this message will not go, whatever we do


@dataclass(frozen=True)
class Behaviour:
    """`words`: for the owner, beside the message. `tell`: also as a notice. `again`: whether sending again can help.
    `tries`: how often a message is offered before it counts as failed."""

    then: Then
    words: str | Promise
    tell: bool = False
    again: bool = True
    wait: timedelta = timedelta()
    tries: int = 5


HOLDS: Final = frozenset({Then.HOLD_PROMOTIONS, Then.HOLD_PAID, Then.HOLD_TEMPLATES})
"""Pauses of a kind of message: what was refused waits with the rest of its kind."""

_MINUTES: Final = timedelta(minutes=2)

_RECONNECT = _("WhatsApp no longer accepts our key. Connect the number again; nothing is lost, messages wait.")
_NO_RIGHT = _("WhatsApp does not let us send for this number. Check the permissions of the connection; messages wait.")
_LOCKED = _(
    "WhatsApp has blocked this number. Open Business Support in WhatsApp Manager; messages wait until it is free."
)
_REGISTER = _("This number is not registered with WhatsApp any more. Connect it again; messages wait.")
_TROUBLE = _("WhatsApp had a problem of its own. Try again in a few minutes.")
_SLOW = _("Too many messages at once. They go out a little later by themselves.")
_FULL = _("WhatsApp has put a limit on this number because customers blocked or reported it. Offers wait.")
_CAP = _("WhatsApp held this offer back: the customer has had enough offers for now. Wait at least a day.")
_STOPPED = _("The customer does not want offers from the shop. None will be sent.")
_CLOSED = _("More than 24 hours since the customer last wrote. Only an approved template may be sent now.")
_UNREACHED = _("Did not reach the phone: perhaps no WhatsApp there, an old version, or the shop is blocked.")
_BLOCKED = _("The shop has blocked this customer on WhatsApp. Unblock to write again.")
_TEST_GROUP = _("WhatsApp is not delivering offers to this customer at the moment. Nothing to do.")
_SELF = _("This is the shop's own number.")
_TYPE = _("WhatsApp cannot send this kind of message.")
_MEDIA_IN = _("The file could not be fetched. Ask the customer to send it again.")
_MEDIA_OUT = _("The file was not accepted. Check its kind and size and try again.")
_NEEDS_PHONE = _("This kind of message needs the customer's phone number. Ask for it.")
_NO_PROMOTIONS = _("This number may not send offers.")
_PAY = _("WhatsApp wants a payment method: open WhatsApp Manager, then Billing. Only free messages go out until then.")
_NAME = _("WhatsApp has not approved the shop's display name yet. Check it in WhatsApp Manager.")
_WRONG = _("WhatsApp did not understand this message. Please report it to us; the text is not at fault.")
_TEMPLATE_GONE = _("The template does not exist in this language, or is not approved. Choose another.")
_TEMPLATE_OTHER = _("The template has changed at WhatsApp. Choose it again.")
_TEMPLATE_TEXT = _("With these names the text is too long or against WhatsApp's rules. Change the words.")
_TEMPLATE_PAUSED = _("WhatsApp has paused this template because customers did not like it. Choose another.")
_FLOW = _("The form in this message is not available at the moment.")
_MISUSED = _("WhatsApp says that offers were sent as service messages. Such messages wait; check the templates.")
_MAINTENANCE = _("WhatsApp is working on this number. Messages go out by themselves in some minutes.")
_SYNC = _("WhatsApp did not hand over the older chats. New messages arrive as usual.")
_UNNAMED = _("WhatsApp refused this message.")

_STOP = Then.STOP_CHANNEL
WINDOW_CLOSED: Final = 131047

TABLE: Final[dict[int, Behaviour]] = {
    0: Behaviour(_STOP, _RECONNECT, tell=True),
    190: Behaviour(_STOP, _RECONNECT, tell=True),
    3: Behaviour(_STOP, _NO_RIGHT, tell=True),
    10: Behaviour(_STOP, _NO_RIGHT, tell=True),
    131005: Behaviour(_STOP, _NO_RIGHT, tell=True),
    1: Behaviour(Then.TRY_AGAIN, _TROUBLE, wait=_MINUTES),
    2: Behaviour(Then.TRY_AGAIN, _TROUBLE, wait=_MINUTES),
    131000: Behaviour(Then.TRY_AGAIN, _TROUBLE, wait=_MINUTES),
    131016: Behaviour(Then.TRY_AGAIN, _TROUBLE, wait=_MINUTES),
    133004: Behaviour(Then.TRY_AGAIN, _TROUBLE, wait=_MINUTES),
    133000: Behaviour(_STOP, _REGISTER, tell=True),
    131057: Behaviour(Then.SLOW_DOWN, _MAINTENANCE, wait=timedelta(minutes=5)),
    4: Behaviour(Then.SLOW_DOWN, _SLOW, wait=timedelta(minutes=5)),
    80007: Behaviour(Then.SLOW_DOWN, _SLOW, wait=timedelta(minutes=5)),
    130429: Behaviour(Then.SLOW_DOWN, _SLOW, wait=timedelta(seconds=2)),
    131056: Behaviour(Then.DELAY_RECIPIENT, _SLOW),
    131048: Behaviour(Then.HOLD_PROMOTIONS, _FULL, tell=True, wait=timedelta(hours=6)),
    131064: Behaviour(Then.HOLD_TEMPLATES, _MISUSED, tell=True, wait=timedelta(hours=24)),
    131049: Behaviour(Then.FAIL, _CAP, again=False),
    131050: Behaviour(Then.OPT_OUT, _STOPPED, again=False),
    WINDOW_CLOSED: Behaviour(Then.NEEDS_TEMPLATE, _CLOSED, again=False),
    131026: Behaviour(Then.UNDELIVERABLE, _UNREACHED),
    130403: Behaviour(Then.FAIL, _BLOCKED),
    130472: Behaviour(Then.FAIL, _TEST_GROUP, again=False),
    131021: Behaviour(Then.FAIL, _SELF, again=False),
    131051: Behaviour(Then.FAIL, _TYPE, again=False),
    131052: Behaviour(Then.FAIL, _MEDIA_IN, again=False),
    131053: Behaviour(Then.TRY_AGAIN, _MEDIA_OUT, wait=_MINUTES, tries=2),
    131062: Behaviour(Then.FAIL, _NEEDS_PHONE, again=False),
    131063: Behaviour(Then.HOLD_PROMOTIONS, _NO_PROMOTIONS, tell=True, again=False, wait=timedelta(days=30)),
    131042: Behaviour(Then.HOLD_PAID, _PAY, tell=True, wait=timedelta(hours=24)),
    131031: Behaviour(_STOP, _LOCKED, tell=True),
    368: Behaviour(_STOP, _LOCKED, tell=True),
    130497: Behaviour(_STOP, _LOCKED, tell=True),
    131037: Behaviour(Then.FAIL, _NAME, tell=True),
    131045: Behaviour(_STOP, _REGISTER, tell=True),
    133010: Behaviour(_STOP, _REGISTER, tell=True),
    33: Behaviour(Then.FAIL, _WRONG, again=False),
    100: Behaviour(Then.FAIL, _WRONG, again=False),
    131008: Behaviour(Then.FAIL, _WRONG, again=False),
    131009: Behaviour(Then.FAIL, _WRONG, again=False),
    132000: Behaviour(Then.RESYNC_TEMPLATES, _TEMPLATE_OTHER, tell=True, again=False),
    132012: Behaviour(Then.RESYNC_TEMPLATES, _TEMPLATE_OTHER, tell=True, again=False),
    132001: Behaviour(Then.RESYNC_TEMPLATES, _TEMPLATE_GONE, tell=True, again=False),
    132005: Behaviour(Then.FAIL, _TEMPLATE_TEXT, again=False),
    132007: Behaviour(Then.FAIL, _TEMPLATE_TEXT, again=False),
    132015: Behaviour(Then.STOP_TEMPLATE, _TEMPLATE_PAUSED, tell=True),
    132016: Behaviour(Then.STOP_TEMPLATE, _TEMPLATE_PAUSED, tell=True, again=False),
    132068: Behaviour(Then.FAIL, _FLOW, again=False),
    132069: Behaviour(Then.FAIL, _FLOW),
    135000: Behaviour(Then.FAIL, _WRONG, again=False),
    2593107: Behaviour(Then.FAIL, _SYNC, again=False),
    2593108: Behaviour(Then.FAIL, _SYNC, tell=True, again=False),
    2593109: Behaviour(Then.FAIL, _SYNC, tell=True, again=False),
}

_UNKNOWN_TROUBLE = Behaviour(Then.TRY_AGAIN, _TROUBLE, wait=_MINUTES)
_UNKNOWN_REFUSAL = Behaviour(Then.FAIL, _UNNAMED, tell=True)
_PERMISSION = Behaviour(_STOP, _NO_RIGHT, tell=True)


def behaviour(code: int, http: int = 400) -> Behaviour:
    """What to do about `code`, which came with the HTTP status `http` (400 when it came in a webhook).

    A code nobody taught us is a lasting refusal with 4xx and a passing trouble with 5xx.
    """
    if code in TABLE:
        return TABLE[code]
    if 200 <= code <= 299:
        return _PERMISSION
    return _UNKNOWN_TROUBLE if http >= 500 else _UNKNOWN_REFUSAL
