"""Deliveries: settled by a worker, kept as long as WhatsApp may repeat them."""

import logging
from datetime import timedelta
from typing import Final

import msgspec

from setia.conversations.actions.channels import note_heard
from setia.conversations.channels.whatsapp_cloud.payload import Item, Unreadable, items
from setia.conversations.inbox.handling import Outcome, handle, keep_as_problem
from setia.conversations.inbox.tenants import Tenants
from setia.conversations.models import InboxItem, WebhookDelivery
from setia.core import clock, faults, work
from setia.core.scope import open_shop

log = logging.getLogger(__name__)

# After so many tries an item that still fails is kept as a problem and its delivery is done.
GIVE_UP_AFTER: Final = 6
LEASE: Final = timedelta(seconds=120)
RENEW_BEFORE: Final = timedelta(seconds=60)
# WhatsApp repeats for up to seven days; the keys are kept longer than the bodies.
KEEP_BODIES: Final = timedelta(days=8)
KEEP_KEYS: Final = timedelta(days=30)


def settle_deliveries(limit: int = 10) -> int:
    """Handle the items of due deliveries of every shop. Returns how many deliveries were taken."""
    rows, tenants = work.claim(WebhookDelivery.objects.all(), limit=limit, lease=LEASE), Tenants()
    faults.point("delivery.claimed")
    for row in rows:
        _settle(row, tenants)
        faults.point("delivery.settled")
    return len(rows)


def _settle(row: WebhookDelivery, tenants: Tenants) -> None:
    try:
        found = list(items(bytes(row.body)))
    except Unreadable as error:
        # It was signed, so it is WhatsApp's: kept with what was wrong with it.
        work.give_up(row, f"Unreadable: {error}")
        log.error("Webhook delivery %s cannot be read: %s", row.pk, error)
        return
    refused = failed = 0
    for item in found:
        if not _still_ours(row):
            log.warning("Webhook delivery %s was taken by another worker.", row.pk)
            return
        outcome = _handle(item, tenants, last_try=row.attempts >= GIVE_UP_AFTER)
        refused += outcome is Outcome.REFUSED
        failed += outcome is Outcome.FAILED
    if failed:
        work.retry(row, f"{failed} of {len(found)} items failed.", after=work.backoff(row.attempts))
        return
    if work.finish(row) and refused:
        WebhookDelivery.objects.filter(pk=row.pk).update(error=f"{refused} of {len(found)} items refused.")


def _still_ours(row: WebhookDelivery) -> bool:
    """Renew the lease while a long body is being worked through. False when it was lost."""
    if row.leased_until - clock.now() > RENEW_BEFORE:
        return True
    row.leased_until = clock.now() + LEASE
    return bool(WebhookDelivery.objects.filter(pk=row.pk, lease=row.lease).update(leased_until=row.leased_until))


def _handle(item: Item, tenants: Tenants, *, last_try: bool) -> Outcome:
    """One item in its own transaction; whatever happens to it, the next one gets its turn."""
    channels = tenants.channels_of(item)
    outcome = Outcome.HANDLED if channels else Outcome.REFUSED
    for channel in channels:
        with open_shop(channel.shop):
            try:
                note_heard(channel=channel)
                handle(item, channel)
            except (msgspec.MsgspecError, ValueError, TypeError, KeyError, AttributeError) as error:
                # A shape nobody taught us will not become another one: kept and shown, not tried again.
                log.exception("A %s item has a shape we do not know.", item.kind)
                keep_as_problem(item, channel, repr(error))
            except Exception as error:  # one item must not hold up the others; the database may be busy
                log.exception("A %s item failed.", item.kind)
                if not last_try:
                    outcome = Outcome.FAILED
                else:
                    keep_as_problem(item, channel, repr(error))
        faults.point("item.committed")
    return outcome


def forget_old_deliveries() -> int:
    """Delete bodies and keys that can no longer be repeated. Returns how many bodies went."""
    at = clock.now()
    done = WebhookDelivery.objects.filter(received_at__lt=at - KEEP_BODIES).exclude(work_state=work.WorkState.WAITING)
    # Across shops: housekeeping. What could not be read stays until somebody looked at it.
    InboxItem.across_shops.filter(received_at__lt=at - KEEP_KEYS, problem="", waits_for="").delete()
    return done.delete()[0]
