"""What the owner is told about a number, a template, the month's costs: in plain words that say what to do."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from setia.conversations.models import Notice
from setia.conversations.rules import FREE_ANSWERS
from setia.conversations.showing import words_for

_ACCOUNT: Final[dict[str, str | Promise]] = {
    "ACCOUNT_DELETED": gettext_lazy("The WhatsApp account was deleted. Connect a number again to write from here."),
    "ACCOUNT_OFFBOARDED": gettext_lazy("The number was disconnected. Connect it again to write from here."),
    "DISABLED_UPDATE": gettext_lazy("WhatsApp has closed this account. Open Business Support in WhatsApp Manager."),
    "PARTNER_REMOVED": gettext_lazy("The number was disconnected on the phone. Connect it again to write from here."),
    "ACCOUNT_RESTRICTION": gettext_lazy("WhatsApp lets you only answer for now; you cannot write first."),
    "ACCOUNT_VIOLATION": gettext_lazy("WhatsApp warns you: a message broke its rules. Look at WhatsApp Manager."),
}
_TEMPLATES: Final[dict[str, str | Promise]] = {
    "REJECTED": gettext_lazy("WhatsApp did not accept the template “%(subject)s”. Change its words and try again."),
    "PAUSED": gettext_lazy("The template “%(subject)s” is paused, because customers did not like it. Use another."),
    "DISABLED": gettext_lazy("The template “%(subject)s” may not be used any more. Make a new one."),
    "FLAGGED": gettext_lazy("Customers complain about the template “%(subject)s”. It will be stopped if that goes on."),
    "LIMIT_EXCEEDED": gettext_lazy("There are too many templates. Delete some you do not use."),
    "LOCKED": gettext_lazy("The template “%(subject)s” is locked by WhatsApp for now."),
    "CATEGORY_SOON": gettext_lazy("WhatsApp will soon count “%(subject)s” as another category; its price changes."),
    "CATEGORY": gettext_lazy("WhatsApp now counts “%(subject)s” as another category; its price has changed."),
}
_QUALITY: Final = gettext_lazy("Customers like the template “%(subject)s” less than before.")
_NUMBER: Final = gettext_lazy(
    "WhatsApp lets this number write to fewer people a day: customers blocked or reported it."
)
_FREE_SOON: Final = gettext_lazy("Most of this month's 1,000 free answers are used. After that each costs money.")
_FREE_GONE: Final = gettext_lazy("This month's 1,000 free answers are used up. From now on each answer costs money.")
_CAP: Final = gettext_lazy("The most you want to spend on WhatsApp this month is reached. Offers wait; answers go on.")
_ANY: Final = gettext_lazy("WhatsApp reports a problem with this number. Look at WhatsApp Manager.")


def notice_words(notice: Notice) -> str:
    """A notice in plain words that say what to do."""
    area, _colon, name = notice.kind.partition(":")
    name = name.partition(":")[0]
    words: str | Promise = _ANY
    if area == "error" and name.lstrip("-").isdecimal():
        return words_for(int(name))
    if area == "free":
        words = _FREE_GONE if name == str(FREE_ANSWERS) else _FREE_SOON
    elif area == "cap":
        words = _CAP
    elif area == "account":
        words = _ACCOUNT.get(name, _ANY)
    elif area == "template":
        words = _TEMPLATES.get(name, _ANY)
    elif area == "quality":
        words = _QUALITY
    elif area == "number":
        words = _NUMBER
    text = str(words)
    return text % {"subject": notice.subject} if "%(subject)s" in text else text
