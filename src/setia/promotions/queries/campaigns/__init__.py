"""Reads of campaigns, one file per noun."""

from setia.promotions.queries.campaigns.audiences import (
    PEOPLE,
    Audience,
    audience,
    audience_ids,
    audience_words,
    drawn,
    for_whom,
    held_now,
    open_hold_out,
    predictions,
    sample_recipient,
    selection,
)
from setia.promotions.queries.campaigns.outlook import Outlook, outlook
from setia.promotions.queries.campaigns.progress import Progress, by_hand_waiting, outstanding, progress
from setia.promotions.queries.campaigns.rows import (
    any_campaign,
    campaigns,
    picture_link,
    results_unseen,
    sending_channel,
)

__all__ = [
    "PEOPLE",
    "Audience",
    "Outlook",
    "Progress",
    "any_campaign",
    "audience",
    "audience_ids",
    "audience_words",
    "by_hand_waiting",
    "campaigns",
    "drawn",
    "for_whom",
    "held_now",
    "open_hold_out",
    "outlook",
    "outstanding",
    "picture_link",
    "predictions",
    "progress",
    "results_unseen",
    "sample_recipient",
    "selection",
    "sending_channel",
]
