"""Bazaar mode: a page that works without signal, the worker that keeps it, and where its phones send to."""

import json
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from setia.catalog import queries as catalog
from setia.core import ids
from setia.loyalty import queries as cards
from setia.promotions.access import get_bazaar
from setia.promotions.actions import stall as actions
from setia.promotions.queries import bazaars as queries
from setia.promotions.rules.bazaars import MOST_ITEMS
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right

FILES = ("setia.css", "promotions/stall.css", "promotions/stall.js", "web/icon.svg")
MOST_BODY = 400_000


@require_safe
@door(Right.SELL, section="menu")
@ensure_csrf_cookie
def stall(request: ShopRequest, pk: int) -> HttpResponse:
    """The page. It is the same at any time: what changes comes from `facts` and from the phone."""
    return render(request, "promotions/stall.html", {"bazaar": get_bazaar(request, pk), "most": MOST_ITEMS})


@require_safe
@door(Right.SELL, section="menu")
def facts(request: ShopRequest, pk: int) -> HttpResponse:
    """What is sold for how much, and the key to post with."""
    row = get_bazaar(request, pk)
    brought = {one.variant_id: one.brought for one in queries.stock_of(pk)}
    offers = catalog.sellable(day=request.shop.today())
    offers = [offer for offer in offers if offer.variant_id in brought] or list(offers)
    answer = {
        "csrf": get_token(request),
        "name": row.name,
        "stamps": cards.programme().stamps_on,
        "variants": [{"id": o.variant_id, "label": o.label, "price": o.price} for o in offers],
    }
    response = JsonResponse(answer)
    response["Cache-Control"] = "private, no-cache"
    return response


@require_safe
@door(Right.SELL, section="menu")
def manifest(request: ShopRequest, pk: int) -> HttpResponse:
    """So that it can be put on the phone's first screen."""
    row = get_bazaar(request, pk)
    here = reverse("promotions:stall", args=[pk])
    icon = {"src": staticfiles_storage.url("web/icon.svg"), "sizes": "any", "type": "image/svg+xml"}
    answer = {
        "name": f"{row.name} · {request.shop.name}",
        "short_name": row.name[:12],
        "start_url": here,
        "scope": here,
        "display": "standalone",
        "background_color": "#f7f4ec",
        "theme_color": "#2f5d3a",
        "icons": [icon],
    }
    return JsonResponse(answer, content_type="application/manifest+json")


@require_safe
@door(Right.SELL, section="menu")
def worker(request: ShopRequest, pk: int) -> HttpResponse:
    """The service worker: keeps page, files and facts."""
    get_bazaar(request, pk)
    files = [staticfiles_storage.url(name) for name in FILES]
    here = reverse("promotions:stall", args=[pk])
    kept = [here, reverse("promotions:stall_facts", args=[pk]), reverse("promotions:stall_manifest", args=[pk]), *files]
    context = {"files": json.dumps(kept), "version": ids.digest(json.dumps(kept))[:12], "here": json.dumps(here)}
    response = render(request, "promotions/stall_worker.js", context, content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response


@require_POST
@door(Right.SELL, section="menu")
def items(request: ShopRequest, pk: int) -> HttpResponse:
    """What a phone wrote down: `{device, items: [{key, kind, at, data}]}`; answers for each item."""
    row = get_bazaar(request, pk)
    try:
        body: Any = json.loads(request.body) if len(request.body) <= MOST_BODY else None
    except ValueError:
        body = None
    sent = body.get("items") if isinstance(body, dict) else None
    if not isinstance(sent, list) or len(sent) > MOST_ITEMS:
        return JsonResponse({"error": _("The shop cannot read this.")}, status=400)
    outcomes = actions.receive(bazaar=row, items=sent, device=str(body.get("device", "")), by=request.member)
    return JsonResponse({"items": [{"key": o.key, "state": o.state, "text": o.text} for o in outcomes]})
