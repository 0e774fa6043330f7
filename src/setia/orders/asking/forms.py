"""What a stranger types to order."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from setia.core import ids
from setia.orders.asking.rules import FURTHEST_DAYS
from setia.web.forms import PhoneField


class AskForm(forms.Form):
    """Name, number, day. `website` is seen by machines only: who fills it in is none of ours."""

    name = forms.CharField(label=_("Your name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = PhoneField(label=_("Your WhatsApp number"), widget=forms.TextInput(attrs={"autocomplete": "tel"}))
    due_on = forms.DateField(
        label=_("For which day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    note = forms.CharField(label=_("Note"), max_length=150, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    website = forms.CharField(required=False, max_length=200)
    device_key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, first: date, **options: Any) -> None:
        options["initial"] = {"device_key": ids.public_token(), "due_on": first} | (options.get("initial") or {})
        super().__init__(*args, **options)
        last = first + timedelta(days=FURTHEST_DAYS)
        self.fields["due_on"].widget.attrs |= {"min": first.isoformat(), "max": last.isoformat()}
