"""Lists of people: on the screen, on paper, as a file."""

import csv

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from setia.segments import actions, listing, uses
from setia.segments.selecting import selected
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right, may

# More than this nobody reads on paper.
PRINTED = 1_000


@require_safe
@door(Right.SEE, section="customers")
def people(request: ShopRequest) -> HttpResponse:
    """Whoever the parameters mean, page by page, and what one can do with the list."""
    found = selected(request)
    size, page = listing.counted_page(found.rows, request.GET.get("page", "1"), few=found.few)
    context = {
        "list": found,
        "size": size,
        "page": page,
        "uses": uses.of_role(request.member.role),
        "manages": may(request.member.role, Right.MANAGE),
    }
    return render(request, "segments/people.html", context)


@require_safe
@door(Right.SELL, section="customers")
def printed(request: ShopRequest) -> HttpResponse:
    """The list on paper: name, number, place, last purchase, and a box to tick."""
    found = selected(request)
    page = listing.page(found.rows, "1", size=PRINTED)
    return render(request, "segments/print.html", {"list": found, "page": page, "day": request.shop.today()})


@require_POST
@door(Right.MANAGE, section="customers")
def file(request: ShopRequest) -> HttpResponse:
    """The list as a file; the audit trail says that it left the shop."""
    found = selected(request)
    actions.note_export(size=found.size, what=f"segment {found.segment.pk}" if found.segment else "rule")
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{_("customers")}-{request.shop.today().isoformat()}.csv"'
    answer.write("\ufeff")  # so that spreadsheets know the letters
    csv.writer(answer).writerows(listing.lines(found.rows))
    return answer
