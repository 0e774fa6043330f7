"""The page everybody may see: what there is, what it costs, what is in it, how to order."""

import json
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from setia.catalog import drawing, pictures, queries, words
from setia.catalog.queries import Offer, PublicProduct
from setia.core import names
from setia.core.phone import wa_link
from setia.shops import queries as shops
from setia.shops import rules as shop_rules
from setia.shops.public import PublicRequest, door
from setia.shops.words import days_of
from setia.web import photos
from setia.web.links import site_url

KIND = "catalogue"
ICONS = (192, 512)
KEEP = "public, max-age=86400"
# What could end the element or begin another one inside a script of data.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@require_safe
@door(KIND)
def page(request: PublicRequest, token: str) -> HttpResponse:
    """The catalogue with today's prices for everyone. `?s=CODE` is the source a link or poster was made for."""
    shop, day = request.shop, request.shop.today()
    products, source = queries.public_products(day), words.source_code(request.GET.get("s", ""))
    context = {
        "shelves": [
            (one, [(offer, words.order_link([(1, offer)], source)) for offer in one.offers]) for one in products
        ],
        "allergens": {one.product.pk: words.allergens(one.product.allergen_names) for one in products},
        "storefront": queries.storefront(),
        "token": token,
        "source": source,
        "day": day,
        "week": [(days_of(part), part) for part in shop_rules.stretches(shop.opening_hours)],
        "open_now": shop_rules.is_open(shop.opening_hours, shop.now()) and day not in _closed(request),
        "closed_today": day in _closed(request),
        "chat": wa_link(shop.whatsapp_number, f"[#{source}]") if shop.whatsapp_number else "",
        "address": request.build_absolute_uri(request.path),
        "picture": request.build_absolute_uri(_picture(token, products)) if products else "",
        "summary": _summary(products),
        "data": json.dumps(_structured(request, token, products)).translate(_ESCAPES),
    }
    response = render(request, "catalog/public.html", context)
    response.headers["X-Robots-Tag"] = "all"
    return response


def _closed(request: PublicRequest) -> set[Any]:
    day = request.shop.today()
    return shops.closed_days(since=day, until=day)


def _picture(token: str, products: list[PublicProduct]) -> str:
    offers = [offer for one in products for offer in one.offers]
    first = next((offer for offer in offers if offer.photo), offers[0])
    return site_url("public_catalog:card", token, first.variant_id)


def _summary(products: list[PublicProduct]) -> str:
    labels = list(dict.fromkeys(offer.flavour or offer.product for one in products for offer in one.offers))
    return _("Prices today: %(what)s.") % {"what": ", ".join(labels[:8])} if labels else ""


def _structured(request: PublicRequest, token: str, products: list[PublicProduct]) -> dict[str, Any]:
    """The page as schema.org data: the bakery and what it offers."""
    shop, storefront = request.shop, queries.storefront()
    place = {"@type": "PostalAddress", "addressLocality": shop.district, "streetAddress": storefront.address}
    return {
        "@context": "https://schema.org",
        "@type": "Bakery",
        "name": shop.name,
        "url": request.build_absolute_uri(request.path),
        "telephone": shop.whatsapp_number,
        "address": {name: value for name, value in place.items() if value},
        "openingHoursSpecification": [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": f"https://schema.org/{_DAYS[weekday]}",
                "opens": hours[0],
                "closes": hours[1],
            }
            for weekday, hours in shop.opening_hours.items()
        ],
        "makesOffer": [_offer(request, token, offer) for one in products for offer in one.offers],
    }


_DAYS = dict(
    zip(
        shop_rules.WEEKDAYS,
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        strict=True,
    )
)


def _offer(request: PublicRequest, token: str, offer: Offer) -> dict[str, Any]:
    item = {
        "@type": "Product",
        "name": f"{offer.product} {offer.label}" if offer.flavour else offer.label,
        "sku": offer.sku,
        "image": request.build_absolute_uri(site_url("public_catalog:card", token, offer.variant_id)),
    }
    return {
        "@type": "Offer",
        "price": offer.price,
        "priceCurrency": request.shop.currency,
        "availability": "https://schema.org/InStock",
        "itemOffered": item,
    }


@require_safe
@door(KIND)
def manifest(request: PublicRequest, token: str) -> HttpResponse:
    """So that the page can be put on the home screen like an app, with the shop's own icon."""
    start = site_url("public_catalog:page", token)
    data = {
        "name": request.shop.name,
        "short_name": request.shop.name[:12].strip(),
        "start_url": start,
        "scope": start,
        "id": start,
        "display": "standalone",
        "lang": str(request.shop.language),
        "background_color": drawing.PAPER,
        "theme_color": drawing.BRAND,
        "icons": [
            {
                "src": site_url("public_catalog:icon", token, size),
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": purpose,
            }
            for size in ICONS
            for purpose in ("any", "maskable")
        ],
    }
    return JsonResponse(data, content_type="application/manifest+json")


def _kept(body: bytes, kind: str) -> HttpResponse:
    return HttpResponse(body, content_type=kind, headers={"Cache-Control": KEEP})


@require_safe
@door(KIND)
def icon(request: PublicRequest, token: str, size: int) -> HttpResponse:
    """The shop's initials as an icon, in the sizes phones ask for."""
    if size not in ICONS:
        raise Http404
    return _kept(drawing.icon(names.initials(request.shop.name), size), "image/png")


@require_safe
@door(KIND)
def photo(request: PublicRequest, token: str, photo: str) -> HttpResponseBase:
    """A small picture of something that is sold today. Others are nobody's business."""
    if photo not in {offer.photo for offer in queries.sellable(day=request.shop.today())}:
        raise Http404
    return photos.response(photo, folder=queries.PHOTOS, small=True, public=True)


@require_safe
@door(KIND)
def card(request: PublicRequest, token: str, pk: int) -> HttpResponse:
    """A square picture of something that is sold today, for WhatsApp's catalogue and for links."""
    offer = next((one for one in queries.sellable(day=request.shop.today()) if one.variant_id == pk), None)
    if offer is None:
        raise Http404
    made = pictures.item_picture(offer)
    return _kept(made.body, made.mime_type)
