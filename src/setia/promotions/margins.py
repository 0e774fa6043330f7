"""What is left of sales: the owner's share, until recipes say it."""

from setia.promotions.models import InviteRules
from setia.promotions.rules.spending import margin


def percent() -> int:
    """What is left of a hundred rupiah of sales after ingredients."""
    rules = InviteRules.objects.first() or InviteRules()
    return rules.margin_percent


def of_sales(sales: int) -> int:
    """The margin of so much sold."""
    return margin(sales, percent())
