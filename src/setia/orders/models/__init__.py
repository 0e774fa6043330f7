"""The tables of orders."""

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
from setia.orders.models.returns import Return, ReturnLine

__all__ = [
    "OPEN_STATES",
    "Adjustment",
    "AdjustmentKind",
    "Counter",
    "Fulfilment",
    "Knock",
    "Line",
    "Order",
    "OrderChannel",
    "OrderState",
    "Payment",
    "PaymentKind",
    "PaymentMethod",
    "PurchaseSummary",
    "Return",
    "ReturnLine",
    "still_open",
]
