"""Why people stay away: what they told, the regulars who are late with the reason most likely, what won people back."""

from collections import Counter
from datetime import timedelta
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from setia.care import queries as care
from setia.care.models import ElsewhereReason
from setia.care.rules import leaving as rules
from setia.core import clock
from setia.segments import queries as segments
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.today import queries as today

MOST: Final = 40
# Later than nine of ten of their own gaps, as in the prompt of their rhythm.
LATE: Final = 0.1
# Suggestions about regulars who are late, or seem to look for something else.
WROTE: Final = ("rhythm", "bored")
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
    groups: dict[str, list[tuple[Any, str]]] = {reason: [] for reason in REASONS}
    for score in scores:
        reason = rules.likely(known[score.customer_id])
        groups[reason].append((score, _detail(reason, known[score.customer_id])))
    unknown = groups.pop("unknown")
    told = care.told()
    back = care.came_again(told)
    context = {
        "groups": [(REASONS[reason], rows) for reason, rows in groups.items() if rows],
        # whoever came lately is easier to ask than whoever left a year ago
        "unknown": sorted((score for score, _detail in unknown), key=lambda score: score.last_on, reverse=True),
        "told": [(row, row.pk in back) for row in told],
        "reasons": [
            (str(ElsewhereReason(reason).label), n, sum(row.pk in back for row in told if row.reason == reason))
            for reason, n in Counter(row.reason for row in told).most_common()
        ],
        "won": care.won_back(),
        "written": today.won_back(WROTE, since=clock.now() - timedelta(days=365)),
    }
    return render(request, "desk/leaving.html", context)
