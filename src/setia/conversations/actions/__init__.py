"""The only writers of conversations' tables."""

from setia.conversations.actions.automatic import (
    answer_automatically,
    answer_price_list,
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
from setia.conversations.inbox.deliveries import forget_old_deliveries, settle_deliveries
from setia.conversations.inbox.intake import accept_delivery
from setia.conversations.inbox.media import settle_media
from setia.conversations.inbox.parking import give_up_waiting, settle_slipped
from setia.conversations.outbox.sending import settle_outbox, settle_receipts

__all__ = [
    "accept_delivery",
    "answer_automatically",
    "answer_price_list",
    "app_channel",
    "book_draft",
    "change_auto_reply",
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
    "enter",
    "enter_code",
    "enter_rate",
    "export_refusal",
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
    "note_entry",
    "notify",
    "paste_draft",
    "put_back",
    "queue_message",
    "read_order",
    "reply",
    "retire_entry_link",
    "send_again",
    "set_draft_customer",
    "settle_deliveries",
    "settle_draft",
    "settle_media",
    "settle_outbox",
    "settle_receipts",
    "settle_slipped",
    "start_channel",
    "start_chat_import",
    "stop_channel",
    "thank_for_order",
    "undo_chat_import",
    "wall_clock",
]
