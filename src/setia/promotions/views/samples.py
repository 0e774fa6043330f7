"""Tastes: give one, what became of them."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from setia.promotions.access import get_sample
from setia.promotions.actions import samples as actions
from setia.promotions.forms.samples import SampleForm
from setia.promotions.queries import samples as queries
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right, may
from setia.web.forms import refusals

SPANS = (30, 90, 365)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.SELL, section="menu")
def samples(request: ShopRequest) -> HttpResponse:
    """Which tastes sell; write one down; the latest."""
    asked = request.GET.get("days", "")
    days, today = int(asked) if asked in map(str, SPANS) else 90, request.shop.today()
    form = SampleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.give_sample(**form.values(), by=request.member)
            messages.success(request, _("Written down."))
            return redirect("promotions:samples")
    context = {
        "form": form,
        "days": days,
        "choices": SPANS,
        "report": queries.report(today - timedelta(days=days), today),
        "samples": queries.samples()[:30],
        "may_sell": may(request.member.role, Right.SELL),
    }
    return render(request, "promotions/samples.html", context, status=422 if form.errors else 200)


@require_POST
@door(Right.SELL, section="menu")
def removal(request: ShopRequest, pk: int) -> HttpResponse:
    """A slip: taken out, or with `back` counted again."""
    row = get_sample(request, pk)
    back = bool(request.POST.get("back"))
    (actions.put_back if back else actions.take_out)(sample=row)
    messages.success(request, _("It counts again.") if back else _("Taken out."))
    return redirect("promotions:samples")
