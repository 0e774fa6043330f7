"""What is typed about products and prices."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from setia.catalog.rules import LONGEST_SHELF_LIFE, MOST_PIECES
from setia.catalog.words import ALLERGENS, KINDS
from setia.web.forms import MoneyField


class PhotoForm(forms.Form):
    """A form with a picture; an empty field leaves the picture as it is."""

    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("Daylight and a plain cloth make the best picture."),
    )


class ProductForm(PhotoForm):
    """A product."""

    name = forms.CharField(
        label=_("Name"), max_length=80, widget=forms.TextInput(attrs={"placeholder": "Bakpia", "autocomplete": "off"})
    )
    description = forms.CharField(
        label=_("In a few words"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    shelf_life_days = forms.IntegerField(
        label=_("Stays good for how many days"),
        required=False,
        min_value=1,
        max_value=LONGEST_SHELF_LIFE,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    ingredients = forms.CharField(
        label=_("Ingredients"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    allergens = forms.MultipleChoiceField(
        label=_("May not be eaten by people who cannot take"),
        choices=list(ALLERGENS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    pirt_number = forms.CharField(
        label=_("P-IRT number"),
        max_length=40,
        required=False,
        help_text=_("15 digits, like 2063575010012-29."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    halal_number = forms.CharField(
        label=_("Halal certificate number"),
        max_length=40,
        required=False,
        help_text=_("ID and 17 digits; not the KH number."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    KNOWN = ("name", "description", "shelf_life_days", "ingredients", "pirt_number", "halal_number")
    field_order = [*KNOWN[:4], "allergens", *KNOWN[4:], "photo"]


class VariantForm(PhotoForm):
    """A flavour in a pack size."""

    flavour = forms.CharField(
        label=_("Flavour"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "Kacang hijau", "autocomplete": "off"}),
    )
    pack_size = forms.IntegerField(
        label=_("Pieces in a pack"),
        required=False,
        min_value=1,
        max_value=MOST_PIECES,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "placeholder": "10"}),
    )
    unit = forms.CharField(label=_("Sold by the"), max_length=20, required=False, initial="kotak")
    sold_from = forms.DateField(
        label=_("Only from"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    sold_until = forms.DateField(
        label=_("Only until"),
        required=False,
        help_text=_("For a season; empty means always."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    KNOWN = ("flavour", "pack_size", "unit", "sold_from", "sold_until")
    field_order = ["flavour", "pack_size", "unit", "price", "sold_from", "sold_until", "photo"]


class NewVariantForm(VariantForm):
    """A new flavour, with what it costs from today on."""

    price = MoneyField(label=_("Price"), min_value=1)


class PriceForm(forms.Form):
    """A price from a day on. Days that are over keep the price they had."""

    price = MoneyField(label=_("New price"), min_value=1)
    customer_kind = forms.ChoiceField(
        label=_("For whom"),
        required=False,
        choices=list(KINDS.items()),
        widget=forms.RadioSelect,
    )
    valid_from = forms.DateField(
        label=_("From which day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.fields["valid_from"].initial = today
        self.fields["valid_from"].widget.attrs["min"] = today.isoformat()

    def clean_valid_from(self) -> date:
        """Today or later."""
        day: date = self.cleaned_data["valid_from"]
        if day < self.today:
            raise forms.ValidationError(_("This day is over. Prices can be set from today on."), code="past")
        return day


class PageForm(forms.Form):
    """What the public page says."""

    greeting = forms.CharField(
        label=_("A sentence of welcome"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    address = forms.CharField(label=_("Where the shop is"), max_length=200, required=False)
    map_link = forms.CharField(
        label=_("Link to the map"),
        max_length=300,
        required=False,
        widget=forms.URLInput(attrs={"placeholder": "https://maps.app.goo.gl/…"}),
    )
    takes_orders = forms.BooleanField(
        label=_("People can order on the page"),
        required=False,
        help_text=_("Such orders wait for you to confirm them."),
    )
    days_ahead = forms.IntegerField(
        label=_("How many days before must they order?"),
        min_value=0,
        max_value=60,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
