"""What is typed about spending, and the rules for inviting."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from setia.catalog import queries as catalog
from setia.core.scope import current_shop
from setia.customers.models import Source
from setia.customers.widgets import Pills
from setia.promotions.models import InviteRules, SpendingKind, Thanks
from setia.promotions.queries import bazaars
from setia.web.forms import MoneyField


class SpendingForm(forms.Form):
    """Money or own time, on what and for which source."""

    amount = MoneyField(label=_("How much"), required=False)
    minutes = forms.IntegerField(
        label=_("Or own time, in minutes"), min_value=0, max_value=100_000, required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("For what"), choices=SpendingKind.choices, widget=Pills)
    source = forms.ChoiceField(label=_("To be found by"), choices=Source.choices, widget=Pills)
    bazaar = forms.ChoiceField(label=_("At a bazaar"), required=False)
    spent_on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    label = forms.CharField(label=_("In your words"), max_length=120, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        options["initial"] = {"spent_on": current_shop().today()} | (options.get("initial") or {})
        super().__init__(*args, **options)
        self.rows = {str(row.pk): row for row in bazaars.bazaars()[:30]}
        choices = [("", _("none")), *((pk, str(row)) for pk, row in self.rows.items())]
        self.fields["bazaar"].choices = choices  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """The keywords of `spend`. A bazaar's spending is for the source bazaar."""
        data = dict(self.cleaned_data)
        data["bazaar"] = self.rows.get(data["bazaar"])
        if data["bazaar"]:
            data["source"] = Source.BAZAAR
        return data


class CostForm(forms.Form):
    """A cost line of a bazaar."""

    kind = forms.ChoiceField(label=_("For what"), choices=SpendingKind.choices)
    amount = MoneyField(label=_("How much"), required=False)
    minutes = forms.IntegerField(label=_("Or own time, in minutes"), min_value=0, max_value=100_000, required=False)
    label = forms.CharField(label=_("In your words"), max_length=120, required=False)


class RulesForm(forms.Form):
    """The owner's rules for inviting."""

    reward = forms.ChoiceField(label=_("Who told a friend gets"), choices=Thanks.choices, widget=forms.RadioSelect)
    points = forms.IntegerField(
        label=_("Points or stamps"), min_value=0, max_value=10_000, required=False,
        help_text=_("0: as many as the rules of points and stamps say."),
    )  # fmt: skip
    variant = forms.ChoiceField(label=_("Which box"), required=False)
    amount = MoneyField(label=_("Money off"), required=False)
    thank_teller = forms.BooleanField(label=_("Thank them by WhatsApp, if they agreed to messages"), required=False)
    welcome_friend = forms.BooleanField(label=_("Welcome the friend in the first thank-you"), required=False)
    every_months = forms.IntegerField(
        label=_("Ask the same person to tell friends again after (months)"), min_value=1, max_value=24
    )
    margin_percent = forms.IntegerField(
        label=_("What is left of 100 rupiah of sales after ingredients"), min_value=0, max_value=100
    )
    hour_costs = MoneyField(label=_("What an hour of your work is worth"))

    def __init__(self, *args: Any, rules: InviteRules, **options: Any) -> None:
        names = ("reward", "points", "amount", "thank_teller", "welcome_friend", "every_months")
        names += ("margin_percent", "hour_costs")
        options["initial"] = {name: getattr(rules, name) for name in names} | {"variant": str(rules.variant_id or "")}
        super().__init__(*args, **options)
        offers = catalog.sellable(day=current_shop().today())
        self.ids = {str(offer.variant_id): offer.variant_id for offer in offers}
        choices = [("", _("any, the cheapest one")), *((str(offer.variant_id), offer.label) for offer in offers)]
        self.fields["variant"].choices = choices  # type: ignore[attr-defined]

    def changes(self) -> dict[str, Any]:
        """The keywords of `change_rules`."""
        data = dict(self.cleaned_data)
        data["variant_id"] = self.ids.get(data.pop("variant"))
        return data | {"points": data["points"] or 0, "amount": data["amount"] or 0}
