"""What is looked for, ticked off and looked at."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.team import actions, queries
from setia.team.forms import BehaviourForm, ChecklistForm, CriterionForm, KeepForm
from setia.team.models import ChecklistKind
from setia.web.forms import refusals

ADDING: dict[str, Any] = {
    "criterion": (CriterionForm, actions.add_criterion),
    "line": (ChecklistForm, actions.add_checklist_item),
    "behaviour": (BehaviourForm, actions.add_behaviour),
    "keep": (KeepForm, actions.change_settings),
}


def _page(request: ShopRequest, status: int = 200, **forms: Any) -> HttpResponse:
    keep = KeepForm(auto_id="keep-%s", initial={"keep_declined_days": queries.keep_declined_days()})
    fresh = {name: form(auto_id=f"{name}-%s") for name, (form, _action) in ADDING.items()} | {"keep": keep}
    context = {
        "criteria": queries.criteria(),
        "trial": [row for row, _tick in queries.checklist(ChecklistKind.TRIAL)],
        "onboarding": [row for row, _tick in queries.checklist(ChecklistKind.ONBOARDING)],
        "behaviours": queries.behaviours(),
        "forms": fresh | forms,
        "tab": "setup",
    }
    return render(request, "team/setup.html", context, status=status)


@require_safe
@door(Right.MANAGE, section="menu")
def setup(request: ShopRequest) -> HttpResponse:
    """The lists, each with a line to add."""
    return _page(request)


@require_POST
@door(Right.MANAGE, section="menu")
def add(request: ShopRequest, what: str) -> HttpResponse:
    """One more line of a list (`criterion`, `line`, `behaviour`), or for how long to keep (`keep`)."""
    if what not in ADDING:
        raise Http404
    form_class, action = ADDING[what]
    form = form_class(request.POST, auto_id=f"{what}-%s")
    if form.is_valid():
        with refusals(form):
            action(**form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("team:setup")
    return _page(request, 422, **{what: form})


@require_POST
@door(Right.MANAGE, section="menu")
def retirement(request: ShopRequest, what: str, pk: int) -> HttpResponse:
    """A line is no longer used."""
    lists: dict[str, list[Any]] = {
        "criterion": list(queries.criteria()),
        "behaviour": list(queries.behaviours()),
        "line": [row for kind in ChecklistKind.values for row, _tick in queries.checklist(kind)],
    }
    row = next((row for row in lists.get(what, []) if row.pk == pk), None)
    if row is None:
        raise Http404
    actions.retire(row=row)
    messages.success(request, _("Taken off the list. What was written with it stays."))
    return redirect("team:setup")
