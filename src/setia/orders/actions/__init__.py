"""The only writer of orders, payments and purchase summaries."""

from setia.orders.actions.changing import change
from setia.orders.actions.counter import sell, undo_sale
from setia.orders.actions.past import PastLine, PastOrder, erase_past, record_past
from setia.orders.actions.payments import record_payment
from setia.orders.actions.placing import Newcomer, place
from setia.orders.actions.reductions import add_deduction, remove_deduction
from setia.orders.actions.returns import Back, take_back
from setia.orders.actions.steps import cancel, complete, confirm, mark_ready, reopen, send_out
from setia.orders.actions.summaries import renew_summaries
from setia.orders.rules import LineInput

__all__ = [
    "Back",
    "LineInput",
    "Newcomer",
    "PastLine",
    "PastOrder",
    "add_deduction",
    "cancel",
    "change",
    "complete",
    "confirm",
    "erase_past",
    "mark_ready",
    "place",
    "record_past",
    "record_payment",
    "remove_deduction",
    "renew_summaries",
    "reopen",
    "sell",
    "send_out",
    "take_back",
    "undo_sale",
]
