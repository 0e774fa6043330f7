"""The list of products, and one product with its flavours."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from setia.catalog import actions, queries, rules, words
from setia.catalog.access import get_product
from setia.catalog.forms import NewVariantForm, ProductForm
from setia.catalog.models import Product
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right, may
from setia.web import photos
from setia.web.forms import refusals


@require_safe
@door(Right.SEE, section="products")
def listing(request: ShopRequest) -> HttpResponse:
    """Products with their flavours and prices; the price list to send on."""
    today = request.shop.today()
    shelves = queries.shelf(day=today)
    kind = rules.list_of(request.GET.get("for", "")) or "end"
    context = {
        "sold": [shelf for shelf in shelves if shelf.product.retired_at is None],
        "retired": [shelf for shelf in shelves if shelf.product.retired_at is not None],
        "manages": may(request.member.role, Right.MANAGE),
        "price_list": queries.price_list_text(kind=kind, day=today) if shelves else "",
        "kind": kind,
        "kinds": list(words.KINDS.items()),
        "page_link": queries.page_link(),
    }
    return render(request, "catalog/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="products")
def new(request: ShopRequest) -> HttpResponse:
    """A new product; its flavours come next."""
    form = ProductForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            with photos.replacing(form.cleaned_data, folder=queries.PHOTOS) as fields:
                product = actions.add_product(**fields)
            messages.success(request, _("Saved. Now write down its flavours and prices."))
            return redirect("catalog:product", product.pk)
    return render(request, "catalog/form.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@door(Right.SEE, section="products")
def product(request: ShopRequest, pk: int) -> HttpResponse:
    """One product: picture, flavours, prices."""
    return _page(request, get_product(request, pk), NewVariantForm())


def _page(request: ShopRequest, product: Product, form: NewVariantForm) -> HttpResponse:
    (shelf,) = queries.shelf(day=request.shop.today(), product=product)
    context = {"shelf": shelf, "product": product, "form": form, "manages": may(request.member.role, Right.MANAGE)}
    context["allergens"] = words.allergens(product.allergen_names)
    if product.pirt_number:
        context["pirt_over"] = rules.pirt_ends(product.pirt_number) < request.shop.today().year
    return render(request, "catalog/product.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="products")
def edit(request: ShopRequest, pk: int) -> HttpResponse:
    """Change name, words, shelf life, photo."""
    product = get_product(request, pk)
    known = {name: getattr(product, name) for name in ProductForm.KNOWN} | {"allergens": product.allergen_names}
    form = ProductForm(request.POST or None, request.FILES or None, initial=known)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            with photos.replacing(form.cleaned_data, product.photo, folder=queries.PHOTOS) as fields:
                actions.change_product(product=product, **fields)
            messages.success(request, _("Saved."))
            return redirect("catalog:product", pk)
    context = {"form": form, "product": product}
    return render(request, "catalog/form.html", context, status=422 if form.errors else 200)


@require_POST
@door(Right.MANAGE, section="products")
def new_variant(request: ShopRequest, pk: int) -> HttpResponse:
    """One more flavour or pack size."""
    product = get_product(request, pk)
    form = NewVariantForm(request.POST, request.FILES)
    if form.is_valid():
        with refusals(form):
            with photos.replacing(form.cleaned_data, folder=queries.PHOTOS) as fields:
                variant = actions.add_variant(product=product, **fields)
            messages.success(request, _("%(label)s is on the list.") % {"label": variant.label})
            return redirect("catalog:product", pk)
    return _page(request, product, form)


@require_POST
@door(Right.MANAGE, section="products")
def retirement(request: ShopRequest, pk: int) -> HttpResponse:
    """No longer sold."""
    product = get_product(request, pk)
    if actions.retire(product=product):
        messages.success(request, _("%(label)s is no longer sold. Past orders keep it.") % {"label": product.name})
    return redirect("catalog:product", pk)


@require_POST
@door(Right.MANAGE, section="products")
def comeback(request: ShopRequest, pk: int) -> HttpResponse:
    """Sold again."""
    product = get_product(request, pk)
    if actions.bring_back(product=product):
        messages.success(request, _("%(label)s is sold again.") % {"label": product.name})
    return redirect("catalog:product", pk)
