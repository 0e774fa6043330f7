"""The only writers of conversations' tables."""

from setia.conversations.actions.attaching import (
    Kept,
    ask_place,
    react,
    reaction_of,
    send_buttons,
    send_file,
    send_list,
    send_place,
    send_products,
    show_typing,
)
from setia.conversations.actions.automatic import (
    answer_automatically,
    answer_price_list,
    answerable,
    change_auto_reply,
    greet,
    thank_for_order,
)
from setia.conversations.actions.by_hand import mark_not_sent, mark_opened, mark_sent, mark_wrong_number, put_back
from setia.conversations.actions.channels import (
    app_channel,
    connect_number,
    disconnect_number,
    dismiss_notice,
    notify,
    start_channel,
    stop_channel,
)
from setia.conversations.actions.chats import chat_with, mark_read
from setia.conversations.actions.costs import change_sending_rules, enter_rate
from setia.conversations.actions.drafts import (
    book_draft,
    dismiss_draft,
    draft_from,
    paste_draft,
    read_order,
    set_draft_customer,
    settle_draft,
)
from setia.conversations.actions.entries import (
    change_entry_link,
    count_opening,
    enter,
    enter_code,
    make_entry_link,
    note_entry,
    retire_entry_link,
)
from setia.conversations.actions.exports import (
    drop_chat_import,
    finish_chat_import,
    forget_old_exports,
    start_chat_import,
    undo_chat_import,
    wall_clock,
)
from setia.conversations.actions.exports import refusal as export_refusal
from setia.conversations.actions.messages import channel_for, may_send_again, queue_message, reply, send_again
from setia.conversations.actions.reviewing import review_service, withdraw_review
from setia.conversations.actions.sorting import assign, end_snooze, finish_chat, put_label, reopen_chat, snooze
from setia.conversations.actions.tools import change_chat_tools, move_up, save_label, save_quick_reply, set_removed
from setia.conversations.inbox.deliveries import forget_old_deliveries, settle_deliveries
from setia.conversations.inbox.intake import accept_delivery
from setia.conversations.inbox.media import settle_media
from setia.conversations.inbox.parking import give_up_waiting, settle_slipped
from setia.conversations.outbox.sending import settle_outbox, settle_receipts

__all__ = [
    "Kept",
    "accept_delivery",
    "answer_automatically",
    "answer_price_list",
    "answerable",
    "app_channel",
    "ask_place",
    "assign",
    "book_draft",
    "change_auto_reply",
    "change_chat_tools",
    "change_entry_link",
    "change_sending_rules",
    "channel_for",
    "chat_with",
    "connect_number",
    "count_opening",
    "disconnect_number",
    "dismiss_draft",
    "dismiss_notice",
    "draft_from",
    "drop_chat_import",
    "end_snooze",
    "enter",
    "enter_code",
    "enter_rate",
    "export_refusal",
    "finish_chat",
    "finish_chat_import",
    "forget_old_deliveries",
    "forget_old_exports",
    "give_up_waiting",
    "greet",
    "make_entry_link",
    "mark_not_sent",
    "mark_opened",
    "mark_read",
    "mark_sent",
    "mark_wrong_number",
    "may_send_again",
    "move_up",
    "note_entry",
    "notify",
    "paste_draft",
    "put_back",
    "put_label",
    "queue_message",
    "react",
    "reaction_of",
    "read_order",
    "reopen_chat",
    "reply",
    "retire_entry_link",
    "review_service",
    "save_label",
    "save_quick_reply",
    "send_again",
    "send_buttons",
    "send_file",
    "send_list",
    "send_place",
    "send_products",
    "set_draft_customer",
    "set_removed",
    "settle_deliveries",
    "settle_draft",
    "settle_media",
    "settle_outbox",
    "settle_receipts",
    "settle_slipped",
    "show_typing",
    "snooze",
    "start_channel",
    "start_chat_import",
    "stop_channel",
    "thank_for_order",
    "undo_chat_import",
    "wall_clock",
    "withdraw_review",
]
