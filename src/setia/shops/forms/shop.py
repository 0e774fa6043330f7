"""What is known about the shop itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from setia.shops import words
from setia.shops.models import Language, Shop
from setia.web.forms import PhoneField
from setia.web.widgets import Options


class ShopForm(forms.Form):
    """Name, place, language, money, WhatsApp and how much can be baked."""

    name = forms.CharField(label=_("Name of the shop"), max_length=80)
    district = forms.CharField(
        label=_("Village or district"), max_length=60, required=False, help_text=_("Such as Pogalan, Trenggalek.")
    )
    whatsapp_number = PhoneField(
        label=_("WhatsApp number of the shop"),
        required=False,
        help_text=_("Where your customers write to you."),
    )
    whatsapp_level = forms.TypedChoiceField(
        label=_("How you use WhatsApp"),
        coerce=int,
        choices=words.level_choices,
        widget=Options,
    )
    daily_capacity = forms.IntegerField(
        label=_("Boxes you can make in a day"),
        min_value=1,
        max_value=100_000,
        required=False,
        help_text=_("Setia tells you when a day fills up."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=Language.choices, help_text=_("Each person who works here may choose another.")
    )
    timezone = forms.ChoiceField(label=_("Time zone"), choices=words.zone_choices)
    currency = forms.ChoiceField(
        label=_("Money"),
        choices=[(code, code) for code in words.CURRENCIES],
        help_text=_("Choose it before you write down the first price: amounts are not converted."),
    )

    def __init__(self, *args: Any, shop: Shop, **options: Any) -> None:
        initial = {name: getattr(shop, name) for name in self.base_fields}
        super().__init__(*args, initial=initial, **options)
        # What was set by other means stays a choice, so that saving does not change it in silence.
        _keep_choice(self.fields["timezone"], shop.timezone)
        _keep_choice(self.fields["currency"], shop.currency)


def _keep_choice(field: forms.Field, value: str) -> None:
    known = list(field.choices)
    flat = [item[0] for group in known for item in (group[1] if isinstance(group[1], list) else [group])]
    if value not in flat:
        field.choices = [(value, value), *known]
