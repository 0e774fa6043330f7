"""The tables of orders."""

from setia.orders.models.hints import Hint, HintKind, Pairing
from setia.orders.models.knocks import Knock
from setia.orders.models.orders import (
    OPEN_STATES,
    Adjustment,
    AdjustmentKind,
    Counter,
    Fulfilment,
    Line,
    Order,
    OrderChannel,
    OrderState,
    Payment,
    PaymentKind,
    PaymentMethod,
    PurchaseSummary,
    still_open,
)
from setia.orders.models.planning import (
    Baked,
    DayPlan,
    DepositKind,
    Expected,
    OrderTerms,
    SetPart,
    Waiting,
    WaitingState,
)
from setia.orders.models.returns import Return, ReturnLine

__all__ = [
    "OPEN_STATES",
    "Adjustment",
    "AdjustmentKind",
    "Baked",
    "Counter",
    "DayPlan",
    "DepositKind",
    "Expected",
    "Fulfilment",
    "Hint",
    "HintKind",
    "Knock",
    "Line",
    "Order",
    "OrderChannel",
    "OrderState",
    "OrderTerms",
    "Pairing",
    "Payment",
    "PaymentKind",
    "PaymentMethod",
    "PurchaseSummary",
    "Return",
    "ReturnLine",
    "SetPart",
    "Waiting",
    "WaitingState",
    "still_open",
]
