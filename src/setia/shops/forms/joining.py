"""Coming in: a new person with a name and a password, with or without a new shop."""

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from setia.shops.forms.account import password_input


class _NewPerson(forms.Form):
    username = forms.CharField(
        label=_("Name you sign in with"),
        max_length=150,
        help_text=_("Letters and digits without spaces, such as harti or 08123456789."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        help_text=_("At least 8 characters. A few words in a row are easy to remember."),
        widget=password_input("new-password"),
    )

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"]
        try:
            return str(get_adapter().clean_username(name))
        except ValidationError as error:
            if getattr(error, "code", "") == "invalid":
                raise ValidationError(
                    gettext("Use letters, digits and . - _ @ only, without spaces."), code="invalid"
                ) from error
            raise

    def clean_password(self) -> str:
        return str(get_adapter().clean_password(self.cleaned_data["password"]))


class JoinForm(_NewPerson):
    """A helper who has no account yet."""


class NewShopForm(forms.Form):
    """A further shop of somebody who is signed in."""

    shop_name = forms.CharField(
        label=_("Name of the shop"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    owner_name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        help_text=_("As people call you, such as Bu Harti."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class SignUpForm(NewShopForm, _NewPerson):
    """A new person who opens a shop."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.order_fields(["shop_name", "owner_name", "username", "password"])
