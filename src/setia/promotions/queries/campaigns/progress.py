"""How far a campaign is."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q

from setia.conversations.models import ChannelKind, MessageStatus
from setia.promotions.models import Campaign, CampaignState, Recipient, RecipientState


@dataclass(frozen=True)
class Progress:
    """How far a campaign is: people by where their message is."""

    waiting: int
    queued: int
    gone: int
    arrived: int
    read: int
    left_out: int
    stopped: int
    held: int

    @property
    def written(self) -> int:
        return self.waiting + self.queued + self.gone + self.left_out + self.stopped

    @property
    def percent(self) -> int:
        return round(100 * (self.gone + self.left_out) / self.written) if self.written else 0


_ON_ITS_WAY: Final = (MessageStatus.QUEUED, MessageStatus.OPENED, MessageStatus.SENDING)
_ARRIVED: Final = (MessageStatus.DELIVERED, MessageStatus.READ, MessageStatus.PLAYED)
_READ: Final = (MessageStatus.READ, MessageStatus.PLAYED)
_NOT: Final = (MessageStatus.FAILED, MessageStatus.SKIPPED)


def progress(row: Campaign) -> Progress:
    """One query."""
    handed = Q(state=RecipientState.HANDED)
    counts = Recipient.objects.filter(campaign=row).aggregate(
        waiting=Count("pk", filter=Q(state=RecipientState.WAITING)),
        queued=Count("pk", filter=handed & Q(message__status__in=_ON_ITS_WAY)),
        gone=Count("pk", filter=handed & ~Q(message__status__in=(*_ON_ITS_WAY, *_NOT))),
        arrived=Count("pk", filter=handed & Q(message__status__in=_ARRIVED)),
        read=Count("pk", filter=handed & Q(message__status__in=_READ)),
        left_out=Count("pk", filter=Q(state=RecipientState.LEFT_OUT) | (handed & Q(message__status__in=_NOT))),
        stopped=Count("pk", filter=Q(state=RecipientState.STOPPED)),
        held=Count("pk", filter=Q(held=True)),
    )
    return Progress(**counts)


def outstanding(row: Campaign) -> int:
    """How many messages of a campaign lie in the outbox."""
    return Recipient.objects.filter(campaign=row, state=RecipientState.HANDED, message__status__in=_ON_ITS_WAY).count()


def by_hand_waiting() -> dict[int, int]:
    """How many messages of each campaign wait for a person to send them."""
    rows = Recipient.objects.filter(
        state=RecipientState.HANDED,
        message__status__in=(MessageStatus.QUEUED, MessageStatus.OPENED),
        message__conversation__channel__kind=ChannelKind.APP,
        campaign__state__in=(CampaignState.SENDING, CampaignState.SENT),
    )
    return dict(rows.order_by().values_list("campaign").annotate(n=Count("pk")))
