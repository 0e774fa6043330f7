"""Doors of customers: what belongs to another shop does not exist."""

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from setia.core.prepared import prepared
from setia.customers.models import (
    Breach,
    Customer,
    Household,
    Identity,
    ImportRun,
    MergeRecord,
    Occasion,
    Preference,
    PrivacyRequest,
    Relation,
    SamePair,
)
from setia.shops.access import ShopRequest, require
from setia.shops.public import PublicRequest
from setia.shops.rules import Right


def get_customer(request: ShopRequest, pk: int, *, write: bool = False) -> Customer:
    """The customer of this shop, or 404; with `write` only for members who may sell."""
    if write:
        require(request, Right.SELL)
    found = next(iter(_customer(pk)), None)
    if found is None:
        raise Http404
    return found


@prepared
def _customer(pk: int) -> QuerySet[Customer]:
    return Customer.objects.filter(pk=pk).select_related("referred_by", "household")


def get_identity(request: ShopRequest, pk: int) -> Identity:
    """A current identity with its customer, or 404."""
    return get_object_or_404(Identity.objects.select_related("customer"), pk=pk, superseded_at=None)


def get_occasion(request: ShopRequest, pk: int) -> Occasion:
    """A yearly day with its customer, or 404."""
    return get_object_or_404(Occasion.objects.select_related("customer"), pk=pk)


def get_run(request: ShopRequest, pk: int) -> ImportRun:
    """A file that was brought in, or 404."""
    return get_object_or_404(ImportRun.objects.select_related("by"), pk=pk)


def get_pair(request: ShopRequest, pk: int) -> SamePair:
    """Two who may be one, or 404."""
    return get_object_or_404(SamePair.objects.select_related("first", "second"), pk=pk)


def get_merge(request: ShopRequest, pk: int) -> MergeRecord:
    """A merge, or 404."""
    return get_object_or_404(MergeRecord.objects.select_related("kept", "gone"), pk=pk)


def get_household(request: ShopRequest, pk: int) -> Household:
    """A household, or 404."""
    return get_object_or_404(Household.objects.all(), pk=pk)


def get_relation(request: ShopRequest, pk: int) -> Relation:
    """What two people are to each other, or 404."""
    return get_object_or_404(Relation.objects.select_related("customer", "other"), pk=pk)


def get_preference(request: ShopRequest, pk: int) -> Preference:
    """A like, dislike or allergy, or 404."""
    return get_object_or_404(Preference.objects.select_related("customer"), pk=pk)


def get_wish(request: ShopRequest, pk: int) -> PrivacyRequest:
    """What a customer asked about their data, or 404."""
    return get_object_or_404(PrivacyRequest.objects.select_related("customer", "taken_by", "done_by"), pk=pk)


def get_breach(request: ShopRequest, pk: int) -> Breach:
    """A loss of data that was written down, or 404."""
    return get_object_or_404(Breach.objects.all(), pk=pk)


def get_own(request: PublicRequest) -> Customer:
    """The customer whose public link this is, or 404 when nothing is kept about them any more."""
    return get_object_or_404(Customer.objects.all(), pk=request.object_id, erased_at=None, merged_into=None)
