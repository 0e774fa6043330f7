"""Pages of a person's own account, whatever the shop: allauth's views with our forms and our templates.

Only what people here can use. There is no e-mail, so nothing that allauth would send by it; new people come through
`/join/` and `/new/`.
"""

from allauth.account import views as account
from allauth.mfa.webauthn import views as passkeys
from django.conf import settings
from django.urls import path
from django.views.generic import RedirectView
from django.views.i18n import set_language

from setia.shops import forms
from setia.shops.views import own_account

urlpatterns = [
    path("", own_account.overview, name="account"),
    path("language/", set_language, name="set_language"),
    path(
        "login/",
        account.LoginView.as_view(form_class=forms.LoginForm, extra_context={"open_sign_up": settings.OPEN_SIGN_UP}),
        name="account_login",
    ),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path(
        "reauthenticate/",
        account.ReauthenticateView.as_view(form_class=forms.ReauthenticateForm),
        name="account_reauthenticate",
    ),
    path(
        "password/change/",
        account.PasswordChangeView.as_view(form_class=forms.ChangePasswordForm),
        name="account_change_password",
    ),
    path(
        "password/set/",
        account.PasswordSetView.as_view(form_class=forms.SetPasswordForm),
        name="account_set_password",
    ),
    path("password/new/", own_account.NewPasswordView.as_view(), name="account_new_password"),
    path("passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/all/", RedirectView.as_view(pattern_name="mfa_list_webauthn"), name="mfa_index"),
    path("passkeys/new/", passkeys.AddWebAuthnView.as_view(form_class=forms.AddPasskeyForm), name="mfa_add_webauthn"),
    path("passkeys/login/", own_account.PasskeyLoginView.as_view(), name="mfa_login_webauthn"),
    path("passkeys/reauthenticate/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path(
        "passkeys/<int:pk>/",
        passkeys.EditWebAuthnView.as_view(form_class=forms.RenamePasskeyForm),
        name="mfa_edit_webauthn",
    ),
    path("passkeys/<int:pk>/removal/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("sessions/", own_account.SessionsView.as_view(), name="usersessions_list"),
    path("sessions/<int:pk>/end/", own_account.end_session, name="end_session"),
]
