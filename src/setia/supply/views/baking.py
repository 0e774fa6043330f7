"""Batches: baked, checked, called back; and the page behind the code on the box."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from setia.catalog import queries as catalog
from setia.catalog import rules as catalog_rules
from setia.core.errors import DomainError
from setia.shops import public
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right, may
from setia.supply import actions, forms, queries
from setia.supply.access import get_batch
from setia.supply.actions.baking import LINK
from setia.supply.models import Batch
from setia.supply.views import PHOTOS
from setia.web import photos
from setia.web.forms import refusals


@require_safe
@door(Right.SELL, section="kitchen")
def batches(request: ShopRequest) -> HttpResponse:
    """What was baked lately; a code typed in leads to its batch."""
    code = request.GET.get("code", "").strip()
    if code and (found := queries.batch_by_code(code)):
        return redirect("supply:batch", found.pk)
    context = {"batches": queries.batches()[:40], "code": code, "tab": "batches"}
    return render(request, "supply/batches.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.SELL, section="kitchen")
def bake(request: ShopRequest) -> HttpResponse:
    """A batch was baked."""
    variants = catalog.sold(request.shop.today()).order_by("product__position", "position", "pk")
    form = forms.BatchForm(
        request.POST or None,
        request.FILES or None,
        variants=variants,
        lots=queries.usable_lots(),
        initial={
            "baked_on": request.shop.today(),
            "variant": request.GET.get("variant"),
            "boxes": request.GET.get("boxes"),
        },
    )
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            with photos.replacing(form.cleaned_data, folder=PHOTOS) as fields:
                batch = actions.bake(**fields, baked_by=request.member)
            messages.success(request, _("Batch %(code)s is written down.") % {"code": batch.code})
            return redirect("supply:batch", batch.pk)
    return render(request, "supply/bake.html", {"form": form, "tab": "batches"}, status=422 if form.errors else 200)


def _page(request: ShopRequest, batch: Batch, status: int = 200, **given: Any) -> HttpResponse:
    context = {
        "batch": batch,
        "lots": queries.lots_of(batch),
        "inspections": batch.inspections.select_related("by").order_by("-pk"),
        "traced": queries.traced_to(batch=batch),
        "form": given.get("form") or forms.InspectionForm(standards=queries.standards(product=batch.variant.product)),
        "recall": given.get("recall") or forms.RecallForm(),
        "sold": forms.SoldForm(initial={"sold_until": batch.sold_until}),
        "standards": queries.standards(product=batch.variant.product),
        "standard_form": forms.StandardForm(),
        "manages": may(request.member.role, Right.MANAGE),
        "link": public.link("public_supply:batch", LINK, batch.pk),
        "tab": "batches",
    }
    return render(request, "supply/batch.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.SELL, section="kitchen")
def batch(request: ShopRequest, pk: int) -> HttpResponse:
    """One batch: lots, checks (a form adds one), complaints, the code for the box, the call back."""
    row = get_batch(request, pk)
    if request.method != "POST":
        return _page(request, row)
    form = forms.InspectionForm(request.POST, request.FILES, standards=queries.standards(product=row.variant.product))
    if form.is_valid():
        with refusals(form):
            with photos.replacing({"photo": form.cleaned_data["photo"]}, folder=PHOTOS) as kept:
                actions.inspect(
                    batch=row,
                    verdict=form.cleaned_data["verdict"],
                    points=form.points,
                    note=form.cleaned_data["note"],
                    by=request.member,
                    **kept,
                )
            messages.success(request, _("Written down."))
            return redirect("supply:batch", pk)
    return _page(request, row, 422, form=form)


@require_POST
@door(Right.MANAGE, section="kitchen")
def standard_new(request: ShopRequest, pk: int) -> HttpResponse:
    """One more point to look at before this product is packed."""
    row, form = get_batch(request, pk), forms.StandardForm(request.POST)
    if form.is_valid():
        actions.add_standard(text=form.cleaned_data["text"], product=row.variant.product)
    else:
        messages.error(request, _("Write down what to look at."))
    return redirect("supply:batch", pk)


@require_POST
@door(Right.SELL, section="kitchen")
def sold(request: ShopRequest, pk: int) -> HttpResponse:
    """When the last box went."""
    row, form = get_batch(request, pk), forms.SoldForm(request.POST)
    if form.is_valid():
        try:
            actions.set_sold_until(batch=row, day=form.cleaned_data["sold_until"])
        except DomainError as error:
            messages.error(request, str(error))
    return redirect("supply:batch", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="kitchen")
def recall(request: ShopRequest, pk: int) -> HttpResponse:
    """Call the batch back; the list of everybody who may have got some."""
    row = get_batch(request, pk)
    if request.method == "POST":
        form = forms.RecallForm(request.POST)
        if not form.is_valid():
            return _page(request, row, 422, recall=form)
        actions.recall(batch=row, reason=form.cleaned_data["reason"])
        return redirect("supply:recall", pk)
    reached = queries.reached_by(row)
    context = {
        "batch": row,
        "named": [one for one in reached if one.customer],
        "nameless": [one for one in reached if not one.customer],
        "tab": "batches",
    }
    return render(request, "supply/recall.html", context)


@require_POST
@door(Right.MANAGE, section="kitchen")
def recall_end(request: ShopRequest, pk: int) -> HttpResponse:
    """It was not so."""
    actions.take_back_recall(batch=get_batch(request, pk))
    messages.success(request, _("The call was taken back."))
    return redirect("supply:batch", pk)


@require_safe
@door(Right.SELL, section="kitchen")
def label(request: ShopRequest, pk: int) -> HttpResponse:
    """Labels to print: what, baked when, best before, the code of its page."""
    row = get_batch(request, pk)
    address = settings.BASE_URL + public.link("public_supply:batch", LINK, row.pk)
    context = {"batch": row, "link_full": address, "copies": range(12)}
    return render(request, "supply/label.html", context)


@require_safe
@door(Right.SELL, section="kitchen")
def photo(request: ShopRequest, pk: int) -> HttpResponseBase:
    """The batch's picture."""
    row = get_batch(request, pk)
    if not row.photo:
        raise Http404
    return photos.response(row.photo, folder=PHOTOS, small=False)


# --- For everybody who holds a box ------------------------------------------------------------------------------------


def _public_batch(request: public.PublicRequest) -> Batch:
    found = queries.batches().filter(pk=request.object_id).first()
    if found is None:
        raise Http404
    return found


@require_safe
@public.door(LINK)
def public_batch(request: public.PublicRequest, token: str) -> HttpResponse:
    """See how it was made: date, ingredients, checks, best before, numbers when they are valid."""
    row = _public_batch(request)
    product = row.variant.product
    last = row.inspections.order_by("-pk").first()
    context = {
        "shop": request.shop,
        "batch": row,
        "product": product,
        "token": token,
        "lots": queries.lots_of(row),
        "inspection": last if last is not None and last.verdict != "rejected" else None,
        "pirt_valid": bool(product.pirt_number)
        and catalog_rules.pirt_ends(product.pirt_number) >= request.shop.today().year,
    }
    return render(request, "supply/public_batch.html", context)


@require_safe
@public.door(LINK)
def public_photo(request: public.PublicRequest, token: str) -> HttpResponseBase:
    """The picture on that page."""
    row = _public_batch(request)
    if not row.photo:
        raise Http404
    return photos.response(row.photo, folder=PHOTOS, small=False, public=True)
