"""The only writer of orders, payments and purchase summaries."""

from setia.orders.actions.baking import tick_off
from setia.orders.actions.changing import change
from setia.orders.actions.counter import sell, undo_sale
from setia.orders.actions.day_sums import renew_day_sums
from setia.orders.actions.deposits import change_terms
from setia.orders.actions.forecasts import renew_forecasts
from setia.orders.actions.gift_sets import fill_set
from setia.orders.actions.hints import renew_pairings
from setia.orders.actions.past import PastLine, PastOrder, erase_past, record_past
from setia.orders.actions.payments import record_payment
from setia.orders.actions.placing import Newcomer, place
from setia.orders.actions.planning import plan_day, stop_waiting, wait
from setia.orders.actions.rating import give_sample, rate
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
    "change_terms",
    "complete",
    "confirm",
    "erase_past",
    "fill_set",
    "give_sample",
    "mark_ready",
    "place",
    "plan_day",
    "rate",
    "record_past",
    "record_payment",
    "remove_deduction",
    "renew_day_sums",
    "renew_forecasts",
    "renew_pairings",
    "renew_summaries",
    "reopen",
    "sell",
    "send_out",
    "stop_waiting",
    "take_back",
    "tick_off",
    "undo_sale",
    "wait",
]
