"""The code with the amount of an order; the settings of code and accounts."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from setia.core import ids
from setia.orders.access import get_order
from setia.orders.qris import actions, queries
from setia.orders.qris.forms import AccountForm, CodeForm
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right, may
from setia.web.forms import refusals


@require_safe
@door(Right.SELL, section="orders")
def order_code(request: ShopRequest, pk: int) -> HttpResponse:
    """What is still to be paid as a code to scan; `?original=1` shows the shop's fixed code. A person says "paid"."""
    order = get_order(request, pk)
    context = {
        "order": order,
        "code": queries.shown(order.balance, queries.bill_number(order)) if order.balance else None,
        "number": queries.bill_number(order),
        "original": request.GET.get("original") == "1",
        "device_key": ids.public_token(),
        "accounts": queries.accounts(),
        "manages": may(request.member.role, Right.MANAGE),
    }
    return render(request, "orders/qris.html", context)


@require_safe
@door(Right.MANAGE, section="menu")
def settings(request: ShopRequest) -> HttpResponse:
    """The shop's code and accounts."""
    return _page(request)


def _page(request: ShopRequest, **forms: Any) -> HttpResponse:
    context = {
        "code": queries.code(),
        "accounts": queries.accounts(),
        "former": queries.accounts(used=False),
        "code_form": CodeForm(),
        "account_form": AccountForm(),
        "owns": may(request.member.role, Right.OWN),
    }
    return render(request, "orders/accounts.html", context | forms, status=422 if forms else 200)


@require_POST
@door(Right.OWN, section="menu")
def code(request: ShopRequest) -> HttpResponse:
    """Set the shop's code. Only the owner: money goes where it leads."""
    form = CodeForm(request.POST)
    if form.is_valid():
        with refusals(form):
            made = actions.set_code(payload=form.cleaned_data["payload"], by=request.member)
            text = _("Saved: %(name)s. Try it with a small amount before customers do.")
            messages.success(request, text % {"name": made.merchant})
            return redirect("money:accounts")
    return _page(request, code_form=form)


@require_POST
@door(Right.OWN, section="menu")
def code_removal(request: ShopRequest) -> HttpResponse:
    """No code is shown any more."""
    if actions.remove_code():
        messages.success(request, _("The code is not shown any more."))
    return redirect("money:accounts")


@require_http_methods(["POST"])
@door(Right.OWN, section="menu")
def account(request: ShopRequest) -> HttpResponse:
    """One more account."""
    form = AccountForm(request.POST)
    if form.is_valid():
        with refusals(form):
            actions.add_account(**form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("money:accounts")
    return _page(request, account_form=form)


@require_POST
@door(Right.OWN, section="menu")
def account_use(request: ShopRequest, pk: int) -> HttpResponse:
    """Write an account to customers, or no more."""
    found = queries.account(pk)
    if found is None:
        raise Http404
    used = request.POST.get("used") == "1"
    if actions.set_account_used(account=found, used=used):
        messages.success(request, _("Saved."))
    return redirect("money:accounts")
