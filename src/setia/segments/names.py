"""Names of groups, celebrations and levels, as the pages say them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from setia.customers.models import ConsentState
from setia.insight.rfm import Group

GROUPS: Mapping[int, Any] = {
    Group.NEVER: gettext_lazy("Not bought yet"),
    Group.NEW: gettext_lazy("New"),
    Group.ONCE: gettext_lazy("Came once"),
    Group.BEST: gettext_lazy("Best customers"),
    Group.LOYAL: gettext_lazy("Regulars"),
    Group.SLIPPING: gettext_lazy("Regulars, quiet lately"),
    Group.GROWING: gettext_lazy("Getting to know us"),
    Group.QUIET: gettext_lazy("Quiet for a while"),
}


def group_name(group: int | None) -> str:
    """The name of a named group; empty when it is not known."""
    return str(GROUPS[group]) if group in GROUPS else ""


# Who they are, and what to do.
GROUP_MEANING: Mapping[int, tuple[Any, Any]] = {
    Group.BEST: (
        gettext_lazy("Bought lately, often, and for more than most."),
        gettext_lazy("Thank them by name. Let them taste new flavours first and ask whom they would bring."),
    ),
    Group.LOYAL: (
        gettext_lazy("Buy often, the last time not long ago."),
        gettext_lazy("Keep what they like on the shelf. Offer a bigger box or a second flavour."),
    ),
    Group.GROWING: (
        gettext_lazy("Came back and bought lately, not often yet."),
        gettext_lazy("Remember their flavour and tell them when it is fresh."),
    ),
    Group.NEW: (
        gettext_lazy("Bought once, lately."),
        gettext_lazy("Ask how it tasted. The second purchase decides."),
    ),
    Group.SLIPPING: (
        gettext_lazy("Used to buy often, not lately. Many come back by themselves."),
        gettext_lazy("Greet them and ask whether something was wrong."),
    ),
    Group.QUIET: (
        gettext_lazy("Came back once or twice, some time ago."),
        gettext_lazy("Greet them when there is news or a celebration is near."),
    ),
    Group.ONCE: (
        gettext_lazy("Bought once, some time ago."),
        gettext_lazy("A word at a celebration is enough."),
    ),
    Group.NEVER: (
        gettext_lazy("Written down, but bought nothing yet."),
        gettext_lazy("Offer a taste or help with a first order."),
    ),
}
# In the order in which they are shown: those to look after first.
SHOWN_GROUPS = (
    Group.BEST,
    Group.LOYAL,
    Group.SLIPPING,
    Group.GROWING,
    Group.NEW,
    Group.QUIET,
    Group.ONCE,
    Group.NEVER,
)
SEASON_NAMES: Mapping[str, Any] = {
    "lebaran": gettext_lazy("Lebaran"),
    "idul_adha": gettext_lazy("Idul Adha"),
    "maulid": gettext_lazy("Maulid"),
    "independence": gettext_lazy("Independence Day"),
    "year_end": gettext_lazy("the end of the year"),
}
LEVELS: Mapping[str, Any] = {
    "likely": gettext_lazy("likely"),
    "maybe": gettext_lazy("perhaps"),
    "hardly": gettext_lazy("hardly"),
}
STANDINGS: Mapping[str, Any] = {
    "joined": gettext_lazy("became loyal in the last 4 weeks"),
    "slipping": gettext_lazy("loyal, but slipping away"),
    "left": gettext_lazy("was loyal 4 weeks ago, not any more"),
}
FIFTHS: Mapping[str, Any] = {
    "5": gettext_lazy("the top fifth"),
    "4": gettext_lazy("the second fifth"),
    "3": gettext_lazy("the middle fifth"),
    "2": gettext_lazy("the fourth fifth"),
    "1": gettext_lazy("the lowest fifth"),
}

# By which word before their name people are greeted.
HONORIFICS = (
    *("Bu", "Pak", "Mbak", "Mas", "Kak", "Dik", "Bude", "Pakde", "Bulik", "Paklik", "Mbah", "Om", "Tante"),
    *("Ustadz", "Ustadzah"),
)
# What is written down of nobody in particular (`rules.UNSAID`).
UNSAID_WORDS: Any = gettext_lazy("Nothing said")

# Answers to a purpose of consent.
ANSWERS = ConsentState.choices
