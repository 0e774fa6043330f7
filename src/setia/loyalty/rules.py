"""Pure decisions of the programme: what an order earns, which lots are drawn from, who stands where, what is owed.

Points, stamps and rupiah are whole numbers; whatever is divided is rounded down, in nobody's disfavour but a point's.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

LARGEST = 1_000_000


class NotEnough(ValueError):
    """More was asked for than there is; `missing` by how much."""

    def __init__(self, missing: int) -> None:
        super().__init__(missing)
        self.missing = missing


# --- Earning ----------------------------------------------------------------------------------------------------------


def earning_goods(lines: Iterable[int], adjustments: Iterable[int], *, returned: int = 0) -> int:
    """The rupiah that earn: goods less everything taken off them (discount, vouchers, points) and less what came back.

    Fees for delivery (adjustments above zero) earn nothing, and what is taken off them takes off no points: leave
    it out. Never below zero.
    """
    return max(0, sum(lines) + sum(min(0, amount) for amount in adjustments) - returned)


@dataclass(frozen=True, slots=True)
class Terms:
    """The rules an order is counted by: `per` rupiah a point, `percent` of the tier, points by variant and box."""

    per: int
    percent: int
    bonus: Mapping[int, int]
    stamp_least: int
    daily: bool
    units: tuple[str, ...]


def points_for(terms: Terms, goods: int, boxes: Mapping[int, int]) -> int:
    """Points of an order: whole steps of `per` in its goods and the bonus of its boxes, times the tier's percent.

    `boxes`: bought by variant, without those that were a reward. Nothing where the goods cost nothing.
    """
    if "points" not in terms.units or goods <= 0 or terms.per <= 0:
        return 0
    bonus = sum(points * max(0, boxes.get(variant, 0)) for variant, points in terms.bonus.items())
    return min(LARGEST, (goods // terms.per + bonus) * terms.percent // 100)


def earns_stamp(terms: Terms, goods: int) -> bool:
    """Whether a purchase is worth a stamp."""
    return "stamps" in terms.units and goods > 0 and goods >= terms.stamp_least


@dataclass(frozen=True, slots=True)
class Step:
    """How far a balance moves, and how what is owed changes."""

    amount: int
    owed: int


def step_to(target: int, *, given: int, owed: int, available: int, below_zero: bool) -> Step:
    """The movement that leads an order that gave `given` (of which `owed` could not be taken back) to `target`.

    What is taken back is at most `available`, unless the programme lets a balance go below zero; the rest is owed by
    the order alone and is the first thing settled when the order earns again.
    """
    difference = target - (given - owed)
    if difference >= 0:
        settled = min(owed, difference)
        return Step(difference - settled, -settled)
    taken = -difference if below_zero else min(-difference, max(0, available))
    return Step(-taken, -difference - taken)


def nothing_kept(boxes: Mapping[int, int], back: Mapping[int, int]) -> bool:
    """Whether of every line (boxes by line) all came back; an order without lines keeps whatever it was."""
    return bool(boxes) and all(back.get(line, 0) >= quantity for line, quantity in boxes.items())


# --- Lots -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lot:
    """What is `left` of something earned; below zero it is a debt. `order_id`: the order it came from."""

    id: int
    left: int
    expires_on: date | None
    order_id: int | None = None


def lots_of(rows: Iterable[tuple[int, int | None, int, date | None, int | None]]) -> list[Lot]:
    """Lots that are not empty, oldest first, from ledger rows (id, lot id, amount, last day, order id)."""
    left: dict[int, int] = {}
    facts: dict[int, tuple[date | None, int | None]] = {}
    for pk, lot, amount, expires_on, order_id in sorted(rows, key=lambda row: row[0]):
        root = pk if lot is None else lot
        left[root] = left.get(root, 0) + amount
        if lot is None:
            facts[pk] = (expires_on, order_id)
    return [Lot(pk, left[pk], *facts[pk]) for pk in facts if left[pk]]


def lapsed(lots: Iterable[Lot], day: date) -> list[Lot]:
    """Lots whose last day is over."""
    return [lot for lot in lots if lot.left > 0 and lot.expires_on is not None and lot.expires_on < day]


def _order(lot: Lot) -> tuple[date, int]:
    return (lot.expires_on or date.max, lot.id)


def draw(lots: Iterable[Lot], amount: int, *, first_of_order: int | None = None) -> list[tuple[int, int]]:
    """From which lots `amount` is taken: (lot id, how much), what lapses first first.

    `first_of_order`: lots of this order come before all others, for what is taken back. Raises NotEnough.
    """
    if amount <= 0:
        return []
    usable = sorted((lot for lot in lots if lot.left > 0), key=_order)
    if first_of_order is not None:
        usable.sort(key=lambda lot: lot.order_id != first_of_order)
    taken: list[tuple[int, int]] = []
    for lot in usable:
        part = min(lot.left, amount)
        taken.append((lot.id, part))
        amount -= part
        if not amount:
            return taken
    raise NotEnough(amount)


def last_day(earned_on: date, months: int) -> date | None:
    """The last day something earned on a day is good: the same day so many months later (or that month's last one).

    None for 0 months: it never lapses.
    """
    if not months:
        return None
    year, month = divmod(earned_on.year * 12 + earned_on.month - 1 + months, 12)
    return date(year, month + 1, min(earned_on.day, monthrange(year, month + 1)[1]))


# --- Rewards ----------------------------------------------------------------------------------------------------------


def most_points(balance: int, *, pays: int, due: int) -> int:
    """How many points can pay off `due` rupiah of goods at `pays` rupiah each; never more than what is due needs."""
    return max(0, min(balance, due // pays)) if pays > 0 else 0


# The most a tier may take off every price, in percent; and to which step of rupiah it is rounded down.
MOST_OFF = 30
STEP_OFF = 100


def tier_off(goods: int, percent: int) -> int:
    """What a tier takes off goods of so many rupiah, in whole steps of `STEP_OFF`; never more than its percent."""
    return max(0, goods) * percent // 100 // STEP_OFF * STEP_OFF


# --- Tiers ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Condition:
    """What a tier asks for; 0 or False asks nothing."""

    id: int
    position: int
    least_orders: int
    least_spent: int
    within_days: int
    in_rhythm: bool


# Without enough purchases for a rhythm of their own, somebody who came within so many days still comes.
STILL_COMES_DAYS = 60


def holds(condition: Condition, *, orders: int, spent: int, days_ago: int, in_rhythm: bool | None) -> bool:
    """Whether a customer fulfils a tier. `in_rhythm` None: not enough is known, then 60 days decide."""
    comes = in_rhythm if in_rhythm is not None else days_ago <= STILL_COMES_DAYS
    return (
        orders >= condition.least_orders
        and spent >= condition.least_spent
        and (not condition.within_days or days_ago <= condition.within_days)
        and (not condition.in_rhythm or comes)
    )


def tier_of(
    conditions: Sequence[Condition], *, orders: int, spent: int, days_ago: int, in_rhythm: bool | None
) -> Condition | None:
    """The highest tier a customer fulfils."""
    held = (one for one in conditions if holds(one, orders=orders, spent=spent, days_ago=days_ago, in_rhythm=in_rhythm))
    return max(held, key=lambda one: (one.position, one.id), default=None)


# --- Games ------------------------------------------------------------------------------------------------------------

MESSENGER = (1, 3, 10)
TASTER = (3, 5, 8)


def weeks_in_a_row(days: Iterable[date], today: date) -> int:
    """Calendar weeks (Monday first) with a purchase, without a gap, up to this or the last one."""
    return _in_a_row({day.toordinal() - day.weekday() for day in days}, today.toordinal() - today.weekday(), 7)


def months_in_a_row(days: Iterable[date], today: date) -> int:
    """Calendar months with a purchase, without a gap, up to this or the last one."""
    return _in_a_row({day.year * 12 + day.month for day in days}, today.year * 12 + today.month, 1)


def _in_a_row(seen: set[int], now: int, width: int) -> int:
    start = now if now in seen else now - width
    count = 0
    while start - count * width in seen:
        count += 1
    return count


def level(count: int, steps: Sequence[int]) -> int:
    """How many of the rising `steps` are reached: 0 is no badge yet."""
    return sum(count >= step for step in steps)


def next_step(count: int, steps: Sequence[int]) -> int | None:
    """How many more until the next badge; None after the last."""
    return next((step - count for step in steps if count < step), None)


# --- What is owed to everybody ----------------------------------------------------------------------------------------


def rupiah_rate(rewards: Iterable[tuple[int, int]], *, pays: int = 0) -> Fraction:
    """The most a point (or stamp) can be worth: over all rewards (cost, worth) and over paying with points."""
    return (
        max((Fraction(worth, cost) for cost, worth in rewards if cost > 0), default=Fraction(0))
        if not pays
        else max([Fraction(pays), *(Fraction(worth, cost) for cost, worth in rewards if cost > 0)])
    )


def liability(balances: Iterable[int], rate: Fraction) -> int:
    """Rupiah owed at most: every open point at its best use. Debts of one card do not lessen what others are owed."""
    return int(sum(max(0, balance) for balance in balances) * rate)


def within_reach(balances: Iterable[int], rewards: Sequence[tuple[int, int]], *, pays: int = 0) -> int:
    """Rupiah that could be asked for today: of each card the best of one kind of reward taken as often as it goes."""

    def best(balance: int) -> int:
        taken = [balance // cost * worth for cost, worth in rewards if cost > 0]
        return max([*taken, balance * pays], default=0)

    return sum(best(balance) for balance in balances if balance > 0)


# So many points must have ended one way or the other before their shares say something.
ENOUGH_ENDED = 100


def expected(most: int, *, redeemed: int, expired: int) -> int | None:
    """The part of `most` that will probably be asked for, by what became of points that have ended; None: too few."""
    ended = redeemed + expired
    return most * redeemed // ended if ended >= ENOUGH_ENDED else None


def soon(expires_on: date, day: date, warn_days: int) -> bool:
    """Whether something that is good until `expires_on` is about to lapse on `day`."""
    return day <= expires_on <= day + timedelta(days=warn_days)
