"""Pictures made from today's table, for pages and for other areas: the price list, an item. Nothing is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setia.catalog import drawing, queries, rules, words
from setia.core import money, phone
from setia.core.scope import current_shop
from setia.web import photos


@dataclass(frozen=True)
class Picture:
    """A picture as bytes, with its media type and a name to keep it under."""

    body: bytes
    mime_type: str
    filename: str


def price_pictures(*, kind: str = "end", day: date) -> int:
    """How many pictures the price list for a kind of customer fills; none when nothing is sold."""
    return -(-len(queries.sellable(kind=kind, day=day)) // drawing.MOST_ROWS)


def price_picture(
    *, kind: str = "end", language: str, number: int = 1, with_photos: bool = False, day: date
) -> Picture | None:
    """Picture `number` (from 1) of the price list for a kind of customer; None when there is none of that number."""
    offers = queries.sellable(kind=kind, day=day)
    with translation.override(language):
        groups = drawing.pages([(offer.product, _row(offer, language, with_photos)) for offer in offers])
        if not 1 <= number <= len(groups):
            return None
        body, mime_type = drawing.price_picture(_page(groups[number - 1], kind, day))
        ending = "jpg" if mime_type == "image/jpeg" else "png"
        return Picture(body, mime_type, f"{_('prices')}-{day:%Y-%m-%d}.{ending}")


def _row(offer: queries.Offer, language: str, with_photos: bool) -> drawing.PriceRow:
    locale: money.Locale = "id" if language == "id" else "en"
    price = money.format_money(offer.price, current_shop().currency, locale)
    return drawing.PriceRow(offer.label, price, photo_of(offer, small=True) if with_photos else b"")


def _page(groups: Sequence[tuple[str, Sequence[drawing.PriceRow]]], kind: str, day: date) -> drawing.PricePage:
    shop, listed = current_shop(), rules.list_of(kind)
    number = shop.whatsapp_number
    return drawing.PricePage(
        heading=shop.name,
        day=_("Prices on %(day)s") % {"day": date_format(day, "j F Y")}
        + (f" · {words.KINDS[listed]}" if listed else ""),
        groups=groups,
        foot=_("Order on WhatsApp: %(number)s") % {"number": phone.pretty(number)} if number else "",
    )


def item_picture(offer: queries.Offer) -> Picture:
    """A square picture of something that is sold: its photo, or its name on a coloured card."""
    body = drawing.card(offer.label, current_shop().name, photo_of(offer))
    return Picture(body, "image/jpeg", f"{rules.slug(offer.label) or offer.sku}.jpg")


def photo_of(offer: queries.Offer, *, small: bool = False) -> bytes:
    """The photo as it is kept; nothing when there is none, or its file is gone."""
    if not offer.photo:
        return b""
    try:
        with photos.read(offer.photo, folder=queries.PHOTOS, small=small) as file:
            return bytes(file.read())
    except FileNotFoundError:
        return b""
