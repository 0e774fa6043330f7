"""The only writers of conversations' tables."""

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
    "answerable",
    "app_channel",
    "change_auto_reply",
    "change_sending_rules",
    "channel_for",
    "chat_with",
    "connect_number",
    "disconnect_number",
    "dismiss_notice",
    "enter_rate",
    "forget_old_deliveries",
    "give_up_waiting",
    "greet",
    "mark_not_sent",
    "mark_opened",
    "mark_read",
    "mark_sent",
    "mark_wrong_number",
    "may_send_again",
    "notify",
    "put_back",
    "queue_message",
    "reply",
    "send_again",
    "settle_deliveries",
    "settle_media",
    "settle_outbox",
    "settle_receipts",
    "settle_slipped",
    "start_channel",
    "stop_channel",
    "thank_for_order",
]
