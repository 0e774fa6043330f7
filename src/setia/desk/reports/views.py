"""The four objectives and their goals."""

from decimal import Decimal

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from setia.core.errors import DomainError
from setia.desk.reports import showing
from setia.desk.reports.forms import GoalsForm
from setia.segments import actions, queries
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right, may
from setia.web.forms import add_domain_error


@require_safe
@door(Right.MANAGE, section="menu")
def objectives(request: ShopRequest) -> HttpResponse:
    """The four objectives on one page, the loyal customers first."""
    context = showing.context() | {"owns": may(request.member.role, Right.OWN)}
    return render(request, "desk/reports/objectives.html", context)


@require_http_methods(["GET", "POST"])
@door(Right.OWN, section="menu")
def goals(request: ShopRequest) -> HttpResponse:
    """What the owner wants to reach."""
    known = {name: int(target) if name != "per_hour" else target for name, target in queries.goals().items()}
    form = GoalsForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            for measure, target in form.targets().items():
                if target != (Decimal(str(known[measure])) if measure in known else None):
                    actions.set_goal(measure=measure, target=target, by=request.member)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("Your goals are written down."))
            return redirect("desk:reports")
    return render(request, "desk/reports/goals.html", {"form": form}, status=422 if form.errors else 200)
