"""What is typed to take an order or to sell."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from setia.catalog.queries import Offer
from setia.core import ids
from setia.customers import queries as customers
from setia.customers.models import Customer, Source
from setia.orders.actions import LineInput, Newcomer
from setia.orders.models import Fulfilment, OrderChannel, PaymentMethod
from setia.orders.rules import MOST_BOXES
from setia.web.forms import MoneyField, PhoneField

PREFIX = "boxes-"
NEWCOMER = "new"


class BasketForm(forms.Form):
    """A number of boxes per variant that is sold, and the key that makes sending it twice one order."""

    device_key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(
        self, *args: Any, offers: Sequence[Offer], reseller: Mapping[int, int] | None = None, **options: Any
    ) -> None:
        """`reseller`: what a reseller pays instead, by variant; shown as soon as one is chosen."""
        options["initial"] = {"device_key": ids.public_token()} | (options.get("initial") or {})
        super().__init__(*args, **options)
        self.offers, self.reseller = offers, reseller or {}
        for offer in offers:
            prices = {"data-price": offer.price, "data-reseller": self.reseller.get(offer.variant_id, offer.price)}
            self.fields[f"{PREFIX}{offer.variant_id}"] = forms.IntegerField(
                label=offer.label,
                min_value=0,
                max_value=MOST_BOXES,
                required=False,
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "placeholder": "0"} | prices),
            )

    def boxes(self) -> list[tuple[Offer, forms.BoundField, int]]:
        """Each offer with its field and a reseller's price, for the template."""
        rows = ((offer, self[f"{PREFIX}{offer.variant_id}"]) for offer in self.offers)
        return [(offer, field, self.reseller.get(offer.variant_id, offer.price)) for offer, field in rows]

    @property
    def own_pictures(self) -> bool:
        """Whether pictures help to tell the offers apart: one that all of them share does not."""
        return len({offer.photo for offer in self.offers if offer.photo}) > 1

    @property
    def several_products(self) -> bool:
        """Whether the offers need their product's name to be told apart."""
        return len({offer.product for offer in self.offers}) > 1

    def lines(self) -> list[LineInput]:
        """What was chosen."""
        chosen = ((offer.variant_id, self.cleaned_data.get(f"{PREFIX}{offer.variant_id}")) for offer in self.offers)
        return [LineInput(variant_id, quantity) for variant_id, quantity in chosen if quantity]

    def clean(self) -> dict[str, Any]:
        """A basket holds something."""
        cleaned = super().clean() or self.cleaned_data
        wrong = any(name.startswith(PREFIX) for name in self.errors)
        if not wrong and not self.lines():
            self.add_error(None, forms.ValidationError(gettext("Choose at least one box."), code="empty"))
        return cleaned


class DeductionForm(forms.Form):
    """What areas above take off: a typed code, and those of the offers that were ticked."""

    code = forms.CharField(label=_("Voucher or code"), max_length=40, required=False)
    deductions = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # what is offered is only known with the basket: the action looks whether it is
        self.fields["deductions"].valid_value = lambda value: ":" in value  # type: ignore[attr-defined]

    def reductions(self) -> dict[str, Any]:
        """The keywords `code` and `deductions` of the actions."""
        wanted = [key.partition(":")[::2] for key in self.cleaned_data["deductions"]]
        return {"code": self.cleaned_data["code"], "deductions": wanted}


class ShownForm(forms.Form):
    """Which hints stood beside the basket."""

    shown = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["shown"].valid_value = lambda value: ":" in value  # type: ignore[attr-defined]

    def hints(self) -> list[tuple[str, int | None]]:
        """The keyword `shown` of the actions: kinds with the variants they named."""
        parts = (key.partition(":") for key in self.cleaned_data["shown"][:20])
        return [(kind, int(pk) if pk.isdigit() and len(pk) < 19 else None) for kind, _colon, pk in parts]


class PersonForm(forms.Form):
    """Who it is for: nobody by name, somebody of the customer book, or somebody new who is written down with it."""

    customer = forms.CharField(required=False, widget=forms.HiddenInput)
    display_name = forms.CharField(label=_("Name"), max_length=120, required=False)
    phone = PhoneField(label=_("WhatsApp number"), required=False)
    source = forms.ChoiceField(label=_("How did they find you?"), choices=Source.choices, required=False)
    told = forms.CharField(label=_("Who told them about you?"), max_length=80, required=False)
    referred_by = forms.IntegerField(required=False)

    def clean_customer(self) -> Customer | str | None:
        """The customer of this shop with that id, `NEWCOMER`, or None."""
        value = self.cleaned_data["customer"]
        if value in ("", NEWCOMER):
            return value or None
        found = customers.everybody().filter(pk=value).first() if value.isdigit() and len(value) < 19 else None
        if found is None:
            raise forms.ValidationError(_("This customer is not in the book any more. Choose again."))
        return found

    def clean(self) -> dict[str, Any]:
        """Somebody new has a name."""
        cleaned = super().clean() or self.cleaned_data
        if (
            cleaned.get("customer") == NEWCOMER
            and not cleaned.get("display_name")
            and "display_name" not in self.errors
        ):
            self.add_error("display_name", gettext("Write a name or a nickname."))
        if cleaned.get("customer") == NEWCOMER:
            self._who_told(cleaned)
        return cleaned

    def _who_told(self, cleaned: dict[str, Any]) -> None:
        """The one chosen from the list, or the only one of the name that was typed; never a guess among several."""
        chosen, typed = cleaned.get("referred_by"), cleaned.get("told")
        cleaned["teller"] = customers.everybody().filter(pk=chosen).first() if chosen else None
        if typed and not chosen:
            found = customers.namesakes(typed)
            cleaned["teller"] = found[0] if len(found) == 1 else None
            if len(found) != 1:
                self.add_error("told", gettext("Choose the person from the list, or leave this empty."))

    def person(self) -> dict[str, Any]:
        """The keywords `customer` and `newcomer` of the actions."""
        chosen = self.cleaned_data["customer"]
        if chosen == NEWCOMER:
            data = self.cleaned_data
            newcomer = Newcomer(data["display_name"], data["phone"], data["source"], data.get("teller"))
            return {"customer": None, "newcomer": newcomer}
        return {"customer": chosen, "newcomer": None}


class WhenForm(forms.Form):
    """For which day, and how it gets to its customer."""

    due_on = forms.DateField(
        label=_("For which day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day.")},
    )
    due_time = forms.TimeField(
        label=_("At what time"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    fulfilment = forms.ChoiceField(
        label=_("How it gets there"), choices=Fulfilment.choices, initial=Fulfilment.PICKUP, widget=forms.RadioSelect
    )
    address = forms.CharField(
        label=_("Where to"),
        max_length=300,
        required=False,
        help_text=_("Empty means the customer's own address."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    map_point = forms.CharField(
        label=_("Point on the map"),
        max_length=200,
        required=False,
        help_text=_("Paste the link or the coordinates the customer sent."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    gift_note = forms.CharField(
        label=_("Words on a gift card"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    sticker = forms.CharField(
        label=_("Name on the stickers"), max_length=60, required=False, help_text=_("For example: Tini & Budi.")
    )
    overbook = forms.BooleanField(label=_("Take it although the day is full"), required=False)
    discount = MoneyField(label=_("Discount"), required=False)
    delivery_fee = MoneyField(label=_("Delivery fee"), required=False)

    MONEY = ("discount", "delivery_fee")
    WORDS = ("due_on", "due_time", "fulfilment", "address", "map_point", "note", "gift_note", "sticker")

    def clean(self) -> dict[str, Any]:
        """Something that is brought needs a place: the customer's own when nothing else is written."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("fulfilment") != Fulfilment.PICKUP and not cleaned.get("address"):
            customer = cleaned.get("customer")
            known = (customer.address, customer.landmark, customer.district) if isinstance(customer, Customer) else ()
            cleaned["address"] = ", ".join(part for part in known if part)
            if not cleaned["address"] and "fulfilment" in cleaned:
                self.add_error("address", gettext("Write where the order should be brought to."))
        return cleaned

    def terms(self) -> dict[str, Any]:
        """The keywords of the actions that this form fills."""
        values = {name: self.cleaned_data[name] for name in self.WORDS}
        return values | {name: self.cleaned_data[name] or 0 for name in self.MONEY}


class OrderForm(WhenForm, PersonForm, DeductionForm, ShownForm, BasketForm):
    """An order for a day."""

    channel = forms.ChoiceField(
        label=_("How it was ordered"),
        choices=[
            choice
            for choice in OrderChannel.choices
            if choice[0] in (OrderChannel.PHONE, OrderChannel.CHAT, OrderChannel.RESELLER, OrderChannel.BAZAAR)
        ],
        initial=OrderChannel.PHONE,
        required=False,
    )
    deposit = MoneyField(label=_("Deposit paid now"), required=False)
    deposit_method = forms.ChoiceField(
        label=_("Paid by"), choices=PaymentMethod.choices, required=False, initial=PaymentMethod.CASH
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["due_on"].widget.attrs["min"] = today.isoformat()

    def order(self) -> dict[str, Any]:
        """The keywords of `actions.place`."""
        data = self.cleaned_data
        return {
            **self.terms(),
            **self.person(),
            **self.reductions(),
            "shown": self.hints(),
            "lines": self.lines(),
            "channel": data["channel"] or OrderChannel.PHONE,
            "deposit": data["deposit"] or 0,
            "deposit_method": data["deposit_method"] or PaymentMethod.CASH,
            "device_key": data["device_key"],
        }


class ChangeForm(WhenForm, BasketForm):
    """Another day, place or basket for an open order."""

    def __init__(self, *args: Any, customer: Customer | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.owner = customer
        self.fields["device_key"].required = False

    def clean(self) -> dict[str, Any]:
        """As `WhenForm`, with the order's customer."""
        self.cleaned_data["customer"] = self.owner
        return super().clean()

    def changes(self) -> dict[str, Any]:
        """The keywords of `actions.change`."""
        return {**self.terms(), "lines": self.lines()}


class CounterForm(PersonForm, DeductionForm, ShownForm, BasketForm):
    """A sale at the counter. `received`: the notes the customer gave, to say what goes back."""

    method = forms.ChoiceField(choices=PaymentMethod.choices, error_messages={"required": _("Tap how it was paid.")})
    received = MoneyField(label=_("Cash received"), required=False)
