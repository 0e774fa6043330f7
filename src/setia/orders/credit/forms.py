"""What is typed about debts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from setia.core import ids
from setia.orders.credit.actions import MONEY
from setia.orders.credit.rules import LONGEST_TEMPO
from setia.orders.models import PaymentMethod
from setia.web.forms import MoneyField

PAID_BY = [(value, label) for value, label in PaymentMethod.choices if value in MONEY]


class Once(forms.Form):
    """A form with the key that makes sending it twice one entry."""

    device_key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, **options: Any) -> None:
        options["initial"] = {"device_key": ids.public_token()} | (options.get("initial") or {})
        super().__init__(*args, **options)


class RepayForm(Once):
    """Money for what is owed."""

    amount = MoneyField(label=_("Amount"), min_value=1)
    method = forms.ChoiceField(
        label=_("Paid by"), choices=PAID_BY, initial=PaymentMethod.CASH, widget=forms.RadioSelect
    )
    note = forms.CharField(label=_("Note"), max_length=120, required=False)


class OpeningForm(Once):
    """What was owed before."""

    amount = MoneyField(label=_("Amount"), min_value=1)
    due_on = forms.DateField(
        label=_("To be paid by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Empty: by the usual number of days."),
    )
    note = forms.CharField(label=_("Note"), max_length=120, required=False)


class LetGoForm(Once):
    """A part that the shop lets go of."""

    amount = MoneyField(label=_("Amount"), min_value=1)
    note = forms.CharField(label=_("Why?"), max_length=120, required=False)


class TermsForm(forms.Form):
    """How long and how much."""

    tempo_days = forms.IntegerField(
        label=_("To be paid after how many days"),
        min_value=0,
        max_value=LONGEST_TEMPO,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    limit = MoneyField(label=_("At most on credit"), required=False, help_text=_("Empty: no limit."))
