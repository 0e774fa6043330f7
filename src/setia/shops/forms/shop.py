"""What is known about the shop itself."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from setia.core import phone
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
    timezone = forms.ChoiceField(label=_("Time zone"))
    currency = forms.ChoiceField(
        label=_("Money"),
        choices=[(code, code) for code in words.CURRENCIES],
        help_text=_("Choose it before you write down the first price: amounts are not converted."),
    )

    def __init__(self, *args: Any, shop: Shop, all_zones: bool = False, **options: Any) -> None:
        initial = {name: getattr(shop, name) for name in self.base_fields}
        initial["whatsapp_number"] = shop.whatsapp_number and phone.pretty(shop.whatsapp_number)
        super().__init__(*args, initial=initial, **options)
        self.fields["timezone"] = _zone_field(shop.timezone, everywhere=all_zones or self.is_bound)
        if shop.currency not in words.CURRENCIES:
            # Set by other means: stays a choice, so that saving does not change it in silence.
            self.fields["currency"].choices = [(shop.currency, shop.currency), *self.fields["currency"].choices]


def _zone_field(zone: str, *, everywhere: bool) -> forms.ChoiceField:
    """Indonesia's time zones and the one of now; six hundred more only for who asks, since they make a heavy page."""
    choices = [(code, str(text)) for code, text in words.INDONESIA.items()]
    if zone not in words.INDONESIA:
        choices.append((zone, words.zone_name(zone)))
    if everywhere:
        return forms.ChoiceField(label=_("Time zone"), choices=[*choices, (_("Elsewhere"), words.zones_elsewhere())])
    link = format_html('<a href="?zones=all">{}</a>', gettext("Outside Indonesia? Show all places."))
    return forms.ChoiceField(label=_("Time zone"), choices=choices, help_text=link)
