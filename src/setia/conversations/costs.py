"""What messages cost: the dated price table, the month so far, and the price of one more."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from setia.conversations import rules
from setia.conversations.models import Channel, ChannelKind, MonthlyUse, Rate, SendingRules
from setia.core.scope import current_shop

# Whole rupiah a message in Indonesia: the list prices in US dollars (marketing 0.0411, utility and authentication
# 0.0250, authentication from abroad 0.1360, answers beyond the free ones 0.0250) at 16,000 rupiah. The owner enters the
# real ones.
BUILT_IN: Final[tuple[tuple[date, Mapping[str, int]], ...]] = (
    (
        date(2025, 7, 1),
        {"marketing": 660, "utility": 400, "authentication": 400, "authentication-international": 2200, "service": 0},
    ),
    (
        date(2026, 10, 1),
        {"marketing": 660, "utility": 400, "authentication": 400, "authentication-international": 2200, "service": 400},
    ),
)
# Categories of the price list under which others are billed.
SAME_AS: Final = {"marketing_lite": "marketing", "general_purpose_ai": "service"}


def rates(day: date) -> dict[str, int]:
    """Rupiah a message on `day`, per category: the built-in table, overridden by what the owner entered."""
    found: dict[str, int] = {}
    for since, table in BUILT_IN:
        if since <= day:
            found |= table
    own = Rate.objects.filter(valid_from__lte=day).order_by("valid_from")
    return found | dict(own.values_list("category", "amount"))


def sending_rules() -> SendingRules:
    """The shop's rules, or the defaults."""
    return SendingRules.objects.first() or SendingRules()


def month_of(day: date) -> date:
    """The month as its first day."""
    return day.replace(day=1)


@dataclass(frozen=True)
class Month:
    """What a month has come to. `counts`: per category (free, billed). Money in whole rupiah."""

    counts: dict[str, tuple[int, int]]
    cost: int
    free_answers_used: int

    @property
    def free_answers_left(self) -> int:
        """Answers that are still free this month."""
        return max(0, rules.FREE_ANSWERS - self.free_answers_used)


def month(day: date, *, channel: Channel | None = None) -> Month:
    """The month of `day` so far, of one number or all."""
    rows = MonthlyUse.objects.filter(month=month_of(day))
    if channel is not None:
        rows = rows.filter(channel=channel)
    prices = rates(day)
    counts: dict[str, tuple[int, int]] = {}
    cost = answers = 0
    for category, kind, count in rows.values_list("category", "type", "count"):
        free, billed = counts.get(category, (0, 0))
        if kind in rules.FREE_TYPES:
            counts[category] = (free + count, billed)
            answers += count if kind == "free_customer_service" else 0
        else:
            counts[category] = (free, billed + count)
            cost += count * prices.get(SAME_AS.get(category, category), 0)
    return Month(counts, cost, answers)


def price_of(category: str, *, channel: Channel, day: date | None = None) -> int:
    """What one more message of `category` (service, utility, marketing, …) costs now; 0 while it is free.

    An estimate before the fact: WhatsApp's own count, which comes with the statuses, is what is added up.
    """
    day = day or current_shop().today()
    if channel.kind != ChannelKind.CLOUD:
        return 0
    if category == "service" and month(day, channel=channel).free_answers_left:
        return 0
    return rates(day).get(SAME_AS.get(category, category), 0)


def cap_allows(more: int, *, day: date | None = None) -> bool:
    """Whether spending `more` rupiah stays within the shop's monthly cap."""
    cap = sending_rules().monthly_cap
    return cap is None or month(day or current_shop().today()).cost + more <= cap
