"""What is typed about money of an order, and what comes back."""

from collections.abc import Sequence
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from setia.core import ids as tokens
from setia.orders.actions import Back
from setia.orders.models import PaymentMethod
from setia.web.forms import MoneyField

LATER: Final = "later"


class OnOnePage(forms.Form):
    """One of several forms of a page: its fields have ids of their own, so that a label belongs to one of them."""

    ids: ClassVar[str]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **({"auto_id": f"{self.ids}-%s"} | options))


class PaymentForm(OnOnePage):
    """Money for an order."""

    ids = "paid"
    amount = MoneyField(label=_("Amount"), min_value=1)
    method = forms.ChoiceField(
        label=_("Paid by"), choices=PaymentMethod.choices, initial=PaymentMethod.CASH, widget=forms.RadioSelect
    )
    device_key = forms.CharField(widget=forms.HiddenInput, max_length=64)


class RefundForm(PaymentForm):
    """Money that goes back."""

    ids = "given-back"


class CompletionForm(OnOnePage):
    """How the balance is paid when the order is handed over."""

    ids = "handed-over"
    method = forms.ChoiceField(
        label=_("How is the rest paid?"),
        choices=[*PaymentMethod.choices, (LATER, _("Pays later"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Tap how the rest is paid, or that it is paid later.")},
    )


class CancelForm(OnOnePage):
    """Why an order is called off, and what becomes of money that was paid."""

    ids = "called-off"
    reason = forms.CharField(label=_("Why?"), max_length=200, required=False)
    refund = MoneyField(label=_("How much goes back to the customer"), required=False)
    refund_method = forms.ChoiceField(
        label=_("How it goes back"), choices=PaymentMethod.choices, required=False, initial=PaymentMethod.CASH
    )


class ReturnForm(OnOnePage):
    """How many boxes of each line came back, and what becomes of their money."""

    ids = "came-back"
    refund = forms.ChoiceField(
        label=_("What about the money?"),
        choices=[("refund", _("Goes back")), ("credit", _("Stays as credit"))],
        initial="refund",
        widget=forms.RadioSelect,
    )
    method = forms.ChoiceField(
        label=_("How it goes back"), choices=PaymentMethod.choices, required=False, initial=PaymentMethod.CASH
    )
    amount = MoneyField(
        label=_("Or an amount, without boxes"), required=False, help_text=_("For example when something was wrong.")
    )
    reason = forms.CharField(label=_("Why?"), max_length=200, required=False)
    device_key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, lines: Sequence[tuple[Any, int]], **options: Any) -> None:
        """`lines`: each line with how many of it may still come back."""
        options["initial"] = {"device_key": tokens.public_token()} | (options.get("initial") or {})
        super().__init__(*args, **options)
        self.lines = [(line, left) for line, left in lines if left]
        for line, left in self.lines:
            self.fields[f"back-{line.pk}"] = forms.IntegerField(
                label=line.label,
                min_value=0,
                max_value=left,
                required=False,
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "placeholder": "0"}),
            )

    def boxes(self) -> list[tuple[Any, int, forms.BoundField]]:
        """Each line, how many of it may come back, and its field."""
        return [(line, left, self[f"back-{line.pk}"]) for line, left in self.lines]

    def clean(self) -> dict[str, Any]:
        """Boxes or an amount."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("amount") and not self._backs():
            self.add_error(None, gettext("Write how many boxes came back, or an amount."))
        return cleaned

    def _backs(self) -> list[Back]:
        counted = ((line.pk, self.cleaned_data.get(f"back-{line.pk}")) for line, _left in self.lines)
        return [Back(pk, quantity) for pk, quantity in counted if quantity]

    def back(self) -> dict[str, Any]:
        """The keywords of `actions.take_back`."""
        data = self.cleaned_data
        return {
            "lines": self._backs(),
            "amount": data["amount"] or None,
            "refund": data["refund"] == "refund",
            "method": data["method"] or PaymentMethod.CASH,
            "reason": data["reason"],
            "device_key": data["device_key"],
        }
