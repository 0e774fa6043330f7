"""What the owner says about the reports."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from setia.web.forms import MoneyField, PhoneField


def _count(label: Any) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(label=label, min_value=1, max_value=10**9, required=False, widget=widget)


class GoalsForm(forms.Form):
    """One field per measure (`segments.rules.MEASURES`); empty: no goal."""

    loyal = _count(_("Loyal customers"))
    satisfied = forms.IntegerField(
        label=_("Content, of 100 who say how it tasted"),
        min_value=1,
        max_value=100,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    buyers = _count(_("People who buy in four weeks"))
    sales = MoneyField(label=_("Sales in four weeks"), min_value=1, required=False)
    per_hour = forms.DecimalField(
        label=_("Orders per hour of work"),
        min_value=Decimal("0.1"),
        max_value=1000,
        decimal_places=1,
        required=False,
        localize=True,
    )

    def targets(self) -> dict[str, Decimal | None]:
        """What was typed, by measure; None where nothing stands."""
        given = {name: self.cleaned_data.get(name) for name in self.fields}
        return {name: None if value is None else Decimal(value) for name, value in given.items()}


class LetterForm(forms.Form):
    """Whether and when the letter comes, and to whom."""

    on = forms.BooleanField(label=_("Write me a letter every Monday"), required=False)
    hour = forms.TypedChoiceField(label=_("At"), choices=[(hour, f"{hour:02}.00") for hour in range(3, 23)], coerce=int)
    phone = PhoneField(label=_("My WhatsApp number (empty: the shop's)"), required=False)
