"""What is typed about celebrations."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ShiftForm(forms.Form):
    """The day on which it begins here."""

    starts = forms.DateField(
        label=_("It begins here on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
