"""The money of a day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from setia.core.scope import current_shop
from setia.orders.models import CreditEntry, Payment, PaymentMethod, TillDay
from setia.orders.till import rules


@dataclass(frozen=True)
class Day:
    """A day's money: of orders, of debts that were paid, what was sold on credit; and the count, once there is one."""

    day: date
    rows: list[tuple[str, str, rules.Takings]]
    on_credit: int
    repaid: int
    takings: dict[str, rules.Takings]
    count: TillDay | None

    @property
    def money(self) -> int:
        """All that stayed, whatever the way."""
        return sum(takings.net for takings in self.takings.values())


def day_of(day: date) -> Day:
    """The till of one day of the shop, in three queries."""
    zone = current_shop().zone
    start = datetime.combine(day, time(), tzinfo=zone)
    end = datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)
    moves = list(Payment.objects.filter(at__gte=start, at__lt=end).order_by("pk").values_list("method", "amount"))
    repaid = [
        (method, -amount)
        for method, amount in CreditEntry.objects.filter(on=day).exclude(method="").values_list("method", "amount")
    ]
    real = [(method, amount) for method, amount in moves if method != PaymentMethod.CREDIT]
    takings = rules.by_method(real + repaid)
    rows = [(method.value, str(method.label), takings[method]) for method in PaymentMethod if method in takings]
    return Day(
        day=day,
        rows=rows,
        on_credit=sum(amount for method, amount in moves if method == PaymentMethod.CREDIT),
        repaid=sum(amount for _method, amount in repaid),
        takings=takings,
        count=TillDay.objects.filter(day=day).select_related("closed_by").first(),
    )


def last_count(before: date) -> TillDay | None:
    """The count before a day: what was left in the till then is what is in it in the morning."""
    return TillDay.objects.filter(day__lt=before).order_by("-day").first()


def counts(limit: int = 31) -> list[TillDay]:
    """The latest counts, the newest first."""
    return list(TillDay.objects.select_related("closed_by").order_by("-day")[:limit])
