"""What is typed about tastes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from setia.catalog import queries as catalog
from setia.catalog.models import Variant
from setia.core.scope import current_shop
from setia.customers import queries as people
from setia.customers.models import Customer
from setia.customers.widgets import Pills
from setia.promotions.models import SampleWhere

WHERE = [choice for choice in SampleWhere.choices if choice[0] != SampleWhere.BAZAAR]


class SampleForm(forms.Form):
    """A flavour, where, how many; a name where there is one."""

    variant = forms.ChoiceField(label=_("Which flavour"))
    where = forms.ChoiceField(label=_("Where"), choices=WHERE, initial=SampleWhere.DELIVERY, widget=Pills)
    count = forms.IntegerField(label=_("How many"), min_value=1, max_value=1_000, initial=1)
    who = forms.CharField(label=_("To whom"), max_length=80, required=False, help_text=_("Empty: nobody by name."))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offers = catalog.sellable(day=current_shop().today())
        self.fields["variant"].choices = [(str(o.variant_id), o.label) for o in offers]  # type: ignore[attr-defined]
        self.customer: Customer | None = None

    def clean(self) -> dict[str, Any]:
        """Nobody is guessed."""
        cleaned: dict[str, Any] = super().clean() or {}
        if typed := cleaned.get("who"):
            found = people.namesakes(typed) or people.find(typed, limit=2)
            if len(found) == 1:
                self.customer = found[0]
            else:
                self.add_error("who", _("Write the whole name, or leave this empty."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """The keywords of `give_sample`."""
        data = self.cleaned_data
        variant = Variant.objects.get(pk=data["variant"])
        return {"variant": variant, "where": data["where"], "count": data["count"], "customer": self.customer}
