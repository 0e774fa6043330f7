"""What a customer's page says of word of mouth and tastes."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from setia.core.prepared import prepared
from setia.customers.models import Customer
from setia.promotions.models import Referral, Sample
from setia.promotions.queries import referrals, samples


@dataclass(frozen=True)
class Spread:
    """Thanks that wait, and what somebody tasted."""

    waiting: list[Referral]
    tastes: list[Sample]


def on_page(customer_id: int) -> Spread:
    """One query of whom nothing is known, as of most; else two or three."""
    thanked, tasted = next(iter(_has(customer_id)), (False, False))
    return Spread(
        referrals.unused(customer_id) if thanked else [], samples.of_customer(customer_id, 3) if tasted else []
    )


@prepared
def _has(customer_id: int) -> QuerySet[Customer, tuple[bool, bool]]:
    thanked = Exists(Referral.objects.filter(teller_id=OuterRef("pk")))
    tasted = Exists(Sample.objects.filter(customer_id=OuterRef("pk")))
    return Customer.objects.filter(pk=customer_id).annotate(a=thanked, b=tasted).values_list("a", "b")
