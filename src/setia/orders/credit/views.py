"""Who owes what: for those who manage the shop, never for helpers."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from setia.core.errors import DomainError
from setia.core.phone import wa_link
from setia.customers import queries as customers
from setia.customers.access import get_customer
from setia.customers.models import Customer
from setia.orders.credit import actions, forms, queries, words
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.web.forms import refusals


@require_safe
@door(Right.MANAGE, section="menu")
def debtors(request: ShopRequest) -> HttpResponse:
    """Everybody who owes, whose money is due first on top; `?who=` finds somebody to begin an account for."""
    who = request.GET.get("who", "").strip()[:60]
    rows = queries.debtors(request.shop.today())
    context = {
        "rows": rows,
        "owed": sum(row.balance for row in rows),
        "overdue": sum(row.overdue for row in rows),
        "today": request.shop.today(),
        "who": who,
        "found": customers.find(who, limit=6) if who else [],
    }
    return render(request, "orders/credit.html", context)


@require_safe
@door(Right.MANAGE, section="menu")
def account(request: ShopRequest, pk: int) -> HttpResponse:
    """One person's account: what is open, what moved, the terms, a reminder."""
    return _page(request, get_customer(request, pk))


def _page(request: ShopRequest, customer: Customer, *, status: int = 200, **changed: Any) -> HttpResponse:
    debtor, terms = queries.debtor(customer, request.shop.today()), queries.terms_of(customer.pk)
    text = words.reminder(debtor) if debtor.balance > 0 else ""
    number = customers.phone_of(customer)
    known = {"tempo_days": terms.tempo_days, "limit": terms.limit}
    context = {
        "customer": customer,
        "debtor": debtor,
        "terms": terms,
        "ledger": queries.ledger(customer.pk),
        "today": request.shop.today(),
        "reminder": text,
        "link": wa_link(number, text) if number and text else "",
        "repay_form": forms.RepayForm(auto_id=_ids("repay_form"), initial={"amount": max(debtor.balance, 0) or None}),
        "opening_form": forms.OpeningForm(auto_id=_ids("opening_form")),
        "let_go_form": forms.LetGoForm(auto_id=_ids("let_go_form")),
        "terms_form": forms.TermsForm(auto_id=_ids("terms_form"), initial=known),
    }
    return render(request, "orders/credit_account.html", context | changed, status=status)


def _ids(form: str) -> str:
    # Four forms of one page have fields of the same name.
    return f"{form}-%s"


def _change(
    form_class: type[Form], name: str, action: Callable[..., Any], said: Callable[[], str], *, by: bool = True
) -> Callable[..., HttpResponse]:
    """A view of one form of the account: the action, or the page again with what was typed."""

    @require_POST
    @door(Right.MANAGE, section="menu")
    def view(request: ShopRequest, pk: int) -> HttpResponse:
        customer = get_customer(request, pk)
        form = form_class(request.POST, auto_id=_ids(name))
        if form.is_valid():
            with refusals(form):
                action(customer=customer, **form.cleaned_data, **({"by": request.member} if by else {}))
                messages.success(request, said())
                return redirect("money:account", pk)
        return _page(request, customer, status=422, **{name: form})

    return view


repayment = _change(forms.RepayForm, "repay_form", actions.repay, lambda: _("The payment is written down."))
opening = _change(forms.OpeningForm, "opening_form", actions.open_balance, lambda: _("Written down."))
letting_go = _change(forms.LetGoForm, "let_go_form", actions.let_go, lambda: _("Written down."))
terms = _change(forms.TermsForm, "terms_form", actions.set_terms, lambda: _("Saved."), by=False)


@require_POST
@door(Right.MANAGE, section="menu")
def taking_back(request: ShopRequest, pk: int) -> HttpResponse:
    """A slip: the entry is put right by one of the opposite amount."""
    entry = queries.entry(pk)
    if entry is None:
        raise Http404
    try:
        actions.take_back(entry=entry, by=request.member)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Taken back."))
    return redirect("money:account", entry.customer_id)
