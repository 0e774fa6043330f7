"""Suppliers with their scores, materials with their price diary, deliveries and their checks."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.supply import actions, forms, queries
from setia.supply.access import get_lot, get_material, get_supplier
from setia.supply.models import Inspection, Lot, Material, Supplier
from setia.supply.views import PHOTOS
from setia.web import photos
from setia.web.charts import line
from setia.web.forms import refusals


@require_safe
@door(Right.MANAGE, section="menu")
def home(request: ShopRequest) -> HttpResponse:
    """Everything between supplier and box on one page: what waits for a check, suppliers, materials, open reviews."""
    people = list(queries.suppliers())
    scores = queries.scores([row.pk for row in people])
    prices = queries.current_prices()
    context = {
        "suppliers": [(row, scores[row.pk]) for row in people],
        "materials": [(row, prices.get(row.pk)) for row in queries.materials()],
        "unchecked": queries.lots().filter(verdict="")[:10],
        "batches": queries.batches()[:6],
        "reviews": [row for row in queries.reviews()[:20] if row.decided_at is None],
        "tab": "home",
    }
    return render(request, "supply/home.html", context)


def _supplier_form(request: ShopRequest, supplier: Supplier | None) -> HttpResponse:
    known = {name: getattr(supplier, name) for name in actions.buying.SUPPLIER_FIELDS} if supplier else None
    form = forms.SupplierForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            if supplier is None:
                supplier = actions.add_supplier(**form.cleaned_data)
            else:
                actions.change_supplier(supplier=supplier, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("supply:supplier", supplier.pk)
    context = {"form": form, "title": supplier.name if supplier else _("New supplier"), "tab": "home"}
    return render(request, "supply/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="menu")
def supplier_new(request: ShopRequest) -> HttpResponse:
    """Write a supplier down."""
    return _supplier_form(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="menu")
def supplier_edit(request: ShopRequest, pk: int) -> HttpResponse:
    """Change a supplier."""
    return _supplier_form(request, get_supplier(request, pk))


@require_safe
@door(Right.MANAGE, section="menu")
def supplier(request: ShopRequest, pk: int) -> HttpResponse:
    """One supplier: score and where it comes from, deliveries, complaints traced to them."""
    row = get_supplier(request, pk)
    context = {
        "supplier": row,
        "score": queries.score_of(row),
        "lots": queries.lots().filter(supplier=row)[:30],
        "tab": "home",
    }
    return render(request, "supply/supplier.html", context)


@require_POST
@door(Right.MANAGE, section="menu")
def supplier_archive(request: ShopRequest, pk: int) -> HttpResponse:
    """Put a supplier away, or take them back."""
    row = get_supplier(request, pk)
    if row.archived_at is None:
        actions.archive(row=row)
        messages.success(request, _("%(name)s was put away.") % {"name": row.name})
    else:
        actions.restore(row=row)
    return redirect("supply:supplier", pk)


def _material_form(request: ShopRequest, material: Material | None) -> HttpResponse:
    known = {name: getattr(material, name) for name in actions.buying.MATERIAL_FIELDS} if material else None
    form = forms.MaterialForm(request.POST or None, initial=known, suppliers=queries.suppliers())
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            if material is None:
                material = actions.add_material(**form.cleaned_data)
            else:
                actions.change_material(material=material, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("supply:material", material.pk)
    context = {"form": form, "title": material.name if material else _("New material"), "tab": "home"}
    return render(request, "supply/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="menu")
def material_new(request: ShopRequest) -> HttpResponse:
    """Write a material down."""
    return _material_form(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="menu")
def material_edit(request: ShopRequest, pk: int) -> HttpResponse:
    """Change a material."""
    return _material_form(request, get_material(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="menu")
def material(request: ShopRequest, pk: int) -> HttpResponse:
    """One material: its price diary (a form adds a line), deliveries, what is looked at."""
    row = get_material(request, pk)
    form = forms.PriceForm(
        request.POST or None,
        suppliers=queries.suppliers(),
        initial={"on": request.shop.today(), "supplier": row.supplier_id},
    )
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.note_price(material=row, **form.cleaned_data)
            messages.success(request, _("Written into the diary."))
            return redirect("supply:material", pk)
    prices = list(queries.diary(row)[:60])
    points: list[tuple[str, float, float | None, float | None]] = [
        (date_format(price.on, "j/n/y"), float(price.amount), None, None) for price in reversed(prices)
    ]
    context = {
        "material": row,
        "prices": prices,
        "chart": line(points) if len(points) > 2 else None,
        "form": form,
        "lots": queries.lots().filter(material=row)[:10],
        "standards": queries.standards(material=row),
        "standard_form": forms.StandardForm(),
        "tab": "home",
    }
    return render(request, "supply/material.html", context, status=422 if form.errors else 200)


@require_POST
@door(Right.MANAGE, section="menu")
def standard_new(request: ShopRequest, pk: int) -> HttpResponse:
    """One more point to look at when this material comes in."""
    row, form = get_material(request, pk), forms.StandardForm(request.POST)
    if form.is_valid():
        actions.add_standard(text=form.cleaned_data["text"], material=row)
    else:
        messages.error(request, _("Write down what to look at."))
    return redirect("supply:material", pk)


@require_POST
@door(Right.MANAGE, section="menu")
def standard_retirement(request: ShopRequest, pk: int, standard: int) -> HttpResponse:
    """No longer looked at."""
    row = get_material(request, pk)
    found = next((one for one in queries.standards(material=row) if one.pk == standard), None)
    if found is None:
        raise Http404
    actions.retire_standard(standard=found)
    return redirect("supply:material", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.SELL, section="menu")
def receive(request: ShopRequest) -> HttpResponse:
    """A delivery came in; the check comes next."""
    initial: dict[str, Any] = {"received_on": request.shop.today(), "material": request.GET.get("material")}
    form = forms.LotForm(
        request.POST or None, initial=initial, materials=queries.materials(), suppliers=queries.suppliers()
    )
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            lot = actions.receive(**form.cleaned_data)
            messages.success(request, _("Written down. Now look at it."))
            return redirect("supply:lot", lot.pk)
    return render(request, "supply/receive.html", {"form": form, "tab": "receive"}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.SELL, section="menu")
def lot(request: ShopRequest, pk: int) -> HttpResponse:
    """One delivery: look at it on the phone; what was baked from it; complaints traced to it."""
    row = get_lot(request, pk)
    form = forms.InspectionForm(
        request.POST or None, request.FILES or None, standards=queries.standards(material=row.material)
    )
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            with photos.replacing({"photo": form.cleaned_data["photo"]}, folder=PHOTOS) as kept:
                actions.inspect(
                    lot=row,
                    verdict=form.cleaned_data["verdict"],
                    points=form.points,
                    note=form.cleaned_data["note"],
                    by=request.member,
                    **kept,
                )
            messages.success(request, _("Written down."))
            return redirect("supply:lot", pk)
    return render(request, "supply/lot.html", _lot_context(row, form), status=422 if form.errors else 200)


def _lot_context(row: Lot, form: forms.InspectionForm) -> dict[str, Any]:
    return {
        "lot": row,
        "form": form,
        "inspections": row.inspections.select_related("by").order_by("-pk"),
        "batches": queries.batches().filter(lots__lot=row)[:20],
        "traced": queries.traced_to(lot=row),
        "tab": "receive",
    }


@require_POST
@door(Right.SELL, section="menu")
def lot_used(request: ShopRequest, pk: int) -> HttpResponse:
    """Nothing is left of it (or there is, after all)."""
    row = get_lot(request, pk)
    actions.use_up(lot=row, used=row.used_up_at is None)
    return redirect("supply:lot", pk)


@require_safe
@door(Right.SELL, section="menu")
def inspection_photo(request: ShopRequest, pk: int, inspection: int) -> HttpResponseBase:
    """The picture of a check of this delivery."""
    found: Inspection | None = get_lot(request, pk).inspections.filter(pk=inspection).first()
    if found is None or not found.photo:
        raise Http404
    return photos.response(found.photo, folder=PHOTOS, small=False)
