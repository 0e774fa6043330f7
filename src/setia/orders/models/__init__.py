"""The tables of orders."""

from setia.orders.models.consignment import Settlement, Visit, VisitLine
from setia.orders.models.credit import CreditEntry, CreditKind, CreditTerms
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
from setia.orders.models.sums import DayProduct, DaySales
from setia.orders.models.till import AccountKind, MoneyAccount, QrisCode, TillDay

__all__ = [
    "OPEN_STATES",
    "AccountKind",
    "Adjustment",
    "AdjustmentKind",
    "Baked",
    "Counter",
    "CreditEntry",
    "CreditKind",
    "CreditTerms",
    "DayPlan",
    "DayProduct",
    "DaySales",
    "DepositKind",
    "Expected",
    "Fulfilment",
    "Hint",
    "HintKind",
    "Knock",
    "Line",
    "MoneyAccount",
    "Order",
    "OrderChannel",
    "OrderState",
    "OrderTerms",
    "Pairing",
    "Payment",
    "PaymentKind",
    "PaymentMethod",
    "PurchaseSummary",
    "QrisCode",
    "Return",
    "ReturnLine",
    "SetPart",
    "Settlement",
    "TillDay",
    "Visit",
    "VisitLine",
    "Waiting",
    "WaitingState",
    "still_open",
]
