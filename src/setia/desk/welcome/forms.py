"""What the first run asks."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from setia.desk.welcome.first_products import Row
from setia.shops.models import Language, Shop
from setia.web.forms import MoneyField, PhoneField

ROWS = 3
MOST_ROWS = 30


class NameForm(forms.Form):
    """What the shop is called and where it is."""

    name = forms.CharField(label=_("Name of the shop"), max_length=80)
    district = forms.CharField(
        label=_("Village or district"), max_length=60, required=False, help_text=_("Such as Pogalan, Trenggalek.")
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=Language.choices, help_text=_("Each person who works here may choose another.")
    )

    def __init__(self, *args: Any, shop: Shop, **options: Any) -> None:
        super().__init__(*args, initial={name: getattr(shop, name) for name in self.base_fields}, **options)


class WhatsAppForm(forms.Form):
    """Where customers write."""

    whatsapp_number = PhoneField(
        label=_("WhatsApp number of the shop"),
        help_text=_("The number your customers have. Nothing is sent to it now."),
    )


class ProductForm(forms.Form):
    """What a product is called; its flavours and prices are rows of their own."""

    name = forms.CharField(
        label=_("What do you sell?"),
        max_length=80,
        required=False,
        help_text=_("One product, such as Bakpia. You can add more after it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class RowForm(forms.Form):
    """A flavour with its price. An empty row is nothing."""

    flavour = forms.CharField(
        label=_("Flavour or kind"), max_length=60, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    pack_size = forms.IntegerField(
        label=_("Pieces per box"),
        min_value=1,
        max_value=1000,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": None, "max": None}),
    )
    price = MoneyField(label=_("Price"), min_value=1, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (data.get("flavour") or data.get("pack_size")) and not data.get("price") and "price" not in self.errors:
            self.add_error("price", gettext("Add the price of this one."))
        return data

    @property
    def row(self) -> Row | None:
        """The row to write down; None when nothing was typed."""
        data = self.cleaned_data
        if not data.get("price"):
            return None
        return Row(flavour=data["flavour"], pack_size=data["pack_size"], price=data["price"])


RowForms = forms.formset_factory(RowForm, extra=ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True)


def more_rows(data: dict[str, Any]) -> dict[str, Any]:
    """What was posted, with some empty rows more."""
    typed = data.get("rows-TOTAL_FORMS", "")
    total = int(typed) if typed.isdecimal() else 0
    return {**data, "rows-TOTAL_FORMS": str(min(MOST_ROWS, total + ROWS))}
