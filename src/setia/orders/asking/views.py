"""The basket of the public page: as a text for WhatsApp, or as an order that waits to be confirmed."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from setia.catalog import queries as catalog
from setia.catalog import words
from setia.core.errors import DomainError
from setia.orders.asking import actions
from setia.orders.asking.forms import AskForm
from setia.orders.asking.rules import MOST_BOXES
from setia.orders.rules import LineInput
from setia.shops.public import PublicRequest, door
from setia.web.links import site_url

# What a basket or an order may weigh: more fields or bytes are no order.
MOST_FIELDS, MOST_BYTES = 120, 20_000


def address_of(request: PublicRequest) -> str:
    """The visitor's address of the net; behind our own proxy the one it adds last."""
    passed_on = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return passed_on.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", "")


@require_http_methods(["GET", "HEAD", "POST"])
@door("catalogue")
def basket(request: PublicRequest, token: str) -> HttpResponse:
    """What was chosen, what it costs today, and both ways to order it."""
    shop, storefront = request.shop, catalog.storefront()
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        return HttpResponse(status=413)
    data = request.POST if request.method == "POST" else request.GET
    items = catalog.chosen(list(data.items())[:MOST_FIELDS], shop.today(), most=MOST_BOXES)
    source = words.source_code(data.get("s", ""))
    first = shop.today() + timedelta(days=storefront.days_ahead)
    form, status = AskForm(first=first), 200
    if request.method == "POST" and storefront.takes_orders and items:
        form = AskForm(request.POST, first=first)
        if form.is_valid() and (form.cleaned_data["website"] or _asked(request, form, items)):
            return redirect(site_url("public_orders:thanks", token))
        status = 429 if form.has_error("__all__", code="flood") else 422
    context: dict[str, Any] = {
        "items": [(quantity, offer, quantity * offer.price) for quantity, offer in items],
        "total": sum(quantity * offer.price for quantity, offer in items),
        "words": words.order_text(items, source) if items else "",
        "link": words.order_link(items, source) if items else "",
        "takes_orders": storefront.takes_orders,
        "form": form,
        "token": token,
        "source": source,
    }
    return render(request, "orders/asking.html", context, status=status)


def _asked(request: PublicRequest, form: AskForm, items: list[tuple[int, catalog.Offer]]) -> bool:
    data = form.cleaned_data
    try:
        actions.ask(
            lines=[LineInput(offer.variant_id, quantity) for quantity, offer in items],
            name=data["name"],
            phone=data["phone"],
            due_on=data["due_on"],
            note=data["note"],
            device_key=data["device_key"],
            address=address_of(request),
        )
    except DomainError as error:
        field = error.field if error.field in form.fields else None
        form.add_error(field, ValidationError(error.message, code=error.code))
        return False
    return True


@require_safe
@door("catalogue")
def thanks(request: PublicRequest, token: str) -> HttpResponse:
    """It has come in; nothing of it is told to whoever opens this page."""
    return render(request, "orders/asked.html", {"token": token})
