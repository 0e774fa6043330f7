"""What is typed about an offer and its codes."""

from datetime import date
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from setia.catalog import queries as catalog
from setia.core.scope import current_shop
from setia.customers.models import CustomerKind
from setia.orders.models import OrderChannel
from setia.promotions.models import Offer, OfferKind, Stacking
from setia.web.forms import MoneyField
from setia.web.widgets import Ticks

_DAY = {"type": "date"}


def _number(label: Any, *, least: int = 0, most: int = 100_000, **more: Any) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=least, max_value=most, required=False, widget=widget, **more)


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"), **more)


PLAIN = ("name", "kind", "customer_kind", "district", "first_only", "starts_on", "ends_on", "stacking", "by_code")
NUMBERS = ("percent", "amount", "most", "buy", "get", "least_purchase", "per_person", "limit", "budget")


class OfferForm(forms.Form):
    """What comes off, when and for whom, how far it may go."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=OfferKind.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Name"), max_length=60, help_text=_("As it stands on the note."))
    percent = _number(label=_("Percent off"), most=100)
    # The page names it by the kind: off the purchase, the price of a bundle, off delivery at most.
    amount = MoneyField(label=_("Amount"), required=False)
    most = MoneyField(label=_("At most"), required=False, help_text=_("So much and no more comes off one purchase."))
    buy = _number(label=_("Buy"), most=100)
    get = _number(label=_("get free"), most=100)
    variant = forms.ChoiceField(label=_("Which box"), required=False)
    bundle = forms.MultipleChoiceField(label=_("Boxes of the bundle, one of each"), required=False, widget=Ticks)
    starts_on = _day(_("From"))
    ends_on = _day(_("until"), required=False)
    least_purchase = MoneyField(label=_("Only for purchases from"), required=False)
    by_code = forms.BooleanField(label=_("Only with a code"), required=False)
    customer_kind = forms.ChoiceField(
        label=_("For whom"), choices=[("", _("For everybody")), *CustomerKind.choices], required=False
    )
    first_only = forms.BooleanField(label=_("Only for the first purchase"), required=False)
    district = forms.CharField(label=_("Only from this district"), max_length=60, required=False)
    channels = forms.MultipleChoiceField(
        label=_("Only here"), choices=OrderChannel.choices[:-1], required=False, widget=Ticks
    )
    weekdays = forms.MultipleChoiceField(
        label=_("Only on these days"), choices=list(WEEKDAYS.items()), required=False, widget=Ticks
    )
    per_person = _number(_("Times per person"), help_text=_("Empty: as often as they like."))
    limit = _number(_("Times in all"), help_text=_("Then it stops by itself."))
    budget = MoneyField(
        label=_("Budget"), required=False, help_text=_("What may be given away in all; then it stops by itself.")
    )
    stacking = forms.ChoiceField(label=_("Together with other offers?"), choices=Stacking.choices)

    def __init__(self, *args: Any, offer: Offer | None = None, today: date | None = None, **options: Any) -> None:
        day = today or current_shop().today()
        initial: dict[str, Any] = {"kind": OfferKind.PERCENT, "starts_on": day, "stacking": Stacking.ALONE}
        if offer is not None:
            initial = {name: getattr(offer, name) for name in (*PLAIN, "channels", "weekdays")}
            initial |= {name: getattr(offer, name) or None for name in NUMBERS}
            initial |= {"variant": offer.variant_id, "bundle": [part.variant_id for part in offer.parts.all()]}
        super().__init__(*args, initial=initial | (options.pop("initial", None) or {}), **options)
        self.variants = {str(row.pk): row for row in catalog.sold(day).select_related("product")}
        boxes = [(pk, row.label) for pk, row in self.variants.items()]
        self.fields["variant"].choices = [("", _("Everything")), *boxes]
        self.fields["bundle"].choices = boxes

    def values(self) -> dict[str, Any]:
        """Keywords of `actions.save_offer`."""
        data = self.cleaned_data
        return {name: data[name] for name in PLAIN} | {name: data[name] or 0 for name in NUMBERS} | {
            "variant": self.variants.get(data["variant"]),
            "channels": data["channels"],
            "weekdays": [int(day) for day in data["weekdays"]],
            "parts": {int(pk): 1 for pk in data["bundle"]},
        }  # fmt: skip


class SharedCodeForm(forms.Form):
    """A code that many may use."""

    code = forms.CharField(
        label=_("Code"), max_length=20, widget=forms.TextInput(attrs={"autocapitalize": "characters"})
    )
    limit = _number(_("Times in all"), help_text=_("Empty: as often as the offer allows."))


class SingleCodesForm(forms.Form):
    """Codes that work once each."""

    count = forms.IntegerField(
        label=_("How many"), min_value=1, max_value=1000, widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )
