"""What a week says, in sentences: about the person's own past, never about others."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from setia.team.rules import Word


def _figure(value: float) -> str:
    return str(number_format(value, decimal_pos=1))


def sentence(word: Word) -> str:
    """One word of `rules.words` as a sentence."""
    if word.topic == "praise":
        return ngettext(
            "%(n)d good thing was seen. Say thank you.", "%(n)d good things were seen. Say thank you.", int(word.now)
        ) % {"n": int(word.now)}
    if word.topic == "better":
        return ngettext(
            "%(n)d thing could be better. Talk about it in private.",
            "%(n)d things could be better. Talk about them in private.",
            int(word.now),
        ) % {"n": int(word.now)}
    if word.topic == "on_time":
        figures = {"now": round(100 * word.now), "usual": round(100 * (word.usual or 0))}
        if word.up:
            return _("%(now)s%% of orders on time, usually %(usual)s%%.") % figures
        return _("%(now)s%% of orders on time, usually %(usual)s%%. What stood in the way?") % figures
    figures_of = {"now": _figure(word.now), "usual": _figure(word.usual or 0)}
    if word.topic == "rating":
        return _("Customers gave %(now)s of 5, usually %(usual)s.") % figures_of
    if word.up:
        return _("%(now)s people served an hour, usually %(usual)s.") % figures_of
    return _("%(now)s people served an hour, usually %(usual)s. Was it a quiet week?") % figures_of
