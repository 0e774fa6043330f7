"""Pages of offers and their codes."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from setia.promotions.actions import offers as actions
from setia.promotions.forms.offers import OfferForm, SharedCodeForm, SingleCodesForm
from setia.promotions.models import Offer, OfferState
from setia.promotions.offering_access import get_offer, get_voucher
from setia.promotions.queries import offers as queries
from setia.promotions.rules.offers import Terms
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.web.forms import refusals


@require_safe
@door(Right.SEE, section="menu")
def home(request: ShopRequest) -> HttpResponse:
    """What runs, and what ended."""
    context = {
        "rows": [(row, *queries.left_of(row)) for row in queries.offers()],
        "ended": queries.offers(ended=True)[:40],
        "today": request.shop.today(),
        "tab": "offers",
    }
    return render(request, "promotions/offers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="menu")
def new(request: ShopRequest) -> HttpResponse:
    """Write one."""
    return _form(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="menu")
def change(request: ShopRequest, pk: int) -> HttpResponse:
    """Change one."""
    return _form(request, get_offer(request, pk))


def _form(request: ShopRequest, row: Offer | None) -> HttpResponse:
    form = OfferForm(request.POST or None, offer=row)
    if request.method == "POST" and form.is_valid() and "look" not in request.POST:
        values = form.values()
        with refusals(form):
            saved = actions.save_offer(offer=row, by=request.member, **values)
            messages.success(request, _("Saved."))
            return redirect("promotions:offer", saved.pk)
    context = {"form": form, "row": row, "margins": _margins(form)}
    return render(request, "promotions/offer_form.html", context, status=422 if form.errors else 200)


@require_safe
@door(Right.MANAGE, section="menu")
def margin(request: ShopRequest) -> HttpResponse:
    """What is kept of each price with the offer as it is typed; the form asks with every change."""
    return render(request, "promotions/_margins.html", {"margins": _margins(OfferForm(_typed(request.GET)))})


def _typed(data: QueryDict) -> QueryDict:
    """A half-filled form is looked at as well: what is needed but missing stands in."""
    given = data.copy()
    given["name"] = given.get("name") or "-"
    return given


def _margins(form: OfferForm) -> list[queries.Kept]:
    """Of what is in the form, typed or initial; nothing while it cannot be read."""
    if form.is_bound and not form.is_valid():
        return []
    values = form.values() if form.is_bound else None
    if values is None:
        initial = form.initial
        if not initial.get("percent") and not initial.get("amount") and not initial.get("buy"):
            return []
        parts = dict.fromkeys(initial.get("bundle") or (), 1)
        values = {
            name: initial.get(name) or 0 for name in ("percent", "amount", "most", "buy", "get", "least_purchase")
        }
        values |= {"kind": initial["kind"], "parts": parts}
        chosen = initial.get("variant")
    else:
        chosen = values["variant"].pk if values["variant"] else None
    names = ("kind", "percent", "amount", "most", "buy", "get", "parts")
    return queries.margins(Terms(variant_id=chosen, **{name: values[name] for name in names}), values["least_purchase"])


@require_safe
@door(Right.SEE, section="menu")
def one(request: ShopRequest, pk: int) -> HttpResponse:
    """One offer: how far it went, its codes, where it was used."""
    return _page(request, get_offer(request, pk))


def _page(request: ShopRequest, row: Offer, *, status: int = 200, **forms: Any) -> HttpResponse:
    uses_left, money_left = queries.left_of(row)
    context = {
        "row": row,
        "uses_left": uses_left,
        "money_left": money_left,
        "margins": queries.margins(queries.terms_of(row), row.least_purchase) if request.member.manages else [],
        "vouchers": queries.vouchers_of(row.pk),
        "counts": queries.voucher_counts(row.pk),
        "uses": queries.uses_of(row.pk),
        "shared_form": SharedCodeForm(),
        "single_form": SingleCodesForm(),
    }
    return render(request, "promotions/offer.html", context | forms, status=status)


@require_POST
@door(Right.MANAGE, section="menu")
def state(request: ShopRequest, pk: int) -> HttpResponse:
    """Pause, let run, end."""
    row, wanted = get_offer(request, pk), request.POST.get("state", "")
    if wanted in OfferState.values:
        actions.set_offer_state(offer=row, state=wanted)
        messages.success(request, _("Done."))
    return redirect("promotions:offer", pk)


@require_POST
@door(Right.MANAGE, section="menu")
def codes(request: ShopRequest, pk: int) -> HttpResponse:
    """A shared code, or a handful that work once."""
    row = get_offer(request, pk)
    shared = "code" in request.POST
    form: Any = SharedCodeForm(request.POST) if shared else SingleCodesForm(request.POST)
    if form.is_valid():
        with refusals(form):
            if shared:
                data = form.cleaned_data
                actions.add_shared_code(offer=row, code=data["code"], limit=data["limit"] or 0)
            else:
                actions.add_single_codes(offer=row, count=form.cleaned_data["count"])
            return redirect("promotions:offer", pk)
    return _page(request, row, status=422, **{"shared_form" if shared else "single_form": form})


@require_POST
@door(Right.MANAGE, section="menu")
def retirement(request: ShopRequest, pk: int) -> HttpResponse:
    """A code works no more, or again."""
    row = get_voucher(request, pk)
    actions.retire_voucher(voucher=row, comes_back=row.retired_at is not None)
    return redirect("promotions:offer", row.offer_id)
