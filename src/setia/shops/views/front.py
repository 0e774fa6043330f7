"""The front of the site: the landing page, coming in by a link, opening a shop."""

from typing import Any

from allauth.decorators import rate_limit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from setia.core.errors import DomainError
from setia.shops import accounts, actions, forms, queries
from setia.shops.models import Member
from setia.shops.rules import may_open_shop
from setia.web.forms import add_domain_error, refusals
from setia.web.links import shop_url


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """To the shop; the list of shops when there are several; a word of welcome for who is not signed in."""
    if not request.user.is_authenticated:
        return render(request, "shops/landing.html", {"open_sign_up": settings.OPEN_SIGN_UP})
    memberships = queries.shops_of(request.user.pk)
    if len(memberships) == 1:
        return redirect(shop_url(memberships[0].shop.slug, "desk:home"))
    context = {"memberships": memberships, "may_open": _may_open(memberships)}
    return render(request, "shops/choose.html", context)


def _may_open(memberships: list[Member]) -> bool:
    return may_open_shop(open_sign_up=settings.OPEN_SIGN_UP, roles=[member.role for member in memberships])


# --- One-time links ---------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@rate_limit(action="login")
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """A one-time link. Looking at it (as a chat does for its preview) uses nothing up; the button does."""
    if request.method == "POST":
        try:
            user = actions.use_login_link(token=token)
        except DomainError:
            return render(request, "shops/link_used.html", status=410)
        return accounts.sign_in(request, user, by_link=True)
    user = queries.user_of_link(token)
    if user is None:
        return render(request, "shops/link_used.html", status=410)
    return render(request, "shops/sign_in_link.html", {"username": user.get_username()})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@rate_limit(action="signup")
def join(request: HttpRequest, token: str) -> HttpResponse:
    """An invitation: who invites to what; with the account one has, or with a new one."""
    invitation = queries.valid_invitation(token)
    if invitation is None:
        return render(request, "shops/invitation_used.html", status=410)
    signed_in = request.user.is_authenticated
    form = None if signed_in else forms.JoinForm(request.POST or None)
    if request.method == "POST":
        start = shop_url(invitation.shop.slug, "desk:home")
        try:
            if form is None:
                actions.accept_invitation(invitation=invitation, user_id=request.user.pk)
                return redirect(start)
            if form.is_valid():
                user, _member = actions.join(invitation=invitation, **form.cleaned_data)
                return accounts.sign_in(request, user, to=start)
        except DomainError as error:
            if form is None:
                messages.error(request, str(error))
                return redirect(start if error.code == "already_member" else request.path)
            add_domain_error(form, error)
    return render(request, "shops/join.html", {"invitation": invitation, "form": form})


# --- A new shop -------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@rate_limit(action="signup")
def new_shop(request: HttpRequest) -> HttpResponse:
    """Open a shop: whoever owns one already, and anybody where the installation says so."""
    signed_in = request.user.is_authenticated
    memberships = queries.shops_of(request.user.pk) if signed_in else []
    if not _may_open(memberships):
        if not signed_in:
            return redirect_to_login(request.get_full_path())
        return render(request, "shops/new_closed.html", status=403)
    form = _new_shop_form(request, memberships)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            return _open_shop(request, form.cleaned_data)
    return render(request, "shops/new.html", {"form": form, "signed_in": signed_in})


def _new_shop_form(request: HttpRequest, memberships: list[Member]) -> forms.NewShopForm:
    if not request.user.is_authenticated:
        return forms.SignUpForm(request.POST or None)
    initial = {"owner_name": memberships[0].name} if memberships else {}
    return forms.NewShopForm(request.POST or None, initial=initial)


def _open_shop(request: HttpRequest, data: dict[str, Any]) -> HttpResponse:
    language = get_language() or "id"
    if request.user.is_authenticated:
        shop = actions.open_new_shop(
            name=data["shop_name"], owner_name=data["owner_name"], user_id=request.user.pk, language=language
        )
        messages.success(request, _("%(shop)s is open.") % {"shop": shop.name})
        return redirect(shop_url(shop.slug, "desk:home"))
    user, shop = actions.sign_up(**data, language=language)
    return accounts.sign_in(request, user, to=shop_url(shop.slug, "desk:home"))
