"""Light games: weeks in a row, friends brought, flavours tried."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from setia.customers import queries as customers
from setia.loyalty import rules
from setia.loyalty.models import Programme, Tier
from setia.loyalty.queries import cards
from setia.loyalty.queries.catalogue import tier_of
from setia.loyalty.queries.lapsing import Lapsing, lapsing
from setia.loyalty.queries.reaching import Reach, reaches
from setia.orders import queries as orders
from setia.orders.models import Line, Order

# Two years of weeks are enough to be proud of.
DAYS_LOOKED_AT = 200


@dataclass(frozen=True)
class Badge:
    """A badge with its `level` (0: not yet), the count behind it and what is missing for the next."""

    icon: str
    name: str
    level: int
    said: str
    next: str


@dataclass(frozen=True)
class Games:
    """What the light games say of a customer."""

    weeks: int
    months: int
    badges: tuple[Badge, ...]

    @property
    def any(self) -> bool:
        """Whether there is something to show."""
        return self.weeks > 1 or self.months > 1 or any(badge.level for badge in self.badges)


def games_of(customer_id: int, today: date) -> Games:
    """Streaks and badges; four queries."""
    days = orders.purchase_days(customer_id, limit=DAYS_LOOKED_AT)
    brought = [friend.pk for friend in customers.brought_by(customer_id, limit=100)]
    friends = len(orders.summaries_of(brought)) if brought else 0
    return Games(
        weeks=rules.weeks_in_a_row(days, today),
        months=rules.months_in_a_row(days, today),
        badges=(_messenger(friends), _taster(_flavours(customer_id))),
    )


def _flavours(customer_id: int) -> int:
    """How many different flavours somebody has taken home."""
    bought = Order.objects.filter(customer_id=customer_id, completed_on__isnull=False)
    lines = Line.objects.filter(order__in=bought, variant__isnull=False)
    return lines.values("variant__product_id", "variant__flavour").distinct().count()


def _messenger(friends: int) -> Badge:
    missing = rules.next_step(friends, rules.MESSENGER)
    return Badge(
        "megaphone",
        _("Messenger"),
        rules.level(friends, rules.MESSENGER),
        ngettext("%(n)s friend brought", "%(n)s friends brought", friends) % {"n": friends},
        ngettext("%(n)s more friend until the next", "%(n)s more friends until the next", missing) % {"n": missing}
        if missing
        else "",
    )


def _taster(flavours: int) -> Badge:
    missing = rules.next_step(flavours, rules.TASTER)
    return Badge(
        "sparkles",
        _("Taster"),
        rules.level(flavours, rules.TASTER),
        ngettext("%(n)s flavour tried", "%(n)s flavours tried", flavours) % {"n": flavours},
        ngettext("%(n)s more flavour until the next", "%(n)s more flavours until the next", missing) % {"n": missing}
        if missing
        else "",
    )


@dataclass(frozen=True)
class Card:
    """What a customer's page tells of their card."""

    programme: Programme
    balance: str
    tier: Tier | None
    lapsing: list[Lapsing]
    next: Reach | None
    badges: tuple[Badge, ...]


def card_of(customer_id: int, today: date) -> Card:
    """The card in a few words; one query while there is no programme."""
    programme = cards.programme()
    if not programme.is_on:
        return Card(programme, "", None, [], None, ())
    account = cards.account_of(customer_id)
    within = reaches(account, customer_id)
    ready = [reach for reach in within if not reach.missing]
    games = games_of(customer_id, today) if programme.games else None
    return Card(
        programme=programme,
        balance=cards.balance_words(account, programme),
        tier=tier_of(customer_id),
        lapsing=lapsing(today, programme.warn_days, customer_id=customer_id) if account else [],
        next=ready[-1] if ready else next(iter(within), None),
        badges=tuple(badge for badge in games.badges if badge.level) if games else (),
    )
