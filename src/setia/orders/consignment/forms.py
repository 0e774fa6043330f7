"""What is typed at a visit and at a settlement."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from setia.orders.consignment.rules import MOST_BOXES, Move
from setia.orders.credit.forms import Once
from setia.orders.models import PaymentMethod

LATER = "later"
PARTS = ("sold", "returned", "delivered")


@dataclass(frozen=True)
class Good:
    """A variant that lies there, or may be brought."""

    variant_id: int
    label: str
    price: int
    there: int


class VisitForm(Once):
    """Three numbers for each variant: sold, taken back, brought."""

    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, goods: Sequence[Good], **options: Any) -> None:
        super().__init__(*args, **options)
        self.goods = goods
        for good in goods:
            for part in PARTS:
                if part == "delivered" or good.there:
                    self.fields[f"{part}-{good.variant_id}"] = forms.IntegerField(
                        label=good.label,
                        min_value=0,
                        max_value=MOST_BOXES,
                        required=False,
                        widget=forms.NumberInput(attrs={"inputmode": "numeric", "placeholder": "0"}),
                    )

    def rows(self) -> list[tuple[Good, list[forms.BoundField | None]]]:
        """Each good with its fields, for the template; what cannot be sold or taken back has none."""
        return [
            (good, [self[name] if (name := f"{part}-{good.variant_id}") in self.fields else None for part in PARTS])
            for good in self.goods
        ]

    def moves(self) -> list[Move]:
        """What was typed."""
        data = self.cleaned_data
        return [
            Move(good.variant_id, **{part: data.get(f"{part}-{good.variant_id}") or 0 for part in PARTS})
            for good in self.goods
        ]


class SettleForm(Once):
    """How what was sold is paid."""

    method = forms.ChoiceField(
        label=_("How is it paid?"),
        choices=[*PaymentMethod.choices, (LATER, _("Pays later"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Tap how it is paid.")},
    )
