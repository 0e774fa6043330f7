"""The only writer of customers' tables."""

from setia.customers.actions.consents import answer_consent
from setia.customers.actions.identities import add_identity, end_identity, share_identity, take_back_identity
from setia.customers.actions.indexing import reindex
from setia.customers.actions.people import FIELDS, NumberTaken, add_customer, archive, change_customer, restore
from setia.customers.actions.remarks import add_note, add_occasion, remove_occasion
from setia.customers.actions.together import (
    add_preference,
    change_household,
    change_profile,
    hand_over,
    join_household,
    leave_household,
    relate,
    remove_preference,
    unrelate,
)
from setia.customers.actions.whatsapp import change_whatsapp, identify, known_writers

__all__ = [
    "FIELDS",
    "NumberTaken",
    "add_customer",
    "add_identity",
    "add_note",
    "add_occasion",
    "add_preference",
    "answer_consent",
    "archive",
    "change_customer",
    "change_household",
    "change_profile",
    "change_whatsapp",
    "end_identity",
    "hand_over",
    "identify",
    "join_household",
    "known_writers",
    "leave_household",
    "reindex",
    "relate",
    "remove_occasion",
    "remove_preference",
    "restore",
    "share_identity",
    "take_back_identity",
    "unrelate",
]
