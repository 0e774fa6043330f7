"""What shops are usually like: learned once a day from four numbers of each."""

from setia.core import clock
from setia.insight import prior
from setia.segments.models import SharedPrior, ShopFit

# Shops that teach, the latest scored first: more would not move the mean.
MOST_SHOPS = 5_000
KEPT = 30


def learn_prior() -> int:
    """Learn the shared prior from every shop's latest fit (across shops: four numbers of each, nothing else).

    Returns how many shops taught. Safe to repeat: a day has one row. Shops with too little past of their own give none.
    """
    numbers: dict[int, list[float]] = {}
    rows = ShopFit.across_shops.order_by("-day", "-pk").values_list("shop_id", "parameters__numbers")
    for shop_id, given in rows[: 2 * MOST_SHOPS].iterator(chunk_size=1_000):
        if given and shop_id not in numbers and len(numbers) < MOST_SHOPS:
            numbers[shop_id] = given
    learned = prior.learn(list(numbers.values()))
    day = clock.now().date()
    SharedPrior.objects.update_or_create(
        day=day,
        defaults={
            "shops": len(numbers),
            "centre": list(learned.centre),
            "covariance": [list(row) for row in learned.covariance],
        },
    )
    old = SharedPrior.objects.order_by("-day").values_list("pk", flat=True)[KEPT:]
    SharedPrior.objects.filter(pk__in=list(old)).delete()
    return len(numbers)
