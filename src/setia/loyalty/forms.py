"""What is typed about the programme, its rewards and tiers, and about a card."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from setia.catalog import queries as catalog
from setia.core import ids
from setia.loyalty import queries
from setia.loyalty.models import Programme, Reward, RewardKind, Tier, Unit, Visit
from setia.web.forms import MoneyField


def _number(label: Any, *, least: int = 0, most: int = 1_000_000, **more: Any) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=least, max_value=most, widget=widget, **more)


class ProgrammeForm(forms.Form):
    """The owner's rules."""

    stamps_on = forms.BooleanField(label=_("Stamps, like the paper card"), required=False)
    visit = forms.ChoiceField(label=_("A stamp is given"), choices=Visit.choices)
    stamp_least = MoneyField(label=_("Only for purchases from"), required=False)
    points_on = forms.BooleanField(label=_("Points by amount"), required=False)
    rupiah_per_point = MoneyField(label=_("One point for every"), min_value=1)
    point_pays = MoneyField(
        label=_("A point pays"),
        required=False,
        help_text=_("Then customers can pay a part of an order with points. Empty: points are only for rewards."),
    )
    least_points = _number(label=_("Pay with points from"), required=False, help_text=_("points on the card"))
    welcome = _number(label=_("Welcome gift with the first purchase"), required=False)
    referral = _number(label=_("For who brings a friend"), required=False)
    expiry_months = _number(
        label=_("Lapses after"), most=120, help_text=_("months; 0 means never. Counted from each purchase.")
    )
    warn_days = _number(label=_("Warn"), least=1, most=90, help_text=_("days before something lapses"))
    resellers = forms.BooleanField(label=_("Resellers collect as well"), required=False)
    below_zero = forms.BooleanField(
        label=_("Take back in full"),
        required=False,
        help_text=_("When boxes come back whose points are spent already, the card goes below zero."),
    )
    games = forms.BooleanField(
        label=_("Weeks in a row and badges"), required=False, help_text=_("On the customer's own page.")
    )
    answers = forms.BooleanField(
        label=_("Answer “poin saya” in the chat"),
        required=False,
        help_text=_("And “stempel”: at once, with what is on the card."),
    )

    def __init__(self, *args: Any, programme: Programme, **options: Any) -> None:
        initial = {name: getattr(programme, name) for name in self.base_fields}
        for name in ("stamp_least", "point_pays", "least_points", "welcome", "referral"):
            initial[name] = initial[name] or None
        super().__init__(*args, initial=initial | (options.pop("initial", None) or {}), **options)

    def changes(self) -> dict[str, Any]:
        """The rules as they were typed; what is empty is 0."""
        return {name: 0 if value is None else value for name, value in self.cleaned_data.items()}


class RewardForm(forms.Form):
    """Something to exchange points or stamps for."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=RewardKind.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("As customers will read it."))
    cost = _number(label=_("It costs"), least=1)
    unit = forms.ChoiceField(label=_("Points or stamps"), choices=Unit.choices)
    variant = forms.ChoiceField(label=_("Which box"), required=False)
    amount = MoneyField(
        label=_("How much comes off, or what it is worth"), required=False, help_text=_("Not needed for a free box.")
    )
    least_purchase = MoneyField(label=_("Only for purchases from"), required=False)
    tier = forms.ChoiceField(label=_("For whom"), required=False)

    def __init__(self, *args: Any, reward: Reward | None = None, unit: str = Unit.STAMPS, **options: Any) -> None:
        initial: dict[str, Any] = {"kind": RewardKind.BOX, "unit": unit}
        if reward is not None:
            names = ("kind", "name", "cost", "unit", "amount", "least_purchase")
            initial = {name: getattr(reward, name) or None for name in names}
            initial |= {"variant": reward.variant_id, "tier": reward.tier_id}
        super().__init__(*args, initial=initial | (options.pop("initial", None) or {}), **options)
        self.variants = {str(row.pk): row for row in catalog.variants() if row.retired_at is None}
        self.tiers = {str(row.pk): row for row in queries.tiers()}
        none = ("", _("Choose"))
        self.fields["variant"].choices = [none, *((pk, row.label) for pk, row in self.variants.items())]
        above = [(pk, row.name) for pk, row in self.tiers.items()]
        self.fields["tier"].choices = [("", _("For everybody")), *above]

    def values(self) -> dict[str, Any]:
        """Keywords of `actions.save_reward`."""
        data = self.cleaned_data
        return {
            **{name: data[name] for name in ("kind", "name", "unit", "cost")},
            "variant": self.variants.get(data["variant"]),
            "amount": data["amount"] or 0,
            "least_purchase": data["least_purchase"] or 0,
            "tier": self.tiers.get(data["tier"]),
        }


class BonusForm(forms.Form):
    """Points on top for a box."""

    variant = forms.ChoiceField(label=_("Which box"))
    points = _number(label=_("Points on top, per box"), help_text=_("0 ends it."))
    until = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.variants = {str(row.pk): row for row in catalog.variants() if row.retired_at is None}
        self.fields["variant"].choices = [(pk, row.label) for pk, row in self.variants.items()]


class TierForm(forms.Form):
    """Whom the owner calls a regular, and what that brings."""

    name = forms.CharField(label=_("Name"), max_length=40)
    least_orders = _number(label=_("At least so many purchases"))
    least_spent = MoneyField(label=_("Spent at least"), required=False)
    within_days = _number(
        label=_("Bought within the last"), required=False, most=3650, help_text=_("days; empty: however long ago.")
    )
    in_rhythm = forms.BooleanField(
        label=_("Still comes in their own rhythm"),
        required=False,
        help_text=_("Who usually comes every week is missed sooner than who comes every two months."),
    )
    position = _number(label=_("Step"), least=1, most=20, help_text=_("The higher number stands above."))
    percent = _number(label=_("Points count"), least=1, most=1000, help_text=_("percent: 150 is one and a half."))
    price_percent = _number(
        label=_("Off every price"),
        required=False,
        most=30,
        help_text=_("percent, taken off by itself at the counter and in orders; empty: the usual price."),
    )
    free_delivery = forms.BooleanField(label=_("Delivery costs them nothing"), required=False)
    free_sample = forms.BooleanField(label=_("Gets a free sample of new flavours"), required=False)
    early_news = forms.BooleanField(label=_("Hears news first"), required=False)
    benefit = forms.CharField(label=_("And besides"), max_length=200, required=False)

    def __init__(self, *args: Any, tier: Tier | None = None, **options: Any) -> None:
        row = tier or Tier(position=1 + max((one.position for one in queries.tiers()), default=0))
        initial = {name: getattr(row, name) for name in self.base_fields}
        for name in ("least_spent", "within_days", "price_percent"):
            initial[name] = initial[name] or None
        super().__init__(*args, initial=initial | (options.pop("initial", None) or {}), **options)

    def values(self) -> dict[str, Any]:
        """Keywords of `actions.save_tier`."""
        return {name: 0 if value is None else value for name, value in self.cleaned_data.items()}


class OpeningForm(forms.Form):
    """What stands on the paper card."""

    stamps = _number(label=_("Stamps on the paper card"), required=False, most=10_000)
    points = _number(label=_("Points so far"), required=False)
    key = forms.CharField(widget=forms.HiddenInput, max_length=60)

    def __init__(self, *args: Any, programme: Programme, **options: Any) -> None:
        super().__init__(*args, initial={"key": ids.public_token()} | (options.pop("initial", None) or {}), **options)
        for unit in Unit.values:
            if unit not in programme.units:
                del self.fields[unit]

    def balance(self) -> dict[str, int]:
        """How many of what."""
        return {unit: self.cleaned_data.get(unit) or 0 for unit in Unit.values}


class CorrectionForm(forms.Form):
    """A slip put right."""

    unit = forms.ChoiceField(label=_("Points or stamps"))
    amount = forms.IntegerField(
        label=_("How many"),
        min_value=-1_000_000,
        max_value=1_000_000,
        help_text=_("With a minus to take away."),
        widget=forms.NumberInput(attrs={"inputmode": "text"}),
    )
    reason = forms.CharField(label=_("Why"), max_length=120)
    key = forms.CharField(widget=forms.HiddenInput, max_length=60)

    def __init__(self, *args: Any, programme: Programme, **options: Any) -> None:
        super().__init__(*args, initial={"key": ids.public_token()} | (options.pop("initial", None) or {}), **options)
        self.fields["unit"].choices = [(unit, Unit(unit).label) for unit in programme.units or Unit.values]
