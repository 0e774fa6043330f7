"""From a chat message to an order: what was understood (`understanding`), and how pages show it (`cards`)."""

from setia.conversations.drafting.cards import Card, cards, draft_key, is_ready, meant_orders, prefill
from setia.conversations.drafting.understanding import FULFILMENT, Understood, copied_from, understand

__all__ = [
    "FULFILMENT",
    "Card",
    "Understood",
    "cards",
    "copied_from",
    "draft_key",
    "is_ready",
    "meant_orders",
    "prefill",
    "understand",
]
