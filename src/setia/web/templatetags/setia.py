"""Template tags and filters of the house (built in: no `{% load %}` needed)."""

from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

import heroicons
from django import template
from django.template import defaulttags
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timesince import timeuntil
from django.utils.translation import get_language, gettext, ngettext

from setia.core import clock, names, phone
from setia.web import amounts, links
from setia.web import qr as codes

register = template.Library()


@register.simple_tag
@cache  # a page has thirty of them, of a hundred there are
def icon(name: str, style: str = "outline") -> SafeString:
    """A heroicon as inline SVG, hidden from screen readers (the text beside it speaks)."""
    size = {"outline": 24, "solid": 24, "mini": 20, "micro": 16}[style]
    return mark_safe(heroicons._render_icon(style, name, size, {"aria-hidden": "true", "class": "icon"}))  # noqa: S308


class _Url(defaulttags.URLNode):
    def render(self, context: Any) -> str:
        if self.kwargs or self.asvar:
            return str(super().render(context))
        url = links.path(self.view_name.resolve(context), *(argument.resolve(context) for argument in self.args))
        return conditional_escape(url) if context.autoescape else url


@register.tag
def url(parser: Any, token: Any) -> _Url:
    """Django's `{% url %}`, which works out the way to pages of one kind once."""
    node = defaulttags.url(parser, token)
    return _Url(node.view_name, node.args, node.kwargs, node.asvar)


@register.simple_tag
def qr(text: str) -> SafeString:
    """`text` as a QR code, drawn in the page; say beside it where it leads."""
    return mark_safe(codes.svg(text))  # noqa: S308


@register.simple_tag
def site_url(name: str, *args: Any) -> str:
    """Path of a page outside the shop."""
    return links.site_url(name, *args)


@register.simple_tag
def shop_url(slug: str, name: str, *args: Any) -> str:
    """Path of a page of the shop `slug`, from a page outside it."""
    return links.shop_url(slug, name, *args)


@register.filter(name="money")
def money_filter(amount: int | None) -> str:
    """`15000` -> `Rp15.000` in the money of the shop; empty for None."""
    return "" if amount is None else amounts.shown(int(amount))


@register.filter
def initials(name: str) -> str:
    """`Bu Ratna Wulandari` -> `RW`."""
    return names.initials(name)


@register.filter
def pretty_phone(e164: str) -> str:
    """`+6281234567890` -> `0812-3456-7890`; nothing for nothing."""
    return phone.pretty(e164) if e164 else ""


@register.filter
def when(moment: datetime | date | None) -> str:
    """A moment or day in few words, seen from now: `14.05`, `kemarin`, `Sabtu`, `12 Nov`, `12 Nov 2025`."""
    if moment is None:
        return ""
    today = timezone.localtime(clock.now()).date()
    if not isinstance(moment, datetime):
        return _day(moment, today, get_language())
    local = timezone.localtime(moment)
    if local.date() == today:
        return date_format(local, "H.i" if get_language() == "id" else "H:i")
    return _day(local.date(), today, get_language())


@lru_cache(maxsize=2048)  # lists are full of the same days
def _day(day: date, today: date, language: str | None) -> str:
    distance = (day - today).days
    if distance == 0:
        return gettext("today")
    if distance == -1:
        return gettext("yesterday")
    if distance == 1:
        return gettext("tomorrow")
    if 1 < distance < 7:
        return date_format(day, "l")
    return date_format(day, "j M" if day.year == today.year else "j M Y")


@register.filter
def waiting(moment: datetime | None) -> str:
    """How long ago, roughly: `5 minutes`, `3 hours`, `2 days`."""
    if moment is None:
        return ""
    minutes = max(0, int((clock.now() - moment).total_seconds() // 60))
    if minutes < 60:
        return ngettext("%(n)s minute", "%(n)s minutes", max(1, minutes)) % {"n": max(1, minutes)}
    if minutes < 48 * 60:
        return ngettext("%(n)s hour", "%(n)s hours", minutes // 60) % {"n": minutes // 60}
    return ngettext("%(n)s day", "%(n)s days", minutes // 1440) % {"n": minutes // 1440}


@register.filter
def roughly(moment: datetime, now: datetime) -> str:
    """How far away a moment is, before or behind us, in one word: `6 hours`."""
    return str(timeuntil(max(moment, now), min(moment, now), depth=1))


@register.filter
def long_day(day: date) -> str:
    """`Senin, 23 November`."""
    return date_format(day, "l, j F")


@register.simple_tag(takes_context=True)
def with_query(context: template.Context, **changes: Any) -> str:
    """The page's query string with some parameters changed (None removes one)."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    return f"?{query.urlencode()}"
