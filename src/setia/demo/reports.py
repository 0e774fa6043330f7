"""What the owner of the demo shop wants to reach, how it tasted, and the night's counting of the reports."""

from decimal import Decimal

from setia.desk.reports import letter, nightly
from setia.orders import actions as orders
from setia.orders.models import Order, OrderChannel
from setia.segments import actions
from setia.shops.models import Member

# One in five people at the counter taps how it tasted.
RATINGS = (5, 5, 4, 5, 3, 4, 5, 5, 2, 4)
GOALS = {"loyal": "180", "satisfied": "90", "buyers": "220", "sales": "20000000", "per_hour": "4"}


def tell() -> None:
    """Goals, tastes of the last months, and what the night makes of it all."""
    owner = Member.objects.get(role="owner")
    for measure, target in GOALS.items():
        actions.set_goal(measure=measure, target=Decimal(target), by=owner)
    rows = Order.objects.filter(channel=OrderChannel.COUNTER, completed_on__isnull=False).order_by(
        "-completed_on", "pk"
    )
    for place, order in enumerate(rows[:400:5]):
        orders.rate(order=order, score=RATINGS[place % len(RATINGS)])
    nightly.renew_reports()
    letter.write()
