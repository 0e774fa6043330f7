"""Doors to complaints, offers, suggestions: another shop's do not exist."""

from django.shortcuts import get_object_or_404

from setia.care import queries
from setia.care.models import Complaint, Elsewhere, Improvement, Settlement, Suggestion, Voice
from setia.customers.models import Customer
from setia.shops.access import ShopRequest


def get_complaint(request: ShopRequest, pk: int) -> Complaint:
    """A complaint, or 404."""
    complaint: Complaint = get_object_or_404(queries.complaints(), pk=pk)
    return complaint


def get_settlement(request: ShopRequest, pk: int) -> Settlement:
    """What was offered, or 404."""
    row: Settlement = get_object_or_404(Settlement.objects.select_related("complaint"), pk=pk)
    return row


def get_improvement(request: ShopRequest, pk: int) -> Improvement:
    """Something against a cause, or 404."""
    row: Improvement = get_object_or_404(Improvement.objects.all(), pk=pk)
    return row


def get_suggestion(request: ShopRequest, pk: int) -> Suggestion:
    """A topic, or 404."""
    row: Suggestion = get_object_or_404(queries.suggestions(), pk=pk)
    return row


def get_joined(request: ShopRequest, pk: int) -> Suggestion:
    """A topic that was joined to another, or 404."""
    row: Suggestion = get_object_or_404(Suggestion.objects.exclude(merged_into=None), pk=pk)
    return row


def get_voice(request: ShopRequest, pk: int) -> Voice:
    """Somebody's wish, or 404."""
    row: Voice = get_object_or_404(Voice.objects.select_related("suggestion"), pk=pk)
    return row


def get_customer(request: ShopRequest, pk: int) -> Customer:
    """A customer, or 404."""
    row: Customer = get_object_or_404(Customer.objects.all(), pk=pk)
    return row


def get_elsewhere(request: ShopRequest, pk: int) -> Elsewhere:
    """What somebody told, or 404."""
    row: Elsewhere = get_object_or_404(Elsewhere.objects.all(), pk=pk)
    return row
