"""Sell at the counter: tap the flavours, tap how it was paid."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from setia.catalog import queries as catalog
from setia.core.errors import DomainError
from setia.orders import actions, queries, rules
from setia.orders.access import get_order
from setia.orders.forms import CounterForm, RatingForm
from setia.orders.models import Order, PaymentMethod
from setia.orders.qris import actions as qris
from setia.orders.qris import queries as qris_codes
from setia.orders.views import baskets
from setia.orders.views.steps import FACES
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.web.forms import refusals
from setia.web.templatetags.setia import money_filter as written

# What is tapped a hundred times a day; e-wallets pay by QRIS.
METHODS = (PaymentMethod.CASH, PaymentMethod.QRIS, PaymentMethod.TRANSFER, PaymentMethod.CREDIT)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.SELL, section="add")
def counter(request: ShopRequest) -> HttpResponse:
    """A sale. A name is welcome, not needed. The same form sent twice is one sale."""
    options = baskets.options(request)
    data = request.POST if request.method == "POST" else request.GET
    if request.method != "POST" or any(name in request.POST for name in baskets.LOOKING):
        return _page(request, CounterForm(initial=data.dict(), **options), data)
    if known := queries.by_device_key(request.POST.get("device_key", "")):
        return _sold(known, 0)
    form = CounterForm(request.POST, **options)
    if form.is_valid():
        received, method = form.cleaned_data["received"] or 0, form.cleaned_data["method"]
        sale = {"lines": form.lines(), "method": method, **form.person(), **form.reductions()}
        sale["shown"] = form.hints()
        with refusals(form):
            if method == PaymentMethod.QRIS and "code_shown" not in request.POST and qris_codes.code():
                return _code(request, qris.total_of_sale(**sale))
            order = actions.sell(taken_by=request.member, device_key=form.cleaned_data["device_key"], **sale)
            cash = method == PaymentMethod.CASH
            return _sold(order, rules.take(received, order.total, cash=True).change if cash else 0)
    return _page(request, form, data)


def _code(request: ShopRequest, total: int) -> HttpResponse:
    """The code to pay with. Nothing is sold yet: the next tap says that it is paid, and sends the same sale."""
    number = f"KASIR-{request.shop.now():%H%M}"
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    context = {
        "code": qris_codes.shown(total, number),
        "total": total,
        "number": number,
        "sent": [pair for pair in sent if pair[0] not in ("csrfmiddlewaretoken", "method", "code_shown") and pair[1]],
        "original": request.POST.get("original") == "1",
    }
    return render(request, "orders/counter_qris.html", context)


def _sold(order: Order, change: int) -> HttpResponse:
    """Back to an empty counter that says what was just sold, and what goes back."""
    return redirect(f"{reverse('orders:counter')}?sold={order.pk}" + (f"&change={change}" if change else ""))


def _page(request: ShopRequest, form: CounterForm, data: QueryDict) -> HttpResponse:
    sold, change = request.GET.get("sold", ""), request.GET.get("change", "")
    context: dict[str, Any] = {
        "form": form,
        "sold": queries.orders().filter(pk=sold).first() if sold.isdigit() and len(sold) < 19 else None,
        "change": int(change) if change.isdigit() and len(change) < 10 else 0,
        "methods": [(method.value, method.label) for method in METHODS],
        **baskets.picker(request, data),
        **baskets.reductions(request, data),
        **baskets.hints(request, data),
        "faces": FACES,
    }
    return render(request, "orders/counter.html", context, status=422 if form.errors else 200)


@require_POST
@door(Right.SELL, section="add")
def undone_sale(request: ShopRequest, pk: int) -> HttpResponse:
    """A slip: the sale is taken back, and so is the money."""
    order = get_order(request, pk)
    paid = order.paid
    try:
        actions.undo_sale(order=order, by=request.member)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("orders:detail", pk)
    text = _("Sale #%(number)s is taken back. Give back %(amount)s.")
    messages.success(request, text % {"number": order.number, "amount": written(paid)})
    return redirect("orders:counter")


@require_POST
@door(Right.SELL, section="add")
def rating(request: ShopRequest, pk: int) -> HttpResponse:
    """One of five faces for an order."""
    order, form = get_order(request, pk), RatingForm(request.POST)
    try:
        actions.rate(order=order, score=form.cleaned_data["score"] if form.is_valid() else 0)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Thank you, written down."))
    back = request.POST.get("back", "")
    return redirect("orders:counter") if back == "counter" else redirect("orders:detail", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.SELL, section="add")
def sample(request: ShopRequest) -> HttpResponse:
    """A taste given away: of which flavour, and to whom if one knows."""
    data = request.POST if request.method == "POST" else request.GET
    offers = catalog.sellable(day=request.shop.today())
    if request.method == "POST" and not any(name in request.POST for name in baskets.LOOKING):
        chosen = request.POST.get("variant", "")
        variant = catalog.variants().filter(pk=chosen).first() if chosen.isdigit() and len(chosen) < 19 else None
        if variant is None:
            messages.error(request, _("Tap the flavour that was tasted."))
        else:
            actions.give_sample(variant=variant, customer=baskets.picked(data).customer, by=request.member)
            messages.success(request, _("A taste of %(label)s is written down.") % {"label": variant.label})
            return redirect("orders:counter")
    return render(request, "orders/sample.html", {"offers": offers, **baskets.picker(request, data)})
