"""The reports, their goals, the letter and the month on paper."""

from datetime import date
from decimal import Decimal

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from setia.conversations.channels import whatsapp_app
from setia.desk.reports import funnel_page, letter_sending, month_page, proof_page, satisfaction, showing
from setia.desk.reports import letter as letters_of
from setia.desk.reports.forms import GoalsForm, LetterForm
from setia.segments import actions, queries
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right, may
from setia.web.forms import refusals


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
        with refusals(form):
            for measure, target in form.targets().items():
                if target != (Decimal(str(known[measure])) if measure in known else None):
                    actions.set_goal(measure=measure, target=target, by=request.member)
            messages.success(request, _("Your goals are written down."))
            return redirect("desk:reports")
    return render(request, "desk/reports/goals.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@door(Right.MANAGE, section="menu")
def promised(request: ShopRequest) -> HttpResponse:
    """The complaints behind the numbers of the page before: who was answered in time, who is content."""
    return render(request, "desk/reports/promised.html", {"rows": satisfaction.behind()})


@require_safe
@door(Right.MANAGE, section="menu")
def way(request: ShopRequest) -> HttpResponse:
    """From the first purchase to the messenger, and who brings the money."""
    return render(request, "desk/reports/way.html", funnel_page.context())


@require_safe
@door(Right.MANAGE, section="menu")
def did_it_work(request: ShopRequest) -> HttpResponse:
    """What was tested, what came before and after, and what we learned."""
    return render(request, "desk/reports/proof.html", proof_page.context())


@require_http_methods(["GET", "POST"])
@door(Right.MANAGE, section="menu")
def letters(request: ShopRequest) -> HttpResponse:
    """Letters and months there are, and when the next letter comes."""
    plan = queries.letter_plan()
    form = LetterForm(request.POST or None, initial={"on": plan.on, "hour": plan.hour, "phone": plan.phone})
    if request.method == "POST" and form.is_valid():
        actions.plan_letter(**form.cleaned_data)
        messages.success(request, _("Written down: this is when your letter comes."))
        return redirect("desk:letters")
    how = letter_sending.words(letter_sending.way())
    context = {"form": form, "letters": queries.letters(), "months": month_page.months(), "how": how}
    return render(request, "desk/reports/letters.html", context, status=422 if form.errors else 200)


@require_safe
@door(Right.MANAGE, section="menu")
def letter(request: ShopRequest, week: str) -> HttpResponse:
    """The owner's letter of a week, and the same to send to oneself."""
    found = queries.letter_of(_day(week))
    if found is None:
        raise Http404
    number = queries.letter_plan().phone or request.shop.whatsapp_number
    text = letters_of.plain(found, request.build_absolute_uri())
    context = {"letter": found, "parts": letters_of.parts(found), "link": whatsapp_app.link(number, text)}
    return render(request, "desk/reports/letter.html", context)


@require_safe
@door(Right.MANAGE, section="menu")
def month(request: ShopRequest, month: str) -> HttpResponse:
    """A month on one sheet of paper."""
    context = month_page.context(_day(f"{month}-01"))
    if context is None:
        raise Http404
    return render(request, "desk/reports/month.html", context)


def _day(text: str) -> date:
    """A day of an address, or 404."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
