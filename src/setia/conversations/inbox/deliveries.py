"""Deliveries: settled by a worker, kept as long as WhatsApp may repeat them."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import msgspec

from setia.conversations.actions.channels import note_heard
from setia.conversations.channels.whatsapp_cloud.payload import Item, Unreadable, items
from setia.conversations.inbox.handling import Outcome, handle, keep_as_problem
from setia.conversations.inbox.runs import LONGEST, Plain, plain, take_in
from setia.conversations.inbox.tenants import Tenants
from setia.conversations.models import Channel, InboxItem, WebhookDelivery
from setia.core import clock, faults, turns, work
from setia.core.scope import open_shop

log = logging.getLogger(__name__)

# After so many tries an item that still fails is kept as a problem and its delivery is done.
GIVE_UP_AFTER: Final = 6
LEASE: Final = timedelta(seconds=120)
RENEW_BEFORE: Final = timedelta(seconds=60)
# WhatsApp repeats for up to seven days; the keys are kept longer than the bodies.
KEEP_BODIES: Final = timedelta(days=8)
KEEP_KEYS: Final = timedelta(days=30)


def settle_deliveries(limit: int = 40) -> int:
    """Handle the items of due deliveries of every shop. Returns how many deliveries were taken."""
    rows = work.claim(WebhookDelivery.objects.all(), limit=limit, lease=LEASE)
    faults.point("delivery.claimed")
    if rows:
        _Round().settle(rows)
    return len(rows)


@dataclass
class _Delivery:
    """A delivery at work: what became of its items."""

    row: WebhookDelivery
    items: int = 0
    refused: int = 0
    failed: int = 0
    lost: bool = False

    @property
    def last_try(self) -> bool:
        return bool(self.row.attempts >= GIVE_UP_AFTER)

    def still_ours(self) -> bool:
        """Renew the lease while a long body is being worked through. False when it was lost."""
        row = self.row
        if self.lost or row.leased_until - clock.now() > RENEW_BEFORE:
            return not self.lost
        row.leased_until = clock.now() + LEASE
        mine = WebhookDelivery.objects.filter(pk=row.pk, lease=row.lease)
        self.lost = not mine.update(leased_until=row.leased_until)
        if self.lost:
            log.warning("Webhook delivery %s was taken by another worker.", row.pk)
        return not self.lost

    def note(self, outcome: Outcome) -> None:
        self.refused += outcome is Outcome.REFUSED
        self.failed += outcome is Outcome.FAILED


class _Round:
    """The items of some deliveries in their order: plain messages of one number gather to a run, whatever else comes
    is handled by itself, after the run before it."""

    def __init__(self) -> None:
        self._tenants = Tenants()
        self._run: list[tuple[_Delivery, Plain]] = []
        self._channel: Channel | None = None

    def settle(self, rows: Sequence[WebhookDelivery]) -> None:
        deliveries = []
        for row in rows:
            delivery = _Delivery(row)
            try:
                for item in items(bytes(row.body)):
                    delivery.items += 1
                    self._take(delivery, item)
            except Unreadable as error:
                # It was signed, so it is WhatsApp's: kept with what was wrong with it.
                work.give_up(row, f"Unreadable: {error}")
                log.error("Webhook delivery %s cannot be read: %s", row.pk, error)
                continue
            deliveries.append(delivery)
        self._flush()
        _end([delivery for delivery in deliveries if not delivery.lost])

    def _take(self, delivery: _Delivery, item: Item) -> None:
        channels = self._tenants.channels_of(item)
        one = plain(item) if len(channels) == 1 else None
        if one is None:
            self._flush()
            self._alone(delivery, item)
            return
        if self._run and (self._channel is not channels[0] or len(self._run) >= LONGEST):
            self._flush()
        self._channel = channels[0]
        self._run.append((delivery, one))

    def _flush(self) -> None:
        """Write the run down; what it leaves, or all of it when it fails, is handled one by one."""
        run, self._run = [(delivery, one) for delivery, one in self._run if delivery.still_ours()], []
        done: set[str] = set()
        if len(run) > 1 and self._channel:
            with open_shop(self._channel.shop):
                try:
                    note_heard(channel=self._channel)
                    done = take_in([one for _delivery, one in run], self._channel)
                except Exception:  # one bad message must not hold up its neighbours: each goes by itself
                    log.exception("A run of %s messages goes one by one.", len(run))
            faults.point("item.committed")
            turns.give_way()
        for delivery, one in run:
            if one.key not in done:
                self._alone(delivery, one.item)

    def _alone(self, delivery: _Delivery, item: Item) -> None:
        if delivery.still_ours():
            delivery.note(_handle(item, self._tenants, last_try=delivery.last_try))
            turns.give_way()


def _end(deliveries: Sequence[_Delivery]) -> None:
    """Mark what became of them; those without trouble all at once."""
    work.finish_all(
        WebhookDelivery.objects.all(), [one.row for one in deliveries if not one.failed and not one.refused]
    )
    for one in deliveries:
        if one.failed:
            work.retry(one.row, f"{one.failed} of {one.items} items failed.", after=work.backoff(one.row.attempts))
        elif one.refused and work.finish(one.row):
            WebhookDelivery.objects.filter(pk=one.row.pk).update(error=f"{one.refused} of {one.items} items refused.")
        faults.point("delivery.settled")


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
