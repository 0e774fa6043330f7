"""What the owner lays down: rules for orders, days that differ, gift sets; and who waits."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from setia.catalog.models import Variant
from setia.orders.models import DepositKind, SetPart
from setia.orders.rules import MOST_BOXES
from setia.web.forms import MoneyField

PART = "part-"


def _share(label: Any, help_text: Any = "") -> forms.IntegerField:
    attrs = {"inputmode": "numeric"}
    return forms.IntegerField(
        label=label, min_value=0, max_value=100, help_text=help_text, widget=forms.NumberInput(attrs=attrs)
    )


def _days(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=365)


class TermsForm(forms.Form):
    """Rules for deposits and delivery."""

    deposit_kind = forms.ChoiceField(label=_("Deposit"), choices=DepositKind.choices, widget=forms.RadioSelect)
    deposit_percent = _share(_("Which part of the total, in percent"))
    deposit_amount = MoneyField(label=_("Which amount"), required=False)
    deposit_above = MoneyField(
        label=_("Only for orders from"), required=False, help_text=_("Smaller orders need no deposit.")
    )
    pay_within_days = _days(_("To be paid within how many days after ordering"))
    free_until_days = _days(_("Until how many days before may it be called off easily"))
    kept_before = _share(_("Until then the shop keeps, percent of the deposit"))
    kept_after = _share(_("Later the shop keeps, percent of the deposit"))
    delivery_fee = MoneyField(label=_("Usual delivery fee"), required=False)
    free_delivery_above = MoneyField(
        label=_("Delivery is free from"), required=False, help_text=_("Empty: delivery always costs.")
    )
    boxes_per_delivery = forms.IntegerField(
        label=_("Boxes that fit into one delivery"), min_value=1, max_value=MOST_BOXES, required=False
    )
    note_foot = forms.CharField(
        label=_("Last words on every note"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def terms(self) -> dict[str, Any]:
        """The keywords of `actions.change_terms`."""
        values = dict(self.cleaned_data)
        for name in ("deposit_amount", "deposit_above", "delivery_fee"):
            values[name] = values[name] or 0
        values["free_delivery_above"] = values["free_delivery_above"] or None
        return values


class DayForm(forms.Form):
    """Another number of boxes for a day, or no orders any more."""

    capacity = forms.IntegerField(
        label=_("Boxes that can be baked"),
        min_value=0,
        max_value=1_000_000,
        required=False,
        help_text=_("Empty: as on other days."),
    )
    closed = forms.BooleanField(label=_("Take no more orders for this day"), required=False)
    reason = forms.CharField(label=_("Why?"), max_length=80, required=False)


class WaitingForm(forms.Form):
    """Somebody who waits and is not in the customer book."""

    name = forms.CharField(
        label=_("Name and number"),
        max_length=120,
        error_messages={"required": _("Write a name, so that you can tell them.")},
    )
    boxes = forms.IntegerField(label=_("How many boxes"), min_value=1, max_value=MOST_BOXES)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class SetForm(forms.Form):
    """What is in a gift set: boxes per variant."""

    def __init__(self, *args: Any, variants: Sequence[Variant], parts: Sequence[SetPart], **options: Any) -> None:
        super().__init__(*args, **options)
        inside = {part.part_id: part.quantity for part in parts}
        for variant in variants:
            self.fields[f"{PART}{variant.pk}"] = forms.IntegerField(
                label=variant.label,
                min_value=0,
                max_value=200,
                required=False,
                initial=inside.get(variant.pk),
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "placeholder": "0"}),
            )

    def parts(self) -> dict[int, int]:
        """Boxes by variant."""
        return {int(name.removeprefix(PART)): boxes for name, boxes in self.cleaned_data.items() if boxes}


class BakedForm(forms.Form):
    """So many boxes of a variant are baked for a day."""

    day = forms.DateField()
    variant = forms.IntegerField(min_value=1)
    quantity = forms.IntegerField(min_value=0, max_value=MOST_BOXES)


class RatingForm(forms.Form):
    """One of five faces."""

    score = forms.IntegerField(min_value=1, max_value=5, error_messages={"required": _("Tap one of the five faces.")})
