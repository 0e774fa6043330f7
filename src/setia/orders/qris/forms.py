"""What is typed about the shop's code and accounts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from setia.orders.models import AccountKind


class CodeForm(forms.Form):
    """The text that stands in the printed code."""

    payload = forms.CharField(
        label=_("Text of the QRIS code"),
        max_length=600,
        widget=forms.Textarea(
            attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false", "placeholder": "000201…"}
        ),
        help_text=_("Scan the printed code with a scanner app and paste the text here; it begins with 000201."),
    )


class AccountForm(forms.Form):
    """A bank account or e-wallet."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=AccountKind.choices, initial=AccountKind.BANK, widget=forms.RadioSelect
    )
    name = forms.CharField(
        label=_("Bank or e-wallet"), max_length=40, widget=forms.TextInput(attrs={"placeholder": "BRI"})
    )
    number = forms.CharField(label=_("Number"), max_length=40, widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    holder = forms.CharField(label=_("In the name of"), max_length=60, required=False)
