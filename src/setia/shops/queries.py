"""Reads about shops and members."""

from datetime import date

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from setia.shops.models import Closure, Invitation, Member, Shop


def membership(*, user_id: int, slug: str) -> Member | None:
    """The user's membership of the shop at `slug`, with the shop; None when there is none (any more)."""
    # Across shops: this is what decides which shop may be opened.
    return (
        Member.across_shops.filter(user_id=user_id, removed_at=None, shop__slug=slug).select_related("shop").first()
    )


def shops_of(user_id: int) -> list[Member]:
    """Every membership of a user, oldest shop first, each with its shop."""
    # Across shops: the list from which a person picks one.
    rows = Member.across_shops.filter(user_id=user_id, removed_at=None)
    return list(rows.select_related("shop").order_by("shop_id"))


def members() -> QuerySet[Member]:
    """Members of the open shop, in the order they joined."""
    return Member.objects.filter(removed_at=None).order_by("pk")


def open_invitations() -> QuerySet[Invitation]:
    """Invitations of the open shop that nobody used yet, newest first."""
    return Invitation.objects.filter(used_at=None).order_by("-pk")


def closed_days(*, since: date, until: date) -> set[date]:
    """Days of the open shop between the two (inclusive) on which it was or will be closed."""
    return set(Closure.objects.filter(day__range=(since, until)).values_list("day", flat=True))


def username_taken(username: str) -> bool:
    """Whether somebody already signs in with this name."""
    return get_user_model().objects.filter(username__iexact=username).exists()


def all_shops() -> QuerySet[Shop]:
    """Every shop of the installation, for work that opens them one by one."""
    return Shop.objects.order_by("pk")
