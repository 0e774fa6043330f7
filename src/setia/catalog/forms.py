"""What is typed about products and prices."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from setia.catalog.rules import LONGEST_SHELF_LIFE, MOST_PIECES
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
    field_order = ["name", "description", "shelf_life_days", "photo"]


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
    field_order = ["flavour", "pack_size", "unit", "price", "photo"]


class NewVariantForm(VariantForm):
    """A new flavour, with what it costs from today on."""

    price = MoneyField(label=_("Price"), min_value=1)


class PriceForm(forms.Form):
    """A price from a day on. Days that are over keep the price they had."""

    price = MoneyField(label=_("New price"), min_value=1)
    customer_kind = forms.ChoiceField(
        label=_("For whom"),
        required=False,
        choices=[("", _("Everyone")), ("reseller", _("Resellers"))],
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
