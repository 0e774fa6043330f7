"""What is typed about goals for places."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from setia.core import places
from setia.customers.privacy.queries import book_rules
from setia.promotions.queries.places import regencies_of


class GoalForm(forms.Form):
    """How many customers, by when."""

    customers = forms.IntegerField(
        label=_("How many customers"), min_value=1, max_value=100_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    by_day = forms.DateField(label=_("By"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def values(self) -> dict[str, Any]:
        """The keywords of `change_goal`."""
        return dict(self.cleaned_data)


class NewGoalForm(GoalForm):
    """And where."""

    place = forms.ChoiceField(label=_("Place"))
    field_order = ("place", "customers", "by_day")

    def __init__(self, *args: Any, customers: dict[str, int], **options: Any) -> None:
        super().__init__(*args, **options)
        districts = sorted({*customers, *places.choices(book_rules().regencies)})
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            (_("A whole regency"), [(f"r:{name}", name) for name in regencies_of(customers)]),
            (_("A district"), [(f"d:{name}", name) for name in districts]),
        ]

    def values(self) -> dict[str, Any]:
        """The keywords of `set_goal`."""
        sort, _colon, place = self.cleaned_data["place"].partition(":")
        return self.cleaned_data | {"place": place, "whole": sort == "r"}
