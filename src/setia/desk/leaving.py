"""Why people stay away: what they told, the regulars who are late with the reason most likely, what won people back."""

from collections import Counter
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from setia.care import queries as care
from setia.care.models import ElsewhereReason
from setia.care.rules import leaving as rules
from setia.segments import queries as segments
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right

MOST: Final = 40
# Later than nine of ten of their own gaps, as in the prompt of their rhythm.
LATE: Final = 0.1
REASONS: Final = {
    "told": gettext_lazy("They told so"),
    "complaint": gettext_lazy("A complaint not made good"),
    "late": gettext_lazy("Orders came late"),
    "price": gettext_lazy("What they take became dearer"),
    "bored": gettext_lazy("Seems to look for something else"),
    "unknown": gettext_lazy("Not known"),
}


def _detail(reason: str, known: rules.Evidence) -> str:
    if reason == "told":
        return str(ElsewhereReason(known.told).label)
    if reason == "late":
        return _("%(late)s of the last %(orders)s") % {"late": known.late, "orders": known.orders}
    return f"+{round(100 * known.rise)} %" if reason == "price" else ""


@require_safe
@door(Right.MANAGE, section="menu")
def leaving(request: ShopRequest) -> HttpResponse:
    """Reasons told, reasons likely, and what won people back, with counts."""
    scores = list(segments.late(LATE, 0.0)[:MOST])
    known = care.evidence([score.customer_id for score in scores])
    people: list[tuple[Any, str, str]] = []
    counted: Counter[str] = Counter()
    for score in scores:
        reason = rules.likely(known[score.customer_id])
        counted[reason] += 1
        people.append((score, str(REASONS[reason]), _detail(reason, known[score.customer_id])))
    told = care.told()
    context = {
        "people": people,
        "likely": [(REASONS[reason], n) for reason, n in counted.most_common()],
        "told": told,
        "reasons": Counter(row.get_reason_display() for row in told).most_common(),
        "won": care.won_back(),
    }
    return render(request, "desk/leaving.html", context)
