"""The tables of orders."""

from setia.orders.models.consignment import Settlement, Visit, VisitLine
from setia.orders.models.credit import CreditEntry, CreditKind, CreditTerms
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
from setia.orders.models.till import AccountKind, MoneyAccount, QrisCode, TillDay

__all__ = [
    "OPEN_STATES",
    "AccountKind",
    "Adjustment",
    "AdjustmentKind",
    "Counter",
    "CreditEntry",
    "CreditKind",
    "CreditTerms",
    "Fulfilment",
    "Knock",
    "Line",
    "MoneyAccount",
    "Order",
    "OrderChannel",
    "OrderState",
    "Payment",
    "PaymentKind",
    "PaymentMethod",
    "PurchaseSummary",
    "QrisCode",
    "Return",
    "ReturnLine",
    "Settlement",
    "TillDay",
    "Visit",
    "VisitLine",
    "still_open",
]
