"""Links to the shop's WhatsApp as pages show them: addresses, QR codes, and what came of each."""

import io
from dataclasses import dataclass

import segno
from django.db.models import Count, Q

from setia.conversations import rules
from setia.conversations.actions.entries import ENTRY_LINK
from setia.conversations.models import Channel, ChannelKind, ChannelState, Entry, EntryLink
from setia.core import phone
from setia.core.scope import current_shop
from setia.orders import queries as orders
from setia.shops import public


@dataclass(frozen=True)
class LinkRow:
    """A link with its numbers. `bought`: how many of those who wrote bought on that day or later."""

    link: EntryLink
    wrote: int
    newcomers: int
    bought: int


def rows(*, retired: bool = False) -> list[LinkRow]:
    """All links, the newest first: three queries, however many."""
    found = EntryLink.objects.filter(retired_at__isnull=not retired).annotate(
        wrote=Count("entries"), newcomers=Count("entries", filter=Q(entries__newcomer=True))
    )
    links = list(found.order_by("-created_at", "-pk"))
    bought = _bought([link.pk for link in links])
    return [LinkRow(link, link.wrote, link.newcomers, bought.get(link.pk, 0)) for link in links]


def _bought(link_ids: list[int]) -> dict[int, int]:
    entries = list(Entry.objects.filter(link_id__in=link_ids).values_list("link_id", "customer_id", "at"))
    summaries = orders.summaries_of({customer for _link, customer, _at in entries})
    counts: dict[int, int] = {}
    for link_id, customer_id, at in entries:
        summary = summaries.get(customer_id)
        if summary and summary.last_on >= current_shop().day_of(at):
            counts[link_id] = counts.get(link_id, 0) + 1
    return counts


def shop_number() -> str:
    """The number customers write to (E.164): the connected one, else the one of the settings; empty without."""
    clouds = Channel.objects.filter(kind=ChannelKind.CLOUD).exclude(state=ChannelState.DISCONNECTED)
    connected = clouds.exclude(display_number="").order_by("-pk").values_list("display_number", flat=True).first()
    return connected or current_shop().whatsapp_number


def words(link: EntryLink) -> str:
    """What stands ready when WhatsApp opens."""
    return rules.with_code(link.text, link.code)


def direct(link: EntryLink) -> str:
    """The link that opens WhatsApp at once, without us in between; empty without a number of the shop."""
    number = shop_number()
    return phone.wa_link(number, words(link)) if number else ""


def short(link: EntryLink) -> str:
    """Path of our own short link, which counts who opens it."""
    return public.link("entry_link", ENTRY_LINK, link.pk)


def png(text: str) -> bytes:
    """The QR code as a picture for a printer: every module ten dots."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", scale=10, border=4)
    return out.getvalue()


def svg(text: str) -> bytes:
    """The QR code as a drawing for a print shop."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", scale=10, border=4)
    return out.getvalue()
