"""Who works when; coming and going."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from setia.core.errors import DomainError
from setia.shops import queries as shops
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.team import actions, queries
from setia.team.access import get_shift
from setia.team.forms import ShiftForm
from setia.web.forms import refusals
from setia.web.links import shop_url


def _monday(request: ShopRequest) -> date:
    try:
        return queries.monday_of(date.fromisoformat(request.GET.get("week", "")))
    except ValueError:
        return queries.monday_of(request.shop.today())


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.SEE, section="menu")
def shifts(request: ShopRequest) -> HttpResponse:
    """The week's plan; managers add to it."""
    monday = _monday(request)
    form = ShiftForm(
        request.POST or None,
        members=shops.members(),
        initial={"day": max(monday, request.shop.today())},
    )
    if request.method == "POST" and not request.member.manages:
        return HttpResponse(status=403)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            shift = actions.plan_shift(**form.cleaned_data)
            messages.success(request, _("%(name)s is in the plan.") % {"name": shift.member.name})
            return redirect(_week_url(request, shift.day))
    days = [monday + timedelta(days=place) for place in range(7)]
    planned = list(queries.shifts_between(days[0], days[-1]))
    context = {
        "days": [(day, [shift for shift in planned if shift.day == day]) for day in days],
        "today": request.shop.today(),
        "form": form,
        "manages": request.member.manages,
        "monday": monday,
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
        "tab": "shifts",
    }
    return render(request, "team/shifts.html", context, status=422 if form.errors else 200)


def _week_url(request: ShopRequest, day: date) -> str:
    return shop_url(request.shop.slug, "team:shifts") + f"?week={queries.monday_of(day).isoformat()}"


@require_POST
@door(Right.MANAGE, section="menu")
def copy(request: ShopRequest) -> HttpResponse:
    """This week like the one before."""
    monday = _monday(request)
    made = actions.copy_week(monday=monday)
    if made:
        text = ngettext("%(n)d shift planned like last week.", "%(n)d shifts planned like last week.", made)
        messages.success(request, text % {"n": made})
    else:
        messages.info(request, _("Nothing to copy: the week before is empty, or everybody is planned already."))
    return redirect(_week_url(request, monday))


@require_POST
@door(Right.MANAGE, section="menu")
def removal(request: ShopRequest, pk: int) -> HttpResponse:
    """Take a shift out of the plan."""
    shift = get_shift(request, pk)
    try:
        actions.remove_shift(shift=shift)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Taken out of the plan."))
    return redirect(_week_url(request, shift.day))


@require_POST
@door(Right.SEE, section="menu")
def arrival(request: ShopRequest, pk: int) -> HttpResponse:
    """I am here (or, for managers, she is)."""
    shift = get_shift(request, pk)
    try:
        actions.come(shift=shift)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(_week_url(request, shift.day))


@require_POST
@door(Right.SEE, section="menu")
def departure(request: ShopRequest, pk: int) -> HttpResponse:
    """Going home."""
    shift = get_shift(request, pk)
    actions.leave(shift=shift)
    return redirect(_week_url(request, shift.day))
