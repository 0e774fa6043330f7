"""Members: invited, changed, and what one changes about oneself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from setia.shops.models import Language, Member, Role
from setia.shops.words import role_choices
from setia.web.widgets import Options

_AS_BROWSER = ("", _("As the browser"))


class InviteForm(forms.Form):
    """Who may come in, and as what."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("As people call them, such as Dewi or Mas Yoga."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("What they may do"), choices=role_choices, initial=Role.CASHIER, widget=Options)


class MemberForm(InviteForm):
    """A member as the owner sees them."""

    language = forms.ChoiceField(label=_("Language"), choices=[_AS_BROWSER, *Language.choices], required=False)

    def __init__(self, *args: Any, member: Member, **options: Any) -> None:
        initial = {"name": member.name, "role": member.role, "language": member.language}
        super().__init__(*args, initial=initial, **options)


class ProfileForm(forms.Form):
    """What one may change about oneself in a shop."""

    name = forms.CharField(label=_("Your name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(label=_("Language"), choices=[_AS_BROWSER, *Language.choices], required=False)

    def __init__(self, *args: Any, member: Member, **options: Any) -> None:
        super().__init__(*args, initial={"name": member.name, "language": member.language}, **options)
