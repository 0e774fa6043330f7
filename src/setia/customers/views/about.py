"""More about a customer: household, relations, wishes, what they told about themselves, what was agreed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from setia.core.errors import DomainError
from setia.customers import about, actions
from setia.customers.access import get_customer, get_identity, get_preference, get_relation
from setia.customers.models import Customer
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.web.forms import refusals

Write = Callable[[ShopRequest, Customer, dict[str, Any]], object]


def _home(request: ShopRequest, customer: Customer, data: dict[str, Any]) -> object:
    if customer.household is None:
        raise DomainError(_("There is no household yet."), code="no_household")
    return actions.change_household(household=customer.household, **data)


# part of the page -> its form and the one action behind it
PARTS: dict[str, tuple[type, Write]] = {
    "household": (about.HouseholdForm, lambda request, who, data: actions.join_household(customer=who, **data)),
    "home": (about.HomeForm, _home),
    "relation": (about.RelationForm, lambda request, who, data: actions.relate(customer=who, **data)),
    "wish": (
        about.PreferenceForm,
        lambda request, who, data: actions.add_preference(customer=who, by=request.member, **data),
    ),
    "profile": (about.ProfileForm, lambda request, who, data: actions.change_profile(customer=who, **data)),
    "terms": (about.TermsForm, lambda request, who, data: actions.change_profile(customer=who, **data)),
}


def _form(name: str, customer: Customer, shown: dict[str, Any], data: Any = None) -> Any:
    kind = PARTS[name][0]
    options: dict[str, Any] = {"auto_id": f"{name}-%s"}
    if issubclass(kind, about.OtherForm):
        options["customer"] = customer
    elif name in ("profile", "terms") and shown["profile"]:
        options["initial"] = {field: getattr(shown["profile"], field) for field in kind.base_fields}
    elif name == "home" and shown["home"]:
        options["initial"] = {"name": shown["home"].name, "note": shown["home"].note}
    return kind(data, **options)


@require_http_methods(["GET", "POST"])
@door(Right.SELL, section="customers")
def page(request: ShopRequest, pk: int) -> HttpResponse:
    """Everything of it on one page; each part is saved by itself."""
    customer = get_customer(request, pk)
    shown = about.shown(customer)
    forms = {name: _form(name, customer, shown) for name in PARTS}
    part = request.POST.get("part", "")
    if request.method == "POST" and part in PARTS:
        form = forms[part] = _form(part, customer, shown, request.POST)
        if form.is_valid():
            with refusals(form):
                PARTS[part][1](request, customer, form.cleaned_data)
                messages.success(request, _("Saved."))
                return redirect("customers:about", pk)
    refused = any(form.is_bound for form in forms.values())
    context = {"customer": customer, "forms": forms, "about": shown}
    return render(request, "customers/about.html", context, status=422 if refused else 200)


@require_POST
@door(Right.SELL, section="customers")
def leave(request: ShopRequest, pk: int) -> HttpResponse:
    """They do not belong to the household any more."""
    actions.leave_household(customer=get_customer(request, pk))
    messages.success(request, _("Saved."))
    return redirect("customers:about", pk)


@require_POST
@door(Right.SELL, section="customers")
def unrelate(request: ShopRequest, pk: int) -> HttpResponse:
    """Take out what two are to each other."""
    row = get_relation(request, pk)
    actions.unrelate(relation=row)
    messages.success(request, _("Taken off."))
    return redirect("customers:about", row.customer_id)


@require_POST
@door(Right.SELL, section="customers")
def forget_wish(request: ShopRequest, pk: int) -> HttpResponse:
    """Forget a wish."""
    row = get_preference(request, pk)
    actions.remove_preference(preference=row)
    messages.success(request, _("Taken off."))
    return redirect("customers:about", row.customer_id)


@require_POST
@door(Right.SELL, section="customers")
def hand_over(request: ShopRequest, pk: int) -> HttpResponse:
    """A number belongs to somebody new."""
    identity = get_identity(request, pk)
    try:
        person = actions.hand_over(identity=identity, display_name=request.POST.get("name", ""), by=request.member)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("desk:customer", identity.customer_id)
    messages.success(request, _("The number is %(name)s's now. What was before stays here.") % {"name": person})
    return redirect("desk:customer", person.pk)
