"""What is typed about bazaars."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from setia.core.scope import current_shop
from setia.web.forms import MoneyField, PhoneField


class BazaarForm(forms.Form):
    """The plan."""

    name = forms.CharField(label=_("What people call it"), max_length=80)
    place = forms.CharField(label=_("Where"), max_length=120, required=False)
    district = forms.CharField(label=_("District"), max_length=60, required=False)
    starts_on = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    ends_on = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    goal_people = forms.IntegerField(label=_("How many new people to meet"), min_value=0, required=False)
    goal_sales = MoneyField(label=_("How much to sell"), required=False)
    opening_cash = MoneyField(label=_("Small change taken along"), required=False)
    note = forms.CharField(label=_("Note"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def values(self) -> dict[str, Any]:
        """The keywords of the actions."""
        data = dict(self.cleaned_data)
        data["ends_on"] = data["ends_on"] or data["starts_on"]
        return data | {name: data[name] or 0 for name in ("goal_people", "goal_sales", "opening_cash")}


class JoinForm(forms.Form):
    """What somebody writes about themselves at the stall's poster."""

    name = forms.CharField(label=_("Your name"), max_length=120)
    phone = PhoneField(label=_("Your WhatsApp number"))
    agrees = forms.BooleanField(label=_("Yes, you may send me news and offers on WhatsApp."), required=False)


def count_form(data: Any, money: list[Any], boxes: list[Any]) -> forms.Form:
    """Fields for what was counted: `money-cash`, `boxes-12`."""
    form = forms.Form(data)
    for one in money:
        form.fields[f"money-{one.key}"] = MoneyField(label=one.label, required=False, initial=one.counted)
    for one in boxes:
        form.fields[f"boxes-{one.key}"] = forms.IntegerField(
            label=one.label, min_value=0, max_value=100_000, required=False, initial=one.counted,
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        )  # fmt: skip
    return form


def today_first() -> dict[str, Any]:
    """A new plan begins today."""
    return {"starts_on": current_shop().today()}
