"""Forms of accounts, of joining, and of a shop's settings."""

from setia.shops.forms.account import (
    AddPasskeyForm,
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    RenamePasskeyForm,
    SetPasswordForm,
)
from setia.shops.forms.hours import ClosureForm, HoursForm
from setia.shops.forms.joining import JoinForm, NewShopForm, SignUpForm
from setia.shops.forms.people import InviteForm, MemberForm, ProfileForm
from setia.shops.forms.shop import ShopForm

__all__ = [
    "AddPasskeyForm",
    "ChangePasswordForm",
    "ClosureForm",
    "HoursForm",
    "InviteForm",
    "JoinForm",
    "LoginForm",
    "MemberForm",
    "NewShopForm",
    "ProfileForm",
    "ReauthenticateForm",
    "RenamePasskeyForm",
    "SetPasswordForm",
    "ShopForm",
    "SignUpForm",
]
