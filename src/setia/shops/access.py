"""The door: who may enter which page. An object of another shop does not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from setia.shops import queries
from setia.shops.models import Closure, Invitation, Member, Shop
from setia.shops.rules import Right, may

View = Callable[..., HttpResponse]


class ShopRequest(HttpRequest):
    """A request inside a shop, as `ShopMiddleware` hands it on. For annotations."""

    shop: Shop
    member: Member
    section: str
    htmx: Any


def require(request: HttpRequest, right: Right) -> None:
    """Raise PermissionDenied (403) unless the member of this request has `right`."""
    if not may(request.member.role, right):  # type: ignore[attr-defined]
        raise PermissionDenied


def door(right: Right, *, section: str = "") -> Callable[[View], View]:
    """Decorate a view of the shop: members without `right` get 403; `section` marks the menu entry."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: ShopRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            require(request, right)
            request.section = section
            return view(request, *args, **kwargs)

        guarded.right = right  # type: ignore[attr-defined]  # the sweep test reads it
        return guarded

    return decorate


def get_member(request: ShopRequest, pk: int, *, former: bool = False) -> Member:
    """A member of this shop (`former`: one who left), or 404."""
    member: Member = get_object_or_404(queries.former_members() if former else queries.members(), pk=pk)
    return member


def get_invitation(request: ShopRequest, pk: int) -> Invitation:
    """An unused invitation of this shop, or 404."""
    invitation: Invitation = get_object_or_404(queries.open_invitations(), pk=pk)
    return invitation


def get_closure(request: ShopRequest, pk: int) -> Closure:
    """A closed day of this shop, or 404."""
    closure: Closure = get_object_or_404(queries.all_closures(), pk=pk)
    return closure
