"""What is known before a campaign is sent: whom it reaches, what it costs, what it can show."""

from dataclasses import dataclass

from setia.conversations import costs
from setia.conversations.models import ChannelKind, Conversation
from setia.core import clock
from setia.core.scope import current_shop
from setia.insight import uplift
from setia.promotions.models import Campaign
from setia.promotions.queries.campaigns.audiences import audience, drawn, open_hold_out, predictions, slices
from setia.promotions.queries.campaigns.rows import sending_channel
from setia.promotions.rules import campaigns as rules


@dataclass(frozen=True)
class Outlook:
    """What is known before sending. `detectable`: the smallest rise that this audience can show, as a share."""

    asked: int
    losses: dict[str, int]
    treated: int
    held: int
    base: float
    detectable: float | None
    price_each: int
    by_hand: bool
    days: int
    free: int = 0
    no_template: int = 0
    over_cap: bool = False

    @property
    def price(self) -> int:
        """What sending costs, in rupiah."""
        return self.price_each * (self.treated - self.free)

    @property
    def reachable(self) -> int:
        return self.treated + self.held

    @property
    def points(self) -> int:
        """The smallest effect in people of a hundred, rounded up."""
        return 0 if self.detectable is None else min(100, int(100 * self.detectable + 0.999))

    @property
    def anyway(self) -> int:
        return rules.per_hundred(self.base)


def outlook(row: Campaign) -> Outlook:
    """Look ahead: nothing is written."""
    whom, day = audience(row), current_shop().today()
    predicted = predictions(whom.reachable, row.window_days)
    size = len(whom.reachable)
    share = uplift.holdout_share(size) if row.holds_out and size else 0.0
    before = drawn(open_hold_out(day)) if row.holds_out else {}
    fixed = [before[pk][0] for pk in whom.reachable if pk in before]
    held = sum(fixed) + int(share * (size - len(fixed)) + 0.5)
    base = rules.base_rate([predicted[pk][0] for pk in whom.reachable])
    real = held / size if size else 0.0
    detectable = uplift.detectable_effect(size, base, real) if held >= 2 and size - held >= 2 else None
    channel, allowed = sending_channel(), costs.sending_rules()
    by_hand = channel.kind != ChannelKind.CLOUD
    treated = size - held
    opened = 0 if by_hand else _open_windows(whom.reachable)
    free = int(opened * treated / size) if size else 0
    price = costs.price_of("marketing", channel=channel)
    return Outlook(
        asked=whom.asked,
        losses=whom.losses,
        treated=treated,
        held=held,
        base=base,
        detectable=detectable,
        price_each=price,
        by_hand=by_hand,
        days=_days(treated, allowed.by_hand_a_day if by_hand else channel.daily_reach),
        free=free,
        no_template=0 if by_hand or row.template_id else treated - free,
        over_cap=not by_hand and not costs.cap_allows(price * (treated - free)),
    )


def _days(count: int, a_day: int | None) -> int:
    return 1 if not a_day else max(1, -(-count // a_day))


def _open_windows(ids: list[int]) -> int:
    now = clock.now()
    return sum(
        Conversation.objects.filter(customer_id__in=part, window_until__gt=now).values("customer_id").distinct().count()
        for part in slices(ids)
    )
