"""One order: its next step, its money, and the way back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from setia.core import ids
from setia.core.errors import DomainError
from setia.orders import actions, deductions, queries, rules
from setia.orders.access import get_order
from setia.orders.forms import LATER, CancelForm, CompletionForm, PaymentForm, RefundForm, ReturnForm
from setia.orders.models import Fulfilment, Order, OrderState, PaymentKind, PaymentMethod
from setia.orders.rules import deposits
from setia.orders.rules.deposits import Terms
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right, may
from setia.web.forms import add_domain_error
from setia.web.templatetags.setia import money_filter as written

# How it tasted, from bad to very good.
FACES = ((1, "😞"), (2, "😕"), (3, "😐"), (4, "😊"), (5, "😍"))


@require_safe
@door(Right.SEE, section="orders")
def detail(request: ShopRequest, pk: int) -> HttpResponse:
    """One order."""
    return page(request, get_order(request, pk))


def page(request: ShopRequest, order: Order, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The page of an order, with forms that were refused in place of empty ones."""
    payments = queries.payments_of(order)
    usual = payments[-1].method if payments else PaymentMethod.CASH
    split = deposits.on_calling_off(
        Terms.of(order.terms),
        paid=order.paid,
        deposit_due=order.deposit_due,
        on=request.shop.today(),
        due_on=order.due_on,
    )
    context = {
        "order": order,
        "lines": queries.lines_of(order),
        "adjustments": queries.adjustments_of(order),
        "payments": payments,
        "next": rules.next_step(order.state, brought=order.fulfilment != Fulfilment.PICKUP),
        "deductions_on": deductions.any_installed(),
        "payment_form": PaymentForm(initial={"amount": order.balance, "device_key": ids.public_token()}),
        "refund_form": RefundForm(initial={"amount": order.surplus, "method": usual, "device_key": ids.public_token()}),
        "completion_form": CompletionForm(),
        "cancel_form": CancelForm(initial={"refund": split.back, "refund_method": usual}),
        "split": split,
        "faces": FACES,
        "sentences": queries.terms_sentences(order),
        "deposit_open": queries.deposit_open(order),
        "return_form": ReturnForm(lines=queries.returnable(order), initial={"method": usual})
        if order.state == OrderState.COMPLETED
        else None,
        "may_sell": may(request.member.role, Right.SELL),
        "today": request.shop.today(),
    }
    return render(request, "orders/detail.html", context | forms, status=status)


def _step(action: Callable[..., Order], said: Callable[[], str]) -> Callable[..., HttpResponse]:
    @require_POST
    @door(Right.SELL, section="orders")
    def view(request: ShopRequest, pk: int) -> HttpResponse:
        order = get_order(request, pk)
        try:
            action(order=order)
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, said() % {"number": order.number})
        back = {"board": "orders:pickups", "deliveries": "orders:deliveries"}.get(request.POST.get("back", ""))
        return redirect(back) if back else redirect("orders:detail", pk)

    return view


confirmation = _step(actions.confirm, lambda: _("Order #%(number)s is confirmed."))
sending = _step(actions.send_out, lambda: _("Order #%(number)s is on its way."))
readiness = _step(actions.mark_ready, lambda: _("Order #%(number)s is ready."))


@require_POST
@door(Right.SELL, section="orders")
def completion(request: ShopRequest, pk: int) -> HttpResponse:
    """Handed over; with what is still to be paid, or with the word that it is paid later."""
    order = get_order(request, pk)
    form = CompletionForm(request.POST)
    if order.is_open and order.balance and not form.is_valid():
        return page(request, order, status=422, completion_form=form)
    method = form.cleaned_data["method"] if form.is_valid() else LATER
    try:
        actions.complete(order=order, method=None if method == LATER else method, by=request.member)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Order #%(number)s is handed over.") % {"number": order.number})
    return redirect("orders:pickups") if request.POST.get("back") == "board" else redirect("orders:detail", pk)


@require_POST
@door(Right.SELL, section="orders")
def reopening(request: ShopRequest, pk: int) -> HttpResponse:
    """Take back the step that led to the state the page showed: a second tap takes back nothing more."""
    order = get_order(request, pk)
    shown = request.POST.get("state", "")
    if shown not in OrderState.values:
        messages.error(request, _("Look at the order again, then take the step back."))
        return redirect("orders:detail", pk)
    try:
        actions.reopen(order=order, step=shown)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        values = {"number": order.number, "state": order.get_state_display()}
        messages.success(request, _("The last step is taken back. Order #%(number)s is now: %(state)s.") % values)
    return redirect("orders:detail", pk)


@require_POST
@door(Right.SELL, section="orders")
def cancellation(request: ShopRequest, pk: int) -> HttpResponse:
    """Call the order off, and say what becomes of the money."""
    order = get_order(request, pk)
    form = CancelForm(request.POST)
    if form.is_valid():
        try:
            actions.cancel(
                order=order,
                reason=form.cleaned_data["reason"],
                refund=form.cleaned_data["refund"] or 0,
                refund_method=form.cleaned_data["refund_method"] or PaymentMethod.CASH,
                by=request.member,
            )
        except DomainError as error:
            if error.field is None:
                messages.error(request, str(error))
                return redirect("orders:detail", pk)
            add_domain_error(form, error)
        else:
            messages.success(request, _("Order #%(number)s is called off.") % {"number": order.number})
            return redirect("orders:detail", pk)
    return page(request, get_order(request, pk), status=422, cancel_form=form)


@require_POST
@door(Right.SELL, section="orders")
def payment(request: ShopRequest, pk: int) -> HttpResponse:
    """Take money for the order. Cash beyond the balance is change and goes back at once."""
    order = get_order(request, pk)
    form = PaymentForm(request.POST)
    if form.is_valid():
        given, method = form.cleaned_data["amount"], form.cleaned_data["method"]
        taken = rules.take(given, order.balance, cash=method == PaymentMethod.CASH and order.balance > 0)
        if _book(request, order, form, amount=taken.kept, kind=None):
            said = _("The payment is written down.")
            if taken.change:
                said += " " + _("Give back %(amount)s.") % {"amount": written(taken.change)}
            messages.success(request, said)
            return redirect("orders:detail", pk)
    return page(request, order, status=422, payment_form=form)


@require_POST
@door(Right.SELL, section="orders")
def refund(request: ShopRequest, pk: int) -> HttpResponse:
    """Money that goes back."""
    order = get_order(request, pk)
    form = RefundForm(request.POST)
    if form.is_valid() and _book(request, order, form, amount=form.cleaned_data["amount"], kind=PaymentKind.REFUND):
        messages.success(request, _("The money that went back is written down."))
        return redirect("orders:detail", pk)
    return page(request, order, status=422, refund_form=form)


def _book(request: ShopRequest, order: Order, form: PaymentForm, *, amount: int, kind: str | None) -> bool:
    try:
        actions.record_payment(
            order=order,
            amount=amount,
            method=form.cleaned_data["method"],
            kind=kind,
            device_key=form.cleaned_data["device_key"],
            by=request.member,
        )
    except DomainError as error:
        add_domain_error(form, error)
        return False
    return True
