"""Write a person down, change them, put them away."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from setia.core.errors import DomainError
from setia.customers import actions, queries
from setia.customers.access import get_customer
from setia.customers.forms import CustomerForm, NewCustomerForm, SourceForm
from setia.customers.models import Customer, CustomerKind
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.web.forms import add_domain_error, refusals


def _looking(request: ShopRequest) -> bool:
    """Whether the button beside "who told them" was pressed: look them up, save nothing."""
    return "look" in request.POST


@require_http_methods(["GET", "POST"])
@door(Right.SELL, section="customers")
def add(request: ShopRequest) -> HttpResponse:
    """Write a person down: a name is enough. Somebody known already is shown, and nothing typed is lost."""
    if request.method == "GET" or _looking(request):
        typed = request.POST if _looking(request) else request.GET
        form = NewCustomerForm(initial=typed.dict())
        return _form(request, form, "customers/add.html")
    form = NewCustomerForm(request.POST)
    context: dict[str, Any] = {}
    if form.is_valid():
        fields = form.cleaned_data
        sure = fields.pop("sure") or fields["phone"]
        context["namesakes"] = [] if sure else queries.namesakes(fields["display_name"])
        if not context["namesakes"]:
            try:
                customer = actions.add_customer(**fields, by=request.member)
            except actions.NumberTaken as error:
                context["known"] = error.customer
                form.add_error("phone", error.message)
            except DomainError as error:
                add_domain_error(form, error)
            else:
                messages.success(request, _("%(name)s is in the customer book.") % {"name": customer})
                return redirect("desk:customer", customer.pk)
    return _form(request, form, "customers/add.html", **context)


@require_http_methods(["GET", "POST"])
@door(Right.SELL, section="customers")
def edit(request: ShopRequest, pk: int) -> HttpResponse:
    """Change who they are and where."""
    customer = get_customer(request, pk)
    if request.method == "GET" or _looking(request):
        form = CustomerForm(initial=request.POST.dict() if _looking(request) else _as_typed(customer))
        return _form(request, form, "customers/edit.html", customer=customer)
    form = CustomerForm(request.POST)
    if form.is_valid():
        with refusals(form):
            actions.change_customer(customer=customer, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("desk:customer", customer.pk)
    return _form(request, form, "customers/edit.html", customer=customer)


def _as_typed(customer: Customer) -> dict[str, Any]:
    typed = {name: getattr(customer, name) for name in actions.FIELDS} | {"referred_by": customer.referred_by_id}
    if customer.latitude is not None:
        typed["point"] = f"{customer.latitude}, {customer.longitude}"
    return typed


def _form(request: ShopRequest, form: CustomerForm, template: str, **context: Any) -> HttpResponse:
    # What lies under "more" is opened when something in it was filled in or is wrong.
    more = [form[name] for name in ("address", "landmark", "district")]
    usual = form["kind"].value() in (None, "", CustomerKind.END)
    context["more_open"] = not usual or any(field.value() or field.errors for field in more)
    refused = form.is_bound
    return render(request, template, {"form": form} | context, status=422 if refused else 200)


@require_safe
@door(Right.SELL, section="customers")
def pick(request: ShopRequest) -> HttpResponse:
    """The people to choose from below "who told them", as one types."""
    typed = request.GET.dict()
    form = CustomerForm(initial=typed | {"who": typed.get("who") or typed.get("told", "")})
    return render(request, "customers/_referrers.html", {"form": form})


@require_POST
@door(Right.SELL, section="customers")
def source(request: ShopRequest, pk: int) -> HttpResponse:
    """How somebody found the shop, and who told them: one tap beside a chat or on their page."""
    customer = get_customer(request, pk)
    form = SourceForm(request.POST)
    if form.is_valid():
        try:
            actions.change_customer(customer=customer, **form.cleaned_data)
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Thank you, written down."))
    else:
        messages.error(request, next(iter(form.errors.values()))[0])
    return redirect("desk:customer", pk)


@require_POST
@door(Right.SELL, section="customers")
def archive(request: ShopRequest, pk: int) -> HttpResponse:
    """Put a customer away, with a way back."""
    customer = get_customer(request, pk)
    if actions.archive(customer=customer):
        text = _("%(name)s is put away. Orders and chats are kept.") % {"name": customer}
        _say_with_undo(request, text, reverse("customers:restore", args=[pk]))
    return redirect("desk:customers")


@require_POST
@door(Right.SELL, section="customers")
def restore(request: ShopRequest, pk: int) -> HttpResponse:
    """Take a customer back."""
    customer = get_customer(request, pk)
    if actions.restore(customer=customer):
        messages.success(request, _("%(name)s is back.") % {"name": customer})
    return redirect("desk:customer", pk)


def _say_with_undo(request: ShopRequest, text: str, url: str) -> None:
    said = render_to_string("customers/_undo.html", {"text": text, "url": url}, request=request)
    messages.success(request, mark_safe(said))  # noqa: S308 - a template escaped it
