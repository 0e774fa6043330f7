"""One flavour in a pack size: its words, its prices."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from setia.catalog import actions, queries
from setia.catalog.access import get_variant
from setia.catalog.forms import PriceForm, VariantForm
from setia.catalog.models import Variant
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.web import photos
from setia.web.forms import refusals


def _page(request: ShopRequest, variant: Variant, **forms: Any) -> HttpResponse:
    today = request.shop.today()
    (shelf,) = queries.shelf(day=today, product=variant.product)
    item = next(item for item in (*shelf.sold, *shelf.retired) if item.variant.pk == variant.pk)
    known = {name: getattr(variant, name) for name in VariantForm.KNOWN}
    context = {
        "variant": variant,
        "item": item,
        "today": today,
        "form": forms.get("form") or VariantForm(initial=known),
        "price_form": forms.get("price_form") or PriceForm(today=today),
    }
    return render(request, "catalog/variant.html", context, status=422 if forms else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="products")
def variant(request: ShopRequest, pk: int) -> HttpResponse:
    """Change flavour, pack size, unit, photo; see its prices."""
    variant = get_variant(request, pk)
    if request.method != "POST":
        return _page(request, variant)
    form = VariantForm(request.POST, request.FILES)
    if form.is_valid():
        with refusals(form):
            with photos.replacing(form.cleaned_data, variant.photo, folder=queries.PHOTOS) as fields:
                actions.change_variant(variant=variant, **fields)
            messages.success(request, _("Saved. Orders already written down keep their words."))
            return redirect("catalog:product", variant.product_id)
    return _page(request, get_variant(request, pk), form=form)


@require_POST
@door(Right.MANAGE, section="products")
def price(request: ShopRequest, pk: int) -> HttpResponse:
    """A price from a day on."""
    variant = get_variant(request, pk)
    form = PriceForm(request.POST, today=request.shop.today())
    if form.is_valid():
        with refusals(form):
            actions.set_price(
                variant=variant,
                amount=form.cleaned_data["price"],
                valid_from=form.cleaned_data["valid_from"],
                customer_kind=form.cleaned_data["customer_kind"],
            )
            messages.success(request, _("Saved. Orders already written down keep their price."))
            return redirect("catalog:variant", pk)
    return _page(request, variant, price_form=form)


@require_POST
@door(Right.MANAGE, section="products")
def retirement(request: ShopRequest, pk: int) -> HttpResponse:
    """No longer sold."""
    variant = get_variant(request, pk)
    if actions.retire(variant=variant):
        messages.success(request, _("%(label)s is no longer sold. Past orders keep it.") % {"label": variant.label})
    return redirect("catalog:product", variant.product_id)


@require_POST
@door(Right.MANAGE, section="products")
def comeback(request: ShopRequest, pk: int) -> HttpResponse:
    """Sold again."""
    variant = get_variant(request, pk)
    if actions.bring_back(variant=variant):
        messages.success(request, _("%(label)s is sold again.") % {"label": variant.label})
    return redirect("catalog:product", variant.product_id)


@require_POST
@door(Right.MANAGE, section="products")
def position(request: ShopRequest, pk: int) -> HttpResponse:
    """One place up on the list, at the counter and on the price list."""
    variant = get_variant(request, pk)
    actions.move_up(variant=variant)
    return redirect("catalog:product", variant.product_id)
