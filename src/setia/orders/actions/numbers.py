"""Order numbers: one row per shop gives them out, so that none is missing and none is given twice."""

from django.db.models import F

from setia.orders.models import Counter

NAME = "order"


def take(count: int = 1) -> int:
    """The first of `count` fresh numbers. Inside a transaction; one that rolls back gives its numbers back."""
    changed = Counter.objects.filter(name=NAME).update(value=F("value") + count)
    if not changed:
        Counter.objects.get_or_create(name=NAME)
        Counter.objects.filter(name=NAME).update(value=F("value") + count)
    return int(Counter.objects.values_list("value", flat=True).get(name=NAME)) - count + 1
