"""Reads about what customers asked, losses of data, and the record of processing."""

from datetime import datetime

from django.db.models import QuerySet

from setia.customers.models import BookRules, Breach, Customer, PrivacyRequest
from setia.customers.privacy.retention import rules_of_shop


def open_wishes() -> list[PrivacyRequest]:
    """What waits for an answer, the most urgent first."""
    rows = PrivacyRequest.objects.filter(done_at=None).select_related("customer", "taken_by")
    return list(rows.order_by("due_at", "pk"))


def open_wishes_of(customer_id: int) -> list[PrivacyRequest]:
    """What this customer waits for."""
    return list(PrivacyRequest.objects.filter(done_at=None, customer=customer_id).order_by("due_at", "pk"))


def answered(limit: int = 20) -> list[PrivacyRequest]:
    """What was answered, the latest first."""
    rows = PrivacyRequest.objects.exclude(done_at=None).select_related("customer", "done_by")
    return list(rows.order_by("-done_at", "-pk")[:limit])


def due_before(moment: datetime, customer_id: int | None = None) -> QuerySet[PrivacyRequest]:
    """Open wishes whose time ends before `moment`; of one customer when given."""
    rows = PrivacyRequest.objects.filter(done_at=None, due_at__lte=moment).select_related("customer")
    return rows if customer_id is None else rows.filter(customer=customer_id)


def breaches() -> list[Breach]:
    """Losses of data, the latest first."""
    return list(Breach.objects.select_related("by").order_by("-found_at", "-pk"))


def open_breaches() -> list[Breach]:
    """Those of which somebody has not been told yet."""
    return [breach for breach in breaches() if not (breach.agency_told_at and breach.people_told_at)]


def book_rules() -> BookRules:
    """The rules of the shop's customer book."""
    return rules_of_shop()


def restricted() -> list[Customer]:
    """Whose data is only kept."""
    rows = Customer.objects.exclude(restricted_at=None).filter(erased_at=None, merged_into=None)
    return list(rows.order_by("-restricted_at"))
