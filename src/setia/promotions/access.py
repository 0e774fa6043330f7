"""Doors of promotions: what belongs to another shop does not exist."""

from django.http import Http404, HttpRequest

from setia.customers import queries as people
from setia.customers.models import Customer
from setia.promotions.models import Bazaar, BazaarTask, ReferralCode, Sample, Spending
from setia.promotions.queries import bazaars, referrals, samples, spending


def get_bazaar(request: HttpRequest, pk: int) -> Bazaar:
    """A bazaar, taken out or not, or 404."""
    if (found := bazaars.bazaar(pk)) is None:
        raise Http404
    return found


def get_task(request: HttpRequest, bazaar: int, pk: int) -> BazaarTask:
    """A line of a bazaar's checklist, or 404."""
    if (found := bazaars.task(bazaar, pk)) is None:
        raise Http404
    return found


def get_spending(request: HttpRequest, pk: int) -> Spending:
    """What was spent once, or 404."""
    if (found := spending.spending(pk)) is None:
        raise Http404
    return found


def get_sample(request: HttpRequest, pk: int) -> Sample:
    """A taste, or 404."""
    if (found := samples.sample(pk)) is None:
        raise Http404
    return found


def get_code(request: HttpRequest, pk: int) -> ReferralCode:
    """The code of a person who is still in the book, or 404."""
    found = referrals.code(pk)
    if found is None or found.customer.erased_at or found.customer.merged_into_id:
        raise Http404
    return found


def get_person(request: HttpRequest, pk: int) -> Customer:
    """Somebody of the book, or 404."""
    found = people.everybody().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
