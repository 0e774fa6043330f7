"""What a customer's page says of word of mouth and tastes."""

from dataclasses import dataclass

from setia.promotions.models import Referral, Sample
from setia.promotions.queries import referrals, samples


@dataclass(frozen=True)
class Spread:
    """Thanks that wait, and what somebody tasted."""

    waiting: list[Referral]
    tastes: list[Sample]


def on_page(customer_id: int) -> Spread:
    """Two queries."""
    return Spread(referrals.unused(customer_id), samples.of_customer(customer_id, 3))
