"""A person's own account: what allauth has no page for."""

from typing import Any

from allauth.account.views import PasswordSetView
from allauth.decorators import rate_limit
from allauth.mfa.webauthn.views import LoginWebAuthnView
from allauth.usersessions.adapter import get_adapter as sessions_adapter
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from setia.shops import accounts, forms, queries
from setia.shops.rules import device_name


@require_safe
@never_cache
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Who is signed in, their shops, and everything about signing in."""
    user = request.user
    return render(
        request,
        "account/overview.html",
        {
            "memberships": queries.shops_of(user.pk),
            "passkeys": queries.passkey_count(user.pk),
            "has_password": user.has_usable_password(),
            "came_by_link": accounts.came_by_link(request.session),
        },
    )


@require_POST
@login_required
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign out on one other device."""
    session = queries.session_of(user_id=request.user.pk, pk=pk)
    if session is None:
        raise Http404
    if session.session_key == request.session.session_key:
        messages.error(request, _("This is the device in your hand. Use Sign out for it."))
    else:
        sessions_adapter().end_sessions([session])
        messages.success(request, _("Signed out there."))
    return redirect("usersessions_list")


@method_decorator([login_required, rate_limit(action="change_password")], name="dispatch")
class NewPasswordView(PasswordSetView):
    """A new password without the old one, for a short while after a one-time link."""

    form_class = forms.SetPasswordForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not accounts.came_by_link(request.session):
            return redirect("account_change_password")
        # Past the parent's own check, which sends whoever has a password to the page that asks for it.
        return super(PasswordSetView, self).dispatch(request, *args, **kwargs)


class SessionsView(ListUserSessionsView):
    """The devices on which one is signed in, each by a name one knows."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["devices"] = [(session, device_name(session.user_agent)) for session in reversed(context["sessions"])]
        return context


class PasskeyLoginView(LoginWebAuthnView):
    """allauth's, with an error that says what to do."""

    def form_invalid(self, form: Any) -> HttpResponse:
        messages.error(self.request, _("This passkey is not known here. Sign in with your password."))
        return redirect("account_login")
