"""The blocks of a customer's page one can write in: consent, numbers, yearly days, notes.

Each is a partial of the page. With htmx the block alone is drawn again; without, one comes back to the page. What was
refused is shown in the block with everything typed still in it.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from setia.core.errors import DomainError
from setia.customers import actions, queries
from setia.customers.access import get_customer, get_identity, get_occasion
from setia.customers.forms import BLOCKS
from setia.customers.models import Customer
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.web.forms import refusals

CONTENT: dict[str, Callable[[int], Any]] = {
    "consents": queries.consents,
    "identities": queries.identities_of,
    "occasions": queries.occasions_of,
    "notes": queries.notes_of,
}


def _show(request: ShopRequest, customer: Customer, block: str, **context: Any) -> HttpResponse:
    context |= {"customer": customer, "partial": f"customers/_{block}.html", block: CONTENT[block](customer.pk)}
    if block == "consents":
        context["history"] = queries.consent_history(customer.pk)
    refused = "form" in context
    template = context["partial"] if request.htmx else "customers/block.html"
    # htmx puts in only what is answered as fine.
    return render(request, template, context | {"may_sell": True}, status=422 if refused and not request.htmx else 200)


def _done(request: ShopRequest, customer: Customer, block: str, text: str) -> HttpResponse:
    if request.htmx:
        return _show(request, customer, block)
    messages.success(request, text)
    return redirect(f"{reverse('desk:customer', args=[customer.pk])}#{block}")


def _write(request: ShopRequest, pk: int, block: str, action: Callable[..., object], text: str) -> HttpResponse:
    """Behind the door: the customer, the block's form, one action, the block again."""
    customer = get_customer(request, pk)
    form = BLOCKS[block](request.POST, auto_id=f"{block}-%s")
    if form.is_valid():
        with refusals(form):
            action(customer=customer, **form.cleaned_data)
            return _done(request, customer, block, text)
    return _show(request, customer, block, form=form)


@require_http_methods(["GET", "POST"])
@door(Right.SELL, section="customers")
def consent(request: ShopRequest, pk: int) -> HttpResponse:
    """What they agreed to, since when and how we know; write down a new answer."""
    if request.method == "GET":
        return _show(request, get_customer(request, pk), "consents")

    def answer(**answered: Any) -> None:
        actions.answer_consent(**answered, by=request.member)

    return _write(request, pk, "consents", answer, _("The answer is written down."))


@require_POST
@door(Right.SELL, section="customers")
def note(request: ShopRequest, pk: int) -> HttpResponse:
    """Write a remark."""

    def add(**written: Any) -> None:
        actions.add_note(**written, by=request.member)

    return _write(request, pk, "notes", add, _("The note is kept."))


@require_POST
@door(Right.SELL, section="customers")
def identity(request: ShopRequest, pk: int) -> HttpResponse:
    """Add a number, email or card."""
    return _write(request, pk, "identities", actions.add_identity, _("Added."))


@require_POST
@door(Right.SELL, section="customers")
def share(request: ShopRequest, pk: int) -> HttpResponse:
    """Say that several people use a number, or only one."""
    found = get_identity(request, pk)
    try:
        actions.share_identity(identity=found, shared=request.POST.get("shared") == "1")
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("desk:customer", found.customer_id)
    return _done(request, found.customer, "identities", _("Saved."))


@require_POST
@door(Right.SELL, section="customers")
def end(request: ShopRequest, pk: int) -> HttpResponse:
    """This is not theirs any more."""
    found = get_identity(request, pk)
    actions.end_identity(identity=found)
    return _done(request, found.customer, "identities", _("Taken off. Their history keeps it."))


@require_POST
@door(Right.SELL, section="customers")
def occasion(request: ShopRequest, pk: int) -> HttpResponse:
    """Remember a yearly day."""
    return _write(request, pk, "occasions", actions.add_occasion, _("The day is written down."))


@require_POST
@door(Right.SELL, section="customers")
def occasion_removal(request: ShopRequest, pk: int) -> HttpResponse:
    """Forget a yearly day."""
    found = get_occasion(request, pk)
    actions.remove_occasion(occasion=found)
    return _done(request, found.customer, "occasions", _("The day is taken off."))
