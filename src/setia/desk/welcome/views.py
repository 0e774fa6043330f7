"""Three steps and a way out of each."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from setia.catalog import queries as catalog
from setia.core import phone
from setia.desk.welcome import first_products, forms
from setia.shops import actions as shops
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.web.forms import refusals


def _page(request: ShopRequest, step: int, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, f"desk/welcome/{template}.html", context | {"step": step, "steps": (1, 2, 3)})


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="menu")
def name(request: ShopRequest) -> HttpResponse:
    """What the shop is called."""
    form = forms.NameForm(request.POST or None, shop=request.shop)
    if request.method == "POST" and form.is_valid():
        shops.change_shop(**form.cleaned_data)
        return redirect("desk:welcome_whatsapp")
    return _page(request, 1, "name", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="menu")
def whatsapp(request: ShopRequest) -> HttpResponse:
    """Where its customers write."""
    known = request.shop.whatsapp_number
    form = forms.WhatsAppForm(request.POST or None, initial={"whatsapp_number": known and phone.pretty(known)})
    if request.method == "POST" and form.is_valid():
        shops.change_shop(**form.cleaned_data)
        return redirect("desk:welcome_products")
    return _page(request, 2, "whatsapp", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="menu")
def products(request: ShopRequest) -> HttpResponse:
    """What it sells: a product at a time, with flavours and prices."""
    if request.method == "POST" and "rows" in request.POST:
        data = forms.more_rows(request.POST.dict())
        return _products(request, forms.ProductForm(data), forms.RowForms(data, prefix="rows"), checked=False)
    product = forms.ProductForm(request.POST or None)
    rows = forms.RowForms(request.POST or None, prefix="rows")
    if request.method == "POST" and product.is_valid() and rows.is_valid() and _write_down(product, rows):
        if request.POST.get("then") == "another":
            messages.success(request, _("%(product)s is written down.") % {"product": product.cleaned_data["name"]})
            return redirect("desk:welcome_products")
        shops.finish_setup()
        messages.success(request, _("Your shop is ready."))
        return redirect("desk:home")
    return _products(request, product, rows)


def _products(request: ShopRequest, product: Any, rows: Any, *, checked: bool = True) -> HttpResponse:
    offers = catalog.sellable(day=request.shop.today())
    return _page(request, 3, "products", {"product": product, "rows": rows, "checked": checked, "offers": offers})


def _write_down(product: forms.ProductForm, rows: Any) -> bool:
    """Whether what was typed is in the catalogue now; nothing typed is fine too."""
    typed = [row for form in rows if (row := form.row)]
    name = product.cleaned_data["name"]
    if not typed and not name:
        return True
    if not name:
        product.add_error("name", _("Say what the product is called."))
    elif not typed:
        product.add_error(None, _("Write at least one price, with or without a flavour."))
    else:
        with refusals(product):
            first_products.add(name=name, rows=typed)
            return True
    return False


@require_POST
@door(Right.MANAGE, section="menu")
def later(request: ShopRequest) -> HttpResponse:
    """Enough for now; it can be come back to from the settings."""
    shops.finish_setup()
    return redirect("desk:home")
