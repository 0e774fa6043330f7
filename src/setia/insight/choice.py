"""Which reason to act is worth most today, what a shop's own days teach about that, and who is held back at random.

In: chances as 0…1, money as whole rupiah, counts. Out: plain numbers. Everything is a closed formula of a few sums, so
each figure can be shown beside the card it placed. docs/algorithms/today.md says why.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

# Days in which an order counts as the answer to a prompt; the chance of an order is told for the same days.
OUTCOME_DAYS = 14
# Share of those who would not come by themselves whom a word brings, before a shop's own days spoke; and how many
# prompts that belief weighs (the two numbers of a Beta are WON * SHOWN_BEFORE and the rest).
WON, SHOWN_BEFORE = 0.06, 40.0
# So many prompts acted on that one's liking of a kind is believed before anything was skipped, and what "later" counts.
LIKED_BEFORE, LATER_COUNTS = 6.0, 0.25
# So many orders that the model's own chances are believed before hold-outs spoke, and how far they may be moved.
TRUSTED_BEFORE, LEAST_TRUST, MOST_TRUST = 10.0, 0.5, 2.0
# Who was not asked whether offers may be sent is greeted when they come by: fewer are reached.
IN_PERSON = 0.6
# Each message of the last 30 days costs so much of what a customer is worth (chance to grow tired of the shop).
TIRED = 0.004
# What is done in a day: so many days of ten are believed beforehand; a little more than usual is offered.
USUAL, DAYS_BEFORE, STRETCH, FEWEST, MOST = 10, 7, 2, 3, 15
# A period for which the lot keeps somebody back, in days.
PERIOD_DAYS = 28


@dataclass(frozen=True)
class Evidence:
    """What happened to the prompts of one kind: acted on (sent or done), skipped, put off; and of those that were sent
    and are old enough to judge: how many, how many ordered, how many the model expected to order by themselves."""

    acted: int = 0
    skipped: int = 0
    later: int = 0
    judged: int = 0
    ordered: int = 0
    expected: float = 0.0


@dataclass(frozen=True)
class Learned:
    """Of a kind: the share won over, how gladly it is acted on (0…1), and on how many judged prompts that rests."""

    won: float = WON
    liking: float = 1.0
    judged: int = 0


@dataclass(frozen=True)
class Worth:
    """The parts of a gain. `change`: of the chance to order; `tired`: what is taken off; `gain` may be below zero."""

    change: float
    tired: float
    gain: float


def within(chance: float, *, of_days: int, days: int = OUTCOME_DAYS) -> float:
    """A chance told for `of_days`, for fewer or more days (orders come at a steady rate)."""
    _share(chance)
    return float(1 - (1 - chance) ** (days / of_days))


def trust(ordered: int, expected: float) -> float:
    """By what the model's chances are to be multiplied: orders of those held back over those expected of them."""
    return float(min(MOST_TRUST, max(LEAST_TRUST, (ordered + TRUSTED_BEFORE) / (expected + TRUSTED_BEFORE))))


def learn(seen: Evidence, *, trusted: float = 1.0, prior: float = WON) -> Learned:
    """What a shop's own days say of a kind: pulled towards `prior` while they say little.

    Won over: orders beyond the expected ones, of those not expected to come; a Beta with the prior's two numbers.
    """
    expected = min(float(seen.judged), seen.expected * trusted)
    could = seen.judged - expected
    beyond = min(could, max(0.0, seen.ordered - expected))
    won = (prior * SHOWN_BEFORE + beyond) / (SHOWN_BEFORE + could)
    against = seen.skipped + LATER_COUNTS * seen.later
    liking = (LIKED_BEFORE + seen.acted) / (LIKED_BEFORE + seen.acted + against)
    return Learned(float(won), float(liking), seen.judged)


def worth(
    *,
    value: float,
    chance: float,
    learned: Learned = Learned(),
    asked: bool = True,
    timing: float = 1.0,
    written: int = 0,
) -> Worth:
    """What a prompt is expected to bring: value × change in chance × consent, less the tiredness of being written to.

    value: money within a year; chance: to order by themselves within `OUTCOME_DAYS`; asked: agreed to offers; timing:
    how much acting now matters among prompts of the kind (0…1, half of it counts); written: messages in 30 days.
    """
    _share(chance)
    _share(timing)
    change = learned.won * (1 - chance)
    tired = value * TIRED * written
    consent = 1.0 if asked else IN_PERSON
    return Worth(change, tired, value * change * consent * learned.liking * (0.5 + timing / 2) - tired)


def place(gain: float, usual: float) -> float:
    """A gain as a number below 1 by which prompts are sorted; `usual` (more than 0) stands at one half."""
    return gain / (gain + usual) if gain > 0 else 0.0


def in_a_day(done: Sequence[int]) -> int:
    """How many prompts to offer, from how many were settled on each day on which any were."""
    total = DAYS_BEFORE * USUAL + sum(min(MOST, count + STRETCH) for count in done)
    return min(MOST, max(FEWEST, round(total / (DAYS_BEFORE + len(done)))))


def held_back(seed: int, customer: int, day: int, share: float) -> bool:
    """Whether the lot keeps a customer back in the period of a day (an ordinal): the same all through the period."""
    lot = blake2b(f"{seed}:{customer}:{day // PERIOD_DAYS}".encode(), digest_size=8).digest()
    return int.from_bytes(lot, "big") < share * 2**64


def _share(number: float) -> None:
    if not 0 <= number <= 1:
        raise ValueError(f"A share lies between 0 and 1, not at {number}.")
