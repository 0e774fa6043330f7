"""What words, complaints and boredom truly do in the invented shop. Pure, seeded, apart from the dice of the purchases.

- **A word** (a prompt that was sent) brings `WON` of those who would not have ordered within 14 days and still belong
  to the shop, and `WON_GONE` of those who had left for good; each further word within 30 days brings `TIRES` less.
- **A complaint** follows one purchase in about eighty. Settled (three in four) it changes nothing; not settled, half
  stay away for good.
- **Boredom**: who took nothing but the same flavour `BORED_AFTER` times in a row skips `BORED_SKIPS` of the next
  visits, until a visit with something else.

Since both worlds are known (with the word and without), the true effect of every single word is known, too.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from setia.insight import choice

if TYPE_CHECKING:
    from setia.demo.simulator import History, Purchase

WON, WON_GONE, TIRES = 0.16, 0.03, 0.04
COMPLAINS, SETTLED, LEAVES_ANGRY = 0.012, 0.75, 0.5
BORED_AFTER, BORED_SKIPS = 8, 0.3
# The shop writes once a week to so many, for so many weeks back; to nobody twice within `AGAIN_DAYS`.
A_WEEK, WEEKS, AGAIN_DAYS, HELD = 14, 26, 28, 0.1
# The cast have stories of their own: nothing here touches them.
CAST = 14
KINDS = ("taste", "broken", "late", "wrong", "service")


@dataclass(frozen=True)
class Complaint:
    """Somebody complained about a purchase; whether it was settled in time, and whether they stayed away since."""

    person: int
    day: date
    kind: str
    settled: bool
    left: bool


@dataclass(frozen=True)
class Word:
    """A prompt that was chosen. `did`: sent, skipped or expired, or held back by lot. `chance`: to order by themselves,
    as it looked; `would`: whether they would have; `effect`: the true rise of their chance by what was done."""

    person: int
    day: date
    did: str
    held: bool
    chance: float
    would: bool
    effect: float


def live(history: "History", *, today: date, seed: int) -> None:
    """Let the shop's people get bored, complain and be written to. Changes `history` in place."""
    dice = np.random.default_rng([seed, 1])
    per = by_person(history.purchases)
    for number in sorted(per):
        if number >= CAST:
            per[number] = _bored(dice, history, per[number])
            per[number] = _complaining(dice, history, per[number])
    _written_to(dice, history, per, today, seed)
    history.purchases = sorted(
        (one for rows in per.values() for one in rows), key=lambda purchase: (purchase.day, purchase.person)
    )


def by_person(purchases: list["Purchase"]) -> dict[int, list["Purchase"]]:
    """The same purchases by person, each in the order of days."""
    found: dict[int, list[Purchase]] = defaultdict(list)
    for purchase in purchases:
        found[purchase.person].append(purchase)
    return found


def _bored(dice: np.random.Generator, history: "History", rows: list["Purchase"]) -> list["Purchase"]:
    favourite, same, kept = history.people[rows[0].person].favourite, 0, []
    for purchase in rows:
        if same >= BORED_AFTER and dice.random() < BORED_SKIPS:
            continue
        kept.append(purchase)
        same = same + 1 if all(variant == favourite for variant, _boxes in purchase.items) else 0
    return kept


def _complaining(dice: np.random.Generator, history: "History", rows: list["Purchase"]) -> list["Purchase"]:
    for place, purchase in enumerate(rows):
        if dice.random() < COMPLAINS:
            settled = bool(dice.random() < SETTLED)
            left = not settled and bool(dice.random() < LEAVES_ANGRY)
            kind = str(dice.choice(KINDS))
            history.complaints.append(Complaint(purchase.person, purchase.day, kind, settled, left))
            if left:
                history.left[purchase.person] = purchase.day
                return rows[: place + 1]
    return rows


def _written_to(
    dice: np.random.Generator, history: "History", per: dict[int, list["Purchase"]], today: date, seed: int
) -> None:
    """Every Monday the shop writes to some who are late by their own measure; the lot holds a few back."""
    monday = today - timedelta(days=today.weekday())
    written: dict[int, list[date]] = defaultdict(list)
    for week in range(WEEKS, 2, -1):
        day = monday - timedelta(days=7 * week)
        for person in _late(history, per, written, day)[:A_WEEK]:
            word = _word(dice, history, per[person], written[person], person, day, seed)
            history.words.append(word)
            written[person].append(day)
            if word.effect and not word.would and dice.random() < word.effect:
                _comes(dice, per[person], day)


def _late(history: "History", per: dict[int, list["Purchase"]], written: dict[int, list[date]], day: date) -> list[int]:
    """Who has waited longer than their own mean gap, the latest first, with at least three purchases before."""
    found = []
    for person, rows in per.items():
        before = bisect_left([row.day for row in rows], day)
        if person < CAST or before < 3 or not history.people[person].agreed:
            continue
        if any((day - last).days < AGAIN_DAYS for last in written[person]):
            continue
        usual = max(4.0, (rows[before - 1].day - rows[0].day).days / (before - 1))
        waits = (day - rows[before - 1].day).days / usual
        if 1.1 < waits < 5:
            found.append((waits, person))
    return [person for _waits, person in sorted(found, reverse=True)]


def _word(
    dice: np.random.Generator,
    history: "History",
    rows: list["Purchase"],
    written: list[date],
    person: int,
    day: date,
    seed: int,
) -> Word:
    held = choice.held_back(seed, person, day.toordinal(), HELD)
    did = "held" if held else str(dice.choice(("sent", "skipped", "expired"), p=(0.8, 0.12, 0.08)))
    days = [row.day for row in rows]
    before = bisect_left(days, day)
    weekly = before / max(2.0, (day - days[0]).days / 7)
    would = ordered_between(days, day)
    effect = true_effect(gone=gone(history, person, day), written=_lately(written, day)) if did == "sent" else 0.0
    return Word(person, day, did, held, float(1 - np.exp(-2 * weekly)), would, 0.0 if would else effect)


def ordered_between(days: list[date], day: date) -> bool:
    """Whether one of the days (sorted) lies within those that count as the answer to a word on `day`."""
    return bisect_right(days, day + timedelta(days=choice.OUTCOME_DAYS)) > bisect_left(days, day)


def gone(history: "History", person: int, day: date) -> bool:
    """Whether somebody had left for good before a day."""
    left = history.left.get(person)
    return left is not None and left < day


def true_effect(*, gone: bool, written: int = 0) -> float:
    """By how much a word raises the chance of who would not come by themselves."""
    return max(0.0, (WON_GONE if gone else WON) - TIRES * written)


def _lately(written: list[date], day: date) -> int:
    return sum((day - last).days <= 30 for last in written)


def _comes(dice: np.random.Generator, rows: list["Purchase"], day: date) -> None:
    """A purchase more, a few days after the word, like the last one before."""
    days = [row.day for row in rows]
    place = bisect_left(days, day)
    rows.insert(place, replace(rows[place - 1], day=day + timedelta(days=int(dice.integers(1, 10)))))


def mean_effect(words: list[Word]) -> float:
    """The true rise of the rate of orders of all who were chosen and not held back."""
    shown = [word.effect for word in words if not word.held]
    return sum(shown) / len(shown) if shown else 0.0


def arms(words: list[Word], per: dict[int, list["Purchase"]]) -> Iterator[tuple[bool, bool]]:
    """Of each word: held back or not, and whether an order followed in the world as it became."""
    for word in words:
        yield word.held, ordered_between([row.day for row in per[word.person]], word.day)
