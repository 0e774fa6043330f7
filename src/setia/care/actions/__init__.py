"""The only writer of care's tables."""

from setia.care.actions.asking import answer, ask, ask_after_orders, hear_answer, note_rating
from setia.care.actions.boredom import forget_boredom, renew_boredom
from setia.care.actions.complaints import (
    add_note,
    add_photo,
    change_complaint,
    close_nameless,
    drop_complaint,
    forget_closed,
    open_complaint,
    reopen,
)
from setia.care.actions.elsewhere import take_back_elsewhere, tell_elsewhere
from setia.care.actions.improvements import finish_improvement, plan_improvement, reopen_improvement
from setia.care.actions.settings import change_settings
from setia.care.actions.settling import accept, offer, refuse, say_content, settle, take_back
from setia.care.actions.suggestions import decide, join, part, rename, suggest, take_out_voice

__all__ = [
    "accept",
    "add_note",
    "add_photo",
    "answer",
    "ask",
    "ask_after_orders",
    "change_complaint",
    "change_settings",
    "close_nameless",
    "decide",
    "drop_complaint",
    "finish_improvement",
    "forget_boredom",
    "forget_closed",
    "hear_answer",
    "join",
    "note_rating",
    "offer",
    "open_complaint",
    "part",
    "plan_improvement",
    "refuse",
    "rename",
    "renew_boredom",
    "reopen",
    "reopen_improvement",
    "say_content",
    "settle",
    "suggest",
    "take_back",
    "take_back_elsewhere",
    "take_out_voice",
    "tell_elsewhere",
]
