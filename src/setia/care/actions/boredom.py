"""Last night's signal of boredom, written down anew."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import numpy as np
from django.db import transaction

from setia.care.models import Boredom
from setia.catalog.models import Variant
from setia.core.scope import current_shop
from setia.insight import boredom
from setia.orders.models import Line, OrderState, PurchaseSummary

LOOK_BACK = timedelta(days=2 * 365)
# Who has not come for this long is no question of variety any more.
GONE = timedelta(days=180)


@transaction.atomic
def renew_boredom() -> str:
    """Look at everybody with enough of a past. Rows are replaced; running twice a night is the same."""
    today = current_shop().today()
    log = list(_log(today))
    people = sorted({who for who, _day, _taste in log})
    place = {pk: number for number, pk in enumerate(people)}
    rows: list[Boredom] = []
    if log:
        columns = np.array([(place[who], day, taste) for who, day, taste in log]).T
        found = boredom.signal(*columns, until=today.toordinal(), customers=len(people))
        last: dict[int, int] = {}
        for who, day, _taste in log:
            last[who] = max(last.get(who, 0), day)
        for number in np.flatnonzero(found.bored):
            one = int(number)
            rows.append(
                Boredom(
                    customer_id=people[one],
                    day=today,
                    variety_before=round(float(found.variety_before[one]), 2),
                    variety_now=round(float(found.variety_now[one]), 2),
                    gap_before=round(float(found.gap_before[one]), 1),
                    gap_now=round(float(found.gap_now[one]), 1),
                    last_on=date.fromordinal(last[people[one]]),
                )
            )
    Boredom.objects.all().delete()
    Boredom.objects.bulk_create(rows)
    return f"{len(people)} looked at, {len(rows)} seem bored"


@transaction.atomic
def forget_boredom(*, customer_ids: Iterable[int]) -> None:
    """People were made one, or two again: the next night looks at them anew."""
    Boredom.objects.filter(customer_id__in=list(customer_ids)).delete()


def _log(today: date) -> Iterator[tuple[int, int, int]]:
    """(customer, day, taste) of everybody with enough visits who was here lately; sizes of a taste are one."""
    tastes: dict[tuple[int, str], int] = {}
    taste_of = {
        pk: tastes.setdefault((product, flavour), len(tastes))
        for pk, product, flavour in Variant.objects.values_list("pk", "product_id", "flavour")
    }
    enough = PurchaseSummary.objects.filter(orders__gte=boredom.FEWEST_VISITS, last_on__gte=today - GONE)
    lines = Line.objects.filter(
        order__customer_id__in=enough.values("customer_id"),
        order__state=OrderState.COMPLETED,
        order__completed_on__gte=today - LOOK_BACK,
    ).exclude(variant=None)
    for who, day, variant in lines.values_list("order__customer_id", "order__completed_on", "variant_id").iterator():
        yield who, day.toordinal(), taste_of[variant]
