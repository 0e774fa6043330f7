"""Reading the list of templates anew, after WhatsApp refused a message because ours are out of date."""

import logging
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import transaction

from setia.conversations.actions.channels import stop_channel
from setia.conversations.actions.templates import sync_templates
from setia.conversations.channels.whatsapp_cloud import templates as cloud
from setia.conversations.channels.whatsapp_cloud.client import Refused
from setia.conversations.channels.whatsapp_cloud.errors import Then, behaviour
from setia.conversations.models import ChannelState, TemplateLook
from setia.core import faults, work
from setia.core.scope import open_shop

log = logging.getLogger(__name__)

# The listing may take several pages.
LEASE: Final = timedelta(minutes=3)
TRIES: Final = 8


def settle_template_looks(limit: int = 5) -> int:
    """Read the lists that are due, of every shop. Looking twice does no harm. Returns how many were taken."""
    due = TemplateLook.across_shops.filter(channel__state=ChannelState.ACTIVE)
    rows = work.claim(due.select_related("shop", "channel"), limit=limit, lease=LEASE)
    faults.point("templates.claimed")
    for row in rows:
        with open_shop(row.shop):
            _look(row)
        faults.point("templates.settled")
    return len(rows)


def _look(row: TemplateLook) -> None:
    channel = row.channel
    answer = cloud.listing(base=settings.WHATSAPP_GRAPH_URL, account_id=channel.waba_id, token=channel.access_token)
    faults.point("templates.listed")
    if isinstance(answer, list):
        try:
            with transaction.atomic():
                sync_templates(waba_id=channel.waba_id, rows=answer)
                if not work.finish(row):
                    raise work.LeaseLost
        except work.LeaseLost:
            log.warning("Another worker reads the templates of channel %s.", channel.pk)
        return
    if isinstance(answer, Refused) and behaviour(answer.code, answer.http).then is Then.STOP_CHANNEL:
        # Kept: when the number starts again, the list is still read.
        stop_channel(channel=channel, reason=f"error:{answer.code}")
        work.retry(row, repr(answer), after=work.backoff(row.attempts, first=60))
    elif row.attempts >= TRIES:
        work.give_up(row, repr(answer))
    else:
        work.retry(row, repr(answer), after=work.backoff(row.attempts, first=60))
