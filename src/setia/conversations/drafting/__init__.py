"""From a chat message to an order: what was understood (`understanding`), and how pages show it (`cards`)."""

from setia.conversations.drafting.cards import Card, booked_as, cards, draft_key, is_ready, meant_orders, prefill
from setia.conversations.drafting.understanding import FULFILMENT, Understood, copied_from, understand

__all__ = [
    "FULFILMENT",
    "Card",
    "Understood",
    "booked_as",
    "cards",
    "copied_from",
    "draft_key",
    "is_ready",
    "meant_orders",
    "prefill",
    "understand",
]
