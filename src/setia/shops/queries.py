"""Reads about shops and members."""

from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from setia.core import clock, ids
from setia.core.prepared import prepared
from setia.shops.models import Closure, Invitation, LoginLink, Member, Shop


def membership(*, user_id: int, slug: str) -> Member | None:
    """The user's membership of the shop at `slug`, with the shop; None when there is none (any more)."""
    # Across shops: this is what decides which shop may be opened.
    return next(iter(_memberships(user_id, slug)), None)


@prepared
def _memberships(user_id: int, slug: str) -> QuerySet[Member]:
    rows = Member.across_shops.filter(user_id=user_id, removed_at=None, shop__slug=slug)
    return rows.select_related("shop").order_by("pk")[:1]


def shops_of(user_id: int) -> list[Member]:
    """Every membership of a user, oldest shop first, each with its shop."""
    # Across shops: the list from which a person picks one.
    rows = Member.across_shops.filter(user_id=user_id, removed_at=None)
    return list(rows.select_related("shop").order_by("shop_id"))


def members() -> QuerySet[Member]:
    """Members of the open shop, in the order they joined."""
    return Member.objects.filter(removed_at=None).order_by("pk")


def former_members() -> QuerySet[Member]:
    """Members who left the open shop, latest first."""
    return Member.objects.exclude(removed_at=None).order_by("-removed_at")


def everybody_ever() -> list[Member]:
    """Members of the open shop and those who left, by name: who did something is named for ever."""
    return list(Member.objects.order_by("name", "pk"))


def usernames(user_ids: list[int]) -> dict[int, str]:
    """The name each of these users signs in with."""
    return dict(get_user_model().objects.filter(pk__in=user_ids).values_list("pk", "username"))


def open_invitations() -> QuerySet[Invitation]:
    """Invitations of the open shop that nobody used yet, newest first."""
    return Invitation.objects.filter(used_at=None).order_by("-pk")


def valid_invitation(token: str) -> Invitation | None:
    """The invitation a link opens, with its shop; None when it was used, withdrawn or ran out."""
    # Across shops: whoever holds the token is not in the shop yet.
    return (
        Invitation.across_shops.filter(token_digest=ids.digest(token), used_at=None, expires_at__gt=clock.now())
        .select_related("shop", "invited_by")
        .first()
    )


def user_of_link(token: str) -> Any | None:
    """The user a login link would sign in; None when it was used or ran out. Reading does not use it up."""
    link = LoginLink.objects.filter(token_digest=ids.digest(token), used_at=None, expires_at__gt=clock.now()).first()
    return get_user_model().objects.filter(pk=link.user_id).first() if link else None


def all_closures() -> QuerySet[Closure]:
    """Days on which the open shop was or will be closed, in order."""
    return Closure.objects.order_by("day")


def closures(*, since: date) -> list[Closure]:
    """Days on which the open shop is closed, from `since` on."""
    return list(all_closures().filter(day__gte=since))


def closed_days(*, since: date, until: date) -> set[date]:
    """Days of the open shop between the two (inclusive) on which it was or will be closed."""
    return set(Closure.objects.filter(day__range=(since, until)).values_list("day", flat=True))


def passkey_count(user_id: int) -> int:
    """How many passkeys the user has."""
    return Authenticator.objects.filter(user_id=user_id, type=Authenticator.Type.WEBAUTHN).count()


def session_of(*, user_id: int, pk: int) -> UserSession | None:
    """One of the user's own sessions."""
    return UserSession.objects.filter(user_id=user_id, pk=pk).first()


def all_shops() -> QuerySet[Shop]:
    """Every shop of the installation, for work that opens them one by one."""
    return Shop.objects.order_by("pk")
