"""Satisfaction: figures where there are enough, counts and words where not; asking by hand; the counter's code."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from setia.care import actions, queries, wording
from setia.care.access import get_customer
from setia.care.models import Form
from setia.care.rules import surveys as rules
from setia.core.errors import DomainError
from setia.shops import public
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.web.charts import line

SAY = "care_say"


@require_safe
@door(Right.MANAGE, section="menu")
def satisfaction(request: ShopRequest) -> HttpResponse:
    """What people say, by month, product, person and channel."""
    months = [
        (
            date_format(month, "M"),
            score.value,
            max(0.0, score.value - score.margin),
            min(100.0, score.value + score.margin),
        )
        for month, score in queries.by_month()
        if score.enough
    ]
    service = queries.servqual()
    context = {
        "csat": queries.of_form(Form.CSAT),
        "nps": queries.of_form(Form.NPS),
        "faces": _faces(),
        "chart": line(months) if len(months) > 1 else None,
        "parts": [
            (_("By product"), queries.by_product()),
            (_("By who took the order"), queries.by_staff()),
            (_("By channel"), queries.by_channel()),
        ],
        "service": service,
        "dimensions": [(wording.DIMENSIONS[name], gap, 100 * weight) for name, gap, weight in service.rows],
        "words": [*queries.words(Form.CSAT, limit=15), *queries.words(Form.NPS, limit=15)],
        "found": [
            (_("Five questions about service"), _found(Form.SHORT)),
            (_("How the shop feels"), _found(Form.PREMISES)),
        ],
        "fewest": rules.FEWEST,
        "link": settings.BASE_URL + public.link("public_care:say", SAY),
        "tab": "satisfaction",
    }
    return render(request, "care/satisfaction.html", context)


def _found(form: str) -> list[tuple[str, float, int]]:
    return [(str(wording.ITEMS[number]), mean, n) for number, mean, n in queries.found(form)]


def _faces() -> list[tuple[str, str, int]]:
    given = list(queries.answers(Form.CSAT).values_list("score", flat=True))
    return [(face, str(label), given.count(score)) for score, face, label in wording.FACES]


@require_safe
@door(Right.SELL, section="menu")
def poster(request: ShopRequest) -> HttpResponse:
    """The code for the counter, the box and the door: how was it, what is missing, what was wrong."""
    address = settings.BASE_URL + public.link("public_care:say", SAY)
    return render(request, "care/poster.html", {"link": address, "shop": request.shop, "tab": "satisfaction"})


@require_POST
@door(Right.CHAT, section="customers")
def asking(request: ShopRequest, pk: int) -> HttpResponse:
    """Ask one customer."""
    customer = get_customer(request, pk)
    try:
        actions.ask(customer=customer, form=request.POST.get("form", Form.CSAT))
        messages.success(request, _("The question is prepared; it goes with the other messages."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("desk:customer", pk)
