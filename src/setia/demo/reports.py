"""What the owner of the demo shop wants to reach, how it tasted, and the night's counting of the reports."""

from datetime import datetime, time
from decimal import Decimal

from setia.care import actions as care
from setia.core import clock
from setia.core.models import Event
from setia.core.scope import current_shop
from setia.desk.reports import letter, nightly
from setia.orders import actions as orders
from setia.orders.events import RATED
from setia.orders.models import Order, OrderChannel
from setia.segments import actions
from setia.shops.models import Member

# One in five people at the counter taps how it tasted; who is displeased complains (`demo.complaints`).
RATINGS = (5, 5, 4, 5, 3, 4, 5, 5, 3, 4)
TASTED_AT = time(12)
GOALS = {"loyal": "150", "satisfied": "90", "buyers": "110", "sales": "40000000", "per_hour": "1"}


def tell() -> None:
    """Goals, tastes of the last months, and what the night makes of it all."""
    owner = Member.objects.get(role="owner")
    for measure, target in GOALS.items():
        actions.set_goal(measure=measure, target=Decimal(target), by=owner)
    rows = Order.objects.filter(channel=OrderChannel.COUNTER, completed_on__isnull=False).order_by(
        "-completed_on", "pk"
    )
    for place, order in enumerate(rows[:500:5]):
        with clock.frozen(datetime.combine(order.completed_on, TASTED_AT, tzinfo=current_shop().zone)):
            orders.rate(order=order, score=RATINGS[place % len(RATINGS)])
    # as the reaction would do: the night counts what people said
    for event in Event.objects.filter(verb=RATED).order_by("pk"):
        care.note_rating(event=event)
    nightly.renew_reports()
    letter.write()
