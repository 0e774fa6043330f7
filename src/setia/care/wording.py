"""The questions as customers read them, and words that are prepared for them."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

CSAT: Final = gettext_lazy("How satisfied are you with this order?")
NPS: Final = gettext_lazy("From 0 to 10: how likely are you to suggest us to family or friends?")
WHAT_TO_MEND: Final = gettext_lazy("What should we mend first?")
FACES: Final = (
    (5, "😍", gettext_lazy("Very satisfied")),
    (4, "🙂", gettext_lazy("Satisfied")),
    (3, "😐", gettext_lazy("So so")),
    (2, "🙁", gettext_lazy("Dissatisfied")),
    (1, "😞", gettext_lazy("Very dissatisfied")),
)
# In a chat: WhatsApp takes three buttons, and one tap is answered more often than a list that has to be opened first.
# They are three of the five answers in their own words, so scores mean the same everywhere; a typed 1 to 5 counts too.
BUTTONS: Final = (
    (4, "😊", gettext_lazy("Satisfied")),
    (3, "😐", gettext_lazy("So so")),
    (2, "🙁", gettext_lazy("Dissatisfied")),
)
# Own wording after the 22 of SERVQUAL; 23 to 25 are about the premises.
ITEMS: Final = {
    1: gettext_lazy("The shop is clean and tidy."),
    2: gettext_lazy("The boxes are good-looking and whole."),
    3: gettext_lazy("The people in the shop are dressed cleanly."),
    4: gettext_lazy("The price list is easy to read."),
    5: gettext_lazy("Orders are ready on time."),
    6: gettext_lazy("Number and flavour are what was ordered."),
    7: gettext_lazy("When something goes wrong they really help."),
    8: gettext_lazy("It tastes equally good every time."),
    9: gettext_lazy("Notes and sums are right."),
    10: gettext_lazy("They say when an order is ready."),
    11: gettext_lazy("They answer on WhatsApp quickly."),
    12: gettext_lazy("They are always willing to help."),
    13: gettext_lazy("They are never too busy to answer."),
    14: gettext_lazy("The people here can be trusted."),
    15: gettext_lazy("I feel safe paying and giving a deposit."),
    16: gettext_lazy("The people here are polite."),
    17: gettext_lazy("They can tell what is in it and how long it keeps."),
    18: gettext_lazy("They know and remember me."),
    19: gettext_lazy("The opening hours suit me."),
    20: gettext_lazy("They mind special wishes."),
    21: gettext_lazy("They put the buyer's good first."),
    22: gettext_lazy("They understand what my occasion needs."),
    23: gettext_lazy("There is room to wait and to sit."),
    24: gettext_lazy("It is cool and airy enough."),
    25: gettext_lazy("Parking and getting in are easy."),
}
DIMENSIONS: Final = {
    "tangibles": gettext_lazy("What one sees"),
    "reliability": gettext_lazy("Can be relied on"),
    "responsiveness": gettext_lazy("Quick to help"),
    "assurance": gettext_lazy("Inspires trust"),
    "empathy": gettext_lazy("Cares about me"),
}
CAUSES: Final = (
    gettext_lazy("Packed too tight"),
    gettext_lazy("Hit on the way"),
    gettext_lazy("Old material"),
    gettext_lazy("Oven too hot"),
    gettext_lazy("Order read wrongly"),
    gettext_lazy("Too much at once"),
    gettext_lazy("Kept too long"),
)


def csat_question(name: str, shop: str) -> str:
    """The message that asks, without the way to answer."""
    return _("%(name)s, thank you for your order at %(shop)s. How satisfied are you with it?") % {
        "name": name,
        "shop": shop,
    }


def csat_by_words(name: str, shop: str, link: str) -> str:
    """The same where no buttons can be sent: a link, or one number."""
    return csat_question(name, shop) + "\n" + _("One tap is enough: %(link)s") % {"link": link}


def suggestion_answer(state: str, title: str) -> str:
    """The words prepared for those who asked, to be changed before they go."""
    if state == "launched":
        return _("You asked for it: %(title)s is there! Would you like to be the first to taste it?") % {"title": title}
    if state == "trying":
        return _("You suggested “%(title)s”. We are trying it now and tell you how it turns out.") % {"title": title}
    return _(
        "Thank you for suggesting “%(title)s”. We thought about it and cannot do it for now. Please keep telling us."
    ) % {"title": title}
