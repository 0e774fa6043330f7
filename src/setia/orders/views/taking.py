"""Take an order; sell at the counter."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from setia.catalog import queries as catalog
from setia.core import money
from setia.core.errors import DomainError
from setia.customers import queries as customers
from setia.customers.models import Customer
from setia.orders import actions
from setia.orders.forms import CounterForm, OrderForm
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.web.forms import add_domain_error


def _asked_customer(request: ShopRequest) -> Customer | None:
    pk = (request.POST if request.method == "POST" else request.GET).get("customer", "")
    return customers.everybody().filter(pk=pk).first() if pk.isdigit() else None


@require_http_methods(["GET", "POST"])
@door(Right.SELL, section="orders")
def new(request: ShopRequest) -> HttpResponse:
    """An order for a day."""
    today = request.shop.today()
    customer = _asked_customer(request)
    offers = catalog.sellable(kind=customer.kind if customer else "end", day=today)
    start = {"due_on": today + timedelta(days=1)} | _typed(request) | {"customer": customer.pk if customer else None}
    form = OrderForm(request.POST or None, offers=offers, today=today, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            order = actions.place(
                **form.order(), channel=request.POST.get("channel") or "phone", taken_by=request.member
            )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("Order #%(number)s is written down.") % {"number": order.number})
            return redirect("orders:detail", order.pk)
    context = {"form": form, "customer": customer, "days": _days(today), "today": today, "back": "new"}
    return render(request, "orders/new.html", context | _picker(request, customer), status=422 if form.errors else 200)


def _typed(request: ShopRequest) -> dict[str, Any]:
    """What was typed before somebody was looked for: choosing a person submits the form by GET and loses nothing."""
    return {name: value for name, value in request.GET.items() if value and name not in ("device_key", "who")}


def _days(today: Any) -> list[Any]:
    return [today + timedelta(days=distance) for distance in range(5)]


def _picker(request: ShopRequest, customer: Customer | None) -> dict[str, Any]:
    """What the customer picker needs without JavaScript: a query and what it found."""
    query = request.GET.get("who", "").strip()[:60]
    found = customers.find(query, limit=8) if query and customer is None else []
    return {"who": query, "found": found, "phones": customers.phones_of([person.pk for person in found])}


@require_safe
@door(Right.SELL, section="orders")
def people(request: ShopRequest) -> HttpResponse:
    """The list below the customer picker."""
    back = "counter" if request.GET.get("back") == "counter" else "new"
    return render(request, "orders/_people.html", _picker(request, None) | {"back": back})


@require_http_methods(["GET", "POST"])
@door(Right.SELL, section="add")
def counter(request: ShopRequest) -> HttpResponse:
    """A sale in four taps: flavours, how it was paid. A name is welcome, not needed."""
    customer = _asked_customer(request)
    offers = catalog.sellable(kind=customer.kind if customer else "end", day=request.shop.today())
    start = _typed(request) | {"customer": customer.pk if customer else None}
    form = CounterForm(request.POST or None, offers=offers, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            order = actions.sell(
                lines=form.lines(),
                customer=form.cleaned_data["customer"],
                method=form.cleaned_data["method"],
                taken_by=request.member,
                device_key=form.cleaned_data["device_key"],
            )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(
                request,
                _("Sold: %(total)s. Thank you!") % {"total": money.format_money(order.total)},
                extra_tags=f"order-{order.pk}",
            )
            return redirect("orders:counter")
    context = {"form": form, "customer": customer, "back": "counter"} | _picker(request, customer)
    return render(request, "orders/counter.html", context, status=422 if form.errors else 200)
