"""THE list: the queues a worker drains, and what runs when."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time, timedelta

from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.utils.translation import gettext_lazy

from setia.care import actions as care
from setia.care import pictures as care_pictures
from setia.care.deductions import SETTLEMENTS
from setia.conversations import actions as conversations
from setia.conversations import texts
from setia.core import clock, events, scope, work
from setia.core.models import DailyRun, Heartbeat
from setia.core.tasks import Drain
from setia.customers import importing as imports
from setia.customers import merging, privacy
from setia.desk.reports import nightly as reports
from setia.loyalty import actions as loyalty
from setia.loyalty.chat import BALANCE
from setia.loyalty.deductions import POINTS, TIER_PRICE
from setia.loyalty.importing import CARD_COLUMNS, CARDS
from setia.orders import actions as orders
from setia.orders import deductions
from setia.orders.actions import forecasts
from setia.orders.importing import PURCHASES
from setia.orders.importing.opening import CREDITS, OWED_COLUMN
from setia.promotions.actions import campaigns_sending as campaigns
from setia.promotions.offers_deduction import OFFERS
from setia.promotions.queries import seasons
from setia.promotions.thanks_deduction import FRIEND_THANKS
from setia.promotions.welcome import WELCOME
from setia.segments import actions as segments
from setia.segments import queries as scores
from setia.segments import uses
from setia.shops import queries as shops
from setia.team import pictures as team
from setia.today import actions as today

log = logging.getLogger(__name__)

# What a file may hold that is brought in.
imports.CUSTOMERS.add(CARD_COLUMNS, OWED_COLUMN)
imports.install(imports.CUSTOMERS, PURCHASES, CARDS, CREDITS)

# What may be taken off an order, and what areas above let stand in automatic messages.
deductions.install(TIER_PRICE, POINTS, FRIEND_THANKS, OFFERS)
# Last, on a line of its own: what was agreed for a complaint comes after what a card or a voucher gives.
deductions.install(SETTLEMENTS)
texts.install(BALANCE, WELCOME)

# Celebrations lie where the shop keeps them.
forecasts.install(seasons.calendar)

# What may be done with a list of people.
uses.install(uses.Use("campaign", gettext_lazy("Write to them all"), "megaphone", "promotions:new_campaign"))

# What only the database is busy with goes by turns, not side by side: two threads would wait for each other there.
_turn = threading.RLock()


def take_deliveries() -> int:
    """Split what WhatsApp delivered."""
    with _turn:
        return conversations.settle_deliveries()


def react() -> int:
    """What follows from events, some at a time; what customers just wrote is written down first."""
    with _turn:
        while conversations.settle_deliveries():
            pass
        return events.settle_reactions()


# How each queue is drained. A drain settles some due rows of all shops and returns how many it took.
QUEUES: dict[str, Drain] = {
    "reactions": react,
    "deliveries": take_deliveries,
    "outbox": conversations.settle_outbox,
    "receipts": conversations.settle_receipts,
    "media": conversations.settle_media,
    "templates": conversations.settle_template_looks,
    "imports": imports.settle_imports,
    "campaigns": campaigns.settle_campaigns,
}


@dataclass(frozen=True)
class Daily:
    """Once per shop and day, not before `at` on the shop's clock (a function: each shop has its own hour).

    The functions are called with the shop open.
    """

    name: str
    at: time | Callable[[], time]
    run: Callable[[], object]

    def begins(self) -> time:
        """From when on it is due."""
        return self.at if isinstance(self.at, time) else self.at()


def renew_tiers() -> str:
    """Who stands on which tier: by the verdict of the night's scores, where these allow one."""
    return loyalty.renew_tiers(in_rhythm=scores.in_rhythm())


# In the order in which a night needs them.
DAILY: tuple[Daily, ...] = (
    Daily("same people", time(1, 0), merging.find_pairs),
    Daily("retention", time(1, 15), privacy.forget_old),
    Daily("sales by day", time(1, 30), orders.renew_day_sums),
    Daily("what goes together", time(1, 30), orders.renew_pairings),
    Daily("forecasts", time(1, 30), orders.renew_forecasts),
    Daily("scores", time(1, 30), segments.renew_scores),
    Daily("points", time(1, 30), loyalty.let_lapse),
    Daily("tiers", time(1, 30), renew_tiers),
    Daily("people", time(1, 30), segments.renew_profiles),
    Daily("groups", time(1, 30), segments.recount),
    Daily("team: people not taken on", time(2, 0), team.forget_declined),
    Daily("results of campaigns", time(1, 30), campaigns.settle_results),
    Daily("reports", time(1, 30), reports.renew_reports),
    Daily("boredom", time(1, 30), care.renew_boredom),
    Daily("complaints: pictures", time(2, 0), care_pictures.forget_closed),
    Daily("prompts", time(1, 30), today.renew_prompts),
    Daily("how satisfied", time(10), care.ask_after_orders),
    Daily("owner's letter", reports.letter_hour, reports.write_letter),
    Daily("payment reminders", time(9), conversations.remind_of_payments),
)


def learn_sizes() -> None:
    """Let SQLite look at its tables, so that it begins each query at the right one; PostgreSQL does so by itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            # of each index so many rows tell enough: a tenth of a second, however large the tables are
            cursor.execute("PRAGMA analysis_limit=20000")
            cursor.execute("ANALYZE")


# Without a shop: (name, how often, what).
HOUSEKEEPING: tuple[tuple[str, timedelta, Callable[[], object]], ...] = (
    ("database: sizes", timedelta(minutes=15), learn_sizes),
    ("scores: what shops are like", timedelta(hours=24), segments.learn_prior),
    ("inbox: what slipped by", timedelta(minutes=1), conversations.settle_slipped),
    ("inbox: what never came", timedelta(hours=1), conversations.give_up_waiting),
    ("inbox: old deliveries", timedelta(hours=6), conversations.forget_old_deliveries),
    ("chats: what a killed fetch left", timedelta(hours=6), conversations.forget_half_fetched),
    ("chats: exported files nobody came back to", timedelta(hours=6), conversations.forget_old_exports),
    ("imports: files nobody came back to", timedelta(hours=6), imports.forget_old_tables),
)


def plan_daily_runs() -> None:
    """Make today's row of every daily work that is due in every shop. Safe to call at any time, any number of times."""
    for shop in shops.all_shops():
        local = shop.now()
        with scope.open_shop(shop):
            planned = set(DailyRun.objects.filter(day=local.date()).values_list("name", flat=True))
            for daily in DAILY:
                if daily.name not in planned and local.time() >= daily.begins():
                    DailyRun.objects.bulk_create(
                        [DailyRun(name=daily.name, day=local.date(), due_at=clock.now())], ignore_conflicts=True
                    )


def settle_daily_runs(limit: int = 1) -> int:
    """Run due daily work of every shop.

    A run that dies is taken up again when its lease is over; it must be idempotent.
    """
    rows = work.claim(DailyRun.across_shops.select_related("shop"), limit=limit, lease=timedelta(minutes=15))
    functions = {daily.name: daily.run for daily in DAILY}
    for row in rows:
        with scope.open_shop(row.shop):
            try:
                functions[row.name]()
                work.finish(row)
            except Exception as error:  # the next shop's night must not depend on this one's
                log.exception("Daily run %s of shop %s failed.", row.name, row.shop_id)
                if row.attempts >= events.GIVE_UP_AFTER:
                    work.give_up(row, repr(error))
                else:
                    work.retry(row, repr(error), after=work.backoff(row.attempts, first=60))
    return len(rows)


QUEUES["daily"] = settle_daily_runs


def run_due() -> None:
    """Called every few seconds by the worker: plans the daily work each minute, does the housekeeping when due."""
    if _due("plan", timedelta(minutes=1)):
        plan_daily_runs()
    for name, every, function in HOUSEKEEPING:
        if _due(name, every):
            function()


def _due(name: str, every: timedelta) -> bool:
    """Take the turn of `name` if its last is `every` ago; only one of several workers gets it."""
    at = clock.now()
    taken = Heartbeat.objects.filter(name=name, at__lte=at - every).update(at=at)
    if taken or Heartbeat.objects.filter(name=name).exists():
        return bool(taken)
    try:
        with transaction.atomic():
            Heartbeat.objects.create(name=name, at=at)
    except IntegrityError:
        return False
    return True
