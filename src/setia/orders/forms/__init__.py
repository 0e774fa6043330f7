"""What is typed about orders."""

from setia.orders.forms.baskets import (
    NEWCOMER,
    PREFIX,
    BasketForm,
    ChangeForm,
    CounterForm,
    DeductionForm,
    OrderForm,
    PersonForm,
    WhenForm,
)
from setia.orders.forms.money import LATER, CancelForm, CompletionForm, PaymentForm, RefundForm, ReturnForm
from setia.orders.forms.planning import BakedForm, DayForm, RatingForm, SetForm, TermsForm, WaitingForm

__all__ = [
    "LATER",
    "NEWCOMER",
    "PREFIX",
    "BakedForm",
    "BasketForm",
    "CancelForm",
    "ChangeForm",
    "CompletionForm",
    "CounterForm",
    "DayForm",
    "DeductionForm",
    "OrderForm",
    "PaymentForm",
    "PersonForm",
    "RatingForm",
    "RefundForm",
    "ReturnForm",
    "SetForm",
    "TermsForm",
    "WaitingForm",
    "WhenForm",
]
