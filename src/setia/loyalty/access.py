"""Doors of loyalty: what belongs to another shop does not exist."""

from django.http import Http404, HttpRequest

from setia.customers.models import Customer
from setia.loyalty import queries
from setia.loyalty.models import Redemption, Reward, Tier


def get_reward(request: HttpRequest, pk: int) -> Reward:
    """A reward, given or not any more, or 404."""
    found = queries.reward(pk)
    if found is None:
        raise Http404
    return found


def get_tier(request: HttpRequest, pk: int) -> Tier:
    """A tier, or 404."""
    found = queries.tier(pk)
    if found is None:
        raise Http404
    return found


def get_redemption(request: HttpRequest, pk: int) -> Redemption:
    """A reward that was taken, or 404."""
    found = queries.redemption(pk)
    if found is None:
        raise Http404
    return found


def get_holder(request: HttpRequest, token: str) -> Customer:
    """Whose card has this code, or 404."""
    found = queries.holder(token)
    if found is None:
        raise Http404
    return found
