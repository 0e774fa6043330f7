"""Offers: money is the managers' business; an apology and whether they are content is anybody's."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from setia.care import actions, forms, queries
from setia.care.access import get_complaint, get_improvement, get_settlement
from setia.care.views.complaints import page
from setia.core.errors import DomainError
from setia.shops import queries as shops
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right, may
from setia.web.forms import refusals


@require_POST
@door(Right.MANAGE, section="menu")
def offer(request: ShopRequest, pk: int) -> HttpResponse:
    """Offer a way to make it good."""
    row = get_complaint(request, pk)
    form = forms.OfferForm(request.POST)
    if form.is_valid():
        with refusals(form):
            actions.offer(complaint=row, by=request.member, **form.cleaned_data)
            messages.success(request, _("Offered. Write down what they say to it."))
            return redirect("care:complaint", pk)
    return page(request, row, 422, offer=form)


@require_POST
@door(Right.SELL, section="menu")
def apology(request: ShopRequest, pk: int) -> HttpResponse:
    """Say sorry: costs nothing, and everybody may."""
    row = get_complaint(request, pk)
    try:
        actions.offer(complaint=row, option="apology", cost=0, value=0, by=request.member)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("care:complaint", pk)


STEPS = {"accept": actions.accept, "refuse": actions.refuse, "done": actions.settle, "take_back": actions.take_back}


@require_POST
@door(Right.SELL, section="menu")
def step(request: ShopRequest, pk: int) -> HttpResponse:
    """What they said to an offer, or that it is done. Taking an offer of money back is the managers'."""
    row = get_settlement(request, pk)
    wanted = request.POST.get("step", "")
    if wanted == "take_back" and row.option != "apology" and not may(request.member.role, Right.MANAGE):
        raise PermissionDenied
    if wanted in STEPS:
        try:
            STEPS[wanted](settlement=row)
        except DomainError as error:
            messages.error(request, str(error))
    return redirect("care:complaint", row.complaint_id)


@require_POST
@door(Right.SELL, section="menu")
def contentment(request: ShopRequest, pk: int) -> HttpResponse:
    """Are they content?"""
    row = get_complaint(request, pk)
    try:
        actions.say_content(complaint=row, content=request.POST.get("content") == "1")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("care:complaint", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="menu")
def improvements(request: ShopRequest) -> HttpResponse:
    """Causes that keep coming up, what is done about them, and how often they came up before and since."""
    members = shops.members()
    form = forms.ImprovementForm(
        request.POST or None, members=members, initial={"cause": request.GET.get("cause", "")[:60]}
    )
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.plan_improvement(**form.cleaned_data)
            return redirect("care:improvements")
    context = {
        "form": form,
        "rows": queries.improvements(),
        "repeated": queries.repeated_causes(),
        "causes": queries.used_causes(),
        "tab": "improvements",
    }
    return render(request, "care/improvements.html", context, status=422 if form.errors else 200)


@require_POST
@door(Right.MANAGE, section="menu")
def improved(request: ShopRequest, pk: int) -> HttpResponse:
    """It is done, or not yet."""
    row = get_improvement(request, pk)
    try:
        (actions.reopen_improvement if request.POST.get("undo") else actions.finish_improvement)(improvement=row)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("care:improvements")


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="menu")
def rules(request: ShopRequest) -> HttpResponse:
    """How soon, how long, and whether customers are asked."""
    known = queries.complaint_settings()
    names = tuple(forms.RulesForm.base_fields)
    form = forms.RulesForm(request.POST or None, initial={name: getattr(known, name) for name in names})
    if request.method == "POST" and form.is_valid():
        actions.change_settings(**form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("care:rules")
    return render(request, "care/rules.html", {"form": form, "tab": "rules"}, status=422 if form.errors else 200)
