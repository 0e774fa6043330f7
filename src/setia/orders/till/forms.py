"""What is typed when the till is counted."""

from django import forms
from django.utils.translation import gettext_lazy as _

from setia.web.forms import MoneyField


class CountForm(forms.Form):
    """What was in it, what was taken out, what was counted."""

    opening = MoneyField(label=_("In the till in the morning"))
    taken_out = MoneyField(label=_("Taken out during the day"), required=False)
    counted = MoneyField(label=_("Counted now"))
    note = forms.CharField(label=_("Note"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))
