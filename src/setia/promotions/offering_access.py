"""Doors of offers and campaigns: what belongs to another shop does not exist."""

from typing import Any

from django.http import Http404, HttpRequest

from setia.promotions.models import Campaign, Launch, Offer, Voucher
from setia.promotions.queries import campaigns, launches, offers


def get_campaign(request: HttpRequest, pk: int) -> Campaign:
    """A campaign, or 404."""
    return _or_404(campaigns.any_campaign(pk))


def get_offer(request: HttpRequest, pk: int) -> Offer:
    """An offer, ended or not, or 404."""
    return _or_404(offers.offer(pk))


def get_voucher(request: HttpRequest, pk: int) -> Voucher:
    """A code, or 404."""
    return _or_404(offers.voucher(pk))


def _or_404(found: Any) -> Any:
    if found is None:
        raise Http404
    return found


def get_launch(request: HttpRequest, pk: int) -> Launch:
    """Something new, put away or not, or 404."""
    return _or_404(launches.launch(pk))
