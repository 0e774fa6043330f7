"""What is typed to take an order, to sell, to take money."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from setia.catalog.queries import Offer
from setia.core import ids
from setia.customers import queries as customers
from setia.customers.models import Customer
from setia.orders.actions import LineInput
from setia.orders.models import Fulfilment, PaymentMethod
from setia.orders.rules import MOST_BOXES
from setia.web.forms import MoneyField

PREFIX = "boxes-"


class BoxesForm(forms.Form):
    """A basket: one number per variant that is sold, and the key that makes sending it twice one order."""

    device_key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, offers: Sequence[Offer], **options: Any) -> None:
        options.setdefault("initial", {}).setdefault("device_key", ids.public_token())
        super().__init__(*args, **options)
        self.offers = offers
        for offer in offers:
            self.fields[f"{PREFIX}{offer.variant_id}"] = forms.IntegerField(
                label=offer.label,
                min_value=0,
                max_value=MOST_BOXES,
                required=False,
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "data-price": offer.price, "placeholder": "0"}),
            )

    def boxes(self) -> list[tuple[Offer, forms.BoundField]]:
        """Each offer with its field, for the template."""
        return [(offer, self[f"{PREFIX}{offer.variant_id}"]) for offer in self.offers]

    def lines(self) -> list[LineInput]:
        """What was chosen."""
        return [
            LineInput(variant_id=offer.variant_id, quantity=quantity)
            for offer in self.offers
            if (quantity := self.cleaned_data.get(f"{PREFIX}{offer.variant_id}"))
        ]


class CustomerPick(forms.Form):
    """A customer, found by typing; the id comes from the list below the field."""

    customer = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_customer(self) -> Customer | None:
        """The customer of this shop with that id."""
        pk = self.cleaned_data["customer"]
        if pk is None:
            return None
        found = customers.everybody().filter(pk=pk).first()
        if found is None:
            raise forms.ValidationError(_("This customer is not here any more. Choose again."))
        return found


class OrderForm(CustomerPick, BoxesForm):
    """An order for a day."""

    due_on = forms.DateField(label=_("For which day"), widget=forms.DateInput(attrs={"type": "date"}))
    due_time = forms.TimeField(label=_("At what time"), required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    fulfilment = forms.ChoiceField(
        label=_("How"), choices=Fulfilment.choices, initial=Fulfilment.PICKUP, widget=forms.RadioSelect
    )
    address = forms.CharField(label=_("Where to"), max_length=300, required=False)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    discount = MoneyField(label=_("Discount"), required=False)
    delivery_fee = MoneyField(label=_("Delivery fee"), required=False)
    deposit = MoneyField(label=_("Deposit paid now"), required=False)
    deposit_method = forms.ChoiceField(label=_("Paid by"), choices=PaymentMethod.choices, required=False)

    EXTRAS = ("discount", "delivery_fee", "deposit")

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["due_on"].widget.attrs["min"] = today.isoformat()

    def clean(self) -> dict[str, Any]:
        """Somebody has to be there to be delivered to."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("fulfilment") == Fulfilment.DELIVERY and not cleaned.get("address"):
            customer = cleaned.get("customer")
            cleaned["address"] = (
                ", ".join(filter(None, [customer.address, customer.landmark, customer.district])) if customer else ""
            )
            if not cleaned["address"]:
                self.add_error("address", _("Write where the order should be brought to."))
        if "lines" not in self.fields and not self.lines():
            self.add_error(None, _("Choose at least one box."))
        return cleaned

    def order(self) -> dict[str, Any]:
        """The keywords of `actions.place`."""
        names = ("customer", "due_on", "due_time", "fulfilment", "address", "note", "device_key")
        values = {name: self.cleaned_data[name] for name in names}
        values |= {name: self.cleaned_data[name] or 0 for name in self.EXTRAS}
        return values | {"lines": self.lines(), "deposit_method": self.cleaned_data["deposit_method"] or "cash"}


class CounterForm(CustomerPick, BoxesForm):
    """A sale at the counter."""

    method = forms.ChoiceField(choices=PaymentMethod.choices)


class PaymentForm(forms.Form):
    """Money for an order."""

    amount = MoneyField(label=_("Amount"), min_value=1)
    method = forms.ChoiceField(label=_("Paid by"), choices=PaymentMethod.choices)
    device_key = forms.CharField(widget=forms.HiddenInput, max_length=64)


class CancelForm(forms.Form):
    """Why an order is called off."""

    reason = forms.CharField(label=_("Why?"), max_length=200, required=False)
