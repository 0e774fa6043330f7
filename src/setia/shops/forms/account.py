"""allauth's forms in our words: labels, hints, one password field where one is enough."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.utils.translation import gettext_lazy as _

FORGOTTEN = _("Forgotten? The owner of your shop can give you a link that signs you in.")


def password_input(autocomplete: str) -> forms.PasswordInput:
    """A password field that can show what was typed (`reveal.js` reads the two words)."""
    return forms.PasswordInput(
        attrs={"autocomplete": autocomplete, "data-show": _("Show"), "data-hide": _("Hide")}, render_value=False
    )


def _set_up(field: forms.Field, *, label: Any, help_text: Any = "", autocomplete: str) -> None:
    field.label, field.help_text = label, help_text
    field.widget = password_input(autocomplete)
    field.widget.is_required = field.required


class LoginForm(account.LoginForm):
    """Name (or e-mail) and password."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["login"] = forms.CharField(
            label=_("Name you sign in with"),
            max_length=150,
            widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        )
        _set_up(self.fields["password"], label=_("Password"), help_text=FORGOTTEN, autocomplete="current-password")
        self.order_fields(["login", "password"])


class ReauthenticateForm(account.ReauthenticateForm):
    """The password once more."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _set_up(self.fields["password"], label=_("Password"), autocomplete="current-password")


class SetPasswordForm(account.SetPasswordForm):
    """A first or a new password; typed once, since it can be shown."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["password2"]
        _set_up(
            self.fields["password1"],
            label=_("New password"),
            help_text=_("At least 8 characters. A few words in a row are easy to remember."),
            autocomplete="new-password",
        )


class ChangePasswordForm(account.ChangePasswordForm):
    """The password of now and the new one."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["password2"]
        _set_up(
            self.fields["oldpassword"],
            label=_("Password of now"),
            help_text=FORGOTTEN,
            autocomplete="current-password",
        )
        _set_up(
            self.fields["password1"],
            label=_("New password"),
            help_text=_("At least 8 characters. A few words in a row are easy to remember."),
            autocomplete="new-password",
        )


class AddPasskeyForm(passkeys.AddWebAuthnForm):
    """A passkey of this device, by a name that tells devices apart."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options["initial"] = {"name": "", "passwordless": True} | (options.get("initial") or {})
        super().__init__(*args, **options)
        self.fields["name"].label = _("Name of this device")
        self.fields["name"].help_text = _("For example: my phone. It tells your passkeys apart.")
        self.fields["name"].max_length = 60
        self.fields["name"].widget.attrs |= {"maxlength": 60, "autocomplete": "off"}
        # A passkey here always signs in by itself.
        self.fields["passwordless"].widget = forms.HiddenInput()

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()[:60]
        return name or str(_("My device"))


class RenamePasskeyForm(passkeys.EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"].label = _("Name of this device")
        self.fields["name"].max_length = 60
        self.fields["name"].widget.attrs |= {"maxlength": 60, "autocomplete": "off"}
