"""How allauth is used here.

People come in by invitation or by opening a shop, never through allauth's own sign-up; nothing is sent by e-mail. A
passkey is another way in, not a second lock: who loses the phone with the passkey still has the password, and who
forgets the password gets a one-time link from the owner.
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import perform_login
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from setia.core import clock
from setia.shops import queries
from setia.web.links import shop_url, site_url

# Who came by a link may choose a new password without the old one, for this long.
NEW_PASSWORD_SECONDS = 30 * 60
_CAME_BY_LINK = "came_by_link_at"
# How often it is written down that a device is in use.
_SEEN_SECONDS = 60 * 60


# What is said after allauth did something, in place of its own texts; an empty text says nothing.
_SAID = {
    "account/messages/logged_in.txt": "",
    "account/messages/logged_out.txt": _("You are signed out."),
    "account/messages/password_changed.txt": _("The new password counts from now on. Other devices are signed out."),
    "account/messages/password_set.txt": _("The password is saved. With it you can come back at any time."),
    "mfa/messages/webauthn_added.txt": _("The passkey is ready. Try it the next time you sign in."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
    "usersessions/messages/sessions_logged_out.txt": _("Signed out on all other devices."),
}


class Adapter(DefaultAccountAdapter):
    """After sign-in one lands in one's shop; errors say what to do."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account was closed. Ask the owner of your shop."),
        "username_password_mismatch": _("This name and password do not belong together. Check both and try again."),
        "email_password_mismatch": _("This e-mail and password do not belong together. Check both and try again."),
        "too_many_login_attempts": _("That was wrong too often. Wait five minutes, then try again."),
        "enter_current_password": _("This is not your password of now. Try again."),
        "incorrect_password": _("This is not your password. Try again."),
        "username_blacklisted": _("This name cannot be used. Choose another."),
        "username_taken": _("Somebody already signs in with this name. Choose another."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        if message_template in _SAID:
            message_template, message = None, str(_SAID[message_template])
        super().add_message(request, level, message_template, message_context, extra_tags, message)

    def get_login_stages(self) -> list[str]:
        return [stage for stage in super().get_login_stages() if not stage.startswith("allauth.mfa.")]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return home_of(request.user)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        request.session.pop(_CAME_BY_LINK, None)
        return site_url("account")

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that counts when attempts are counted: behind our proxy, the one the proxy saw."""
        forwarded = request.headers.get("X-Forwarded-For", "")
        if settings.SECURE_PROXY_SSL_HEADER and forwarded:
            return forwarded.rpartition(",")[2].strip()
        return str(super().get_client_ip(request))


def home_of(user: Any) -> str:
    """Where a signed-in user starts: her shop, or the page that lists her shops."""
    shops = queries.shops_of(user.pk)
    return shop_url(shops[0].shop.slug, "desk:home") if len(shops) == 1 else site_url("home")


def sign_in(request: HttpRequest, user: Any, *, to: str = "", by_link: bool = False) -> HttpResponse:
    """Sign `user` in and go `to` (default: her start). `by_link` lets her choose a new password for a while."""
    response = perform_login(request, user, redirect_url=to or None)
    if by_link and request.user.is_authenticated:
        request.session[_CAME_BY_LINK] = clock.now().timestamp()
    return response


def came_by_link(session: SessionBase) -> bool:
    """Whether this session was opened by a one-time link a short while ago."""
    at = session.get(_CAME_BY_LINK)
    return at is not None and clock.now().timestamp() - at < NEW_PASSWORD_SECONDS


def note_use(request: HttpRequest) -> None:
    """Write down that this device is in use, at most once an hour: pages that are only read write nothing else."""
    key = request.session.session_key
    if key and cache.add(f"seen:{key}", True, _SEEN_SECONDS):
        UserSession.objects.filter(session_key=key).update(last_seen_at=clock.now())
