"""Pure decisions about service: how long customers waited, when a matter is settled, until when a chat may rest.

**Wait.** It begins with the customer's first message after the shop's last answer and ends with the next answer that a
person of the shop wrote, here or on the phone. Automatic messages are no answers. Only opening hours count: nobody is
slow at three in the morning. A shop that told no hours is always open.

**Matter.** All waits of a chat that follow each other with less than `SILENCE` between an answer and the customer's
next message. It is *settled* when the customer stayed silent for `SILENCE` after the last answer, or when somebody
said the chat is done. Its time runs from the first question to the last answer, in opening hours; it belongs to whoever
gave the last answer. A matter whose last message is the customer's is open: nobody settled it.

**Typical** times are medians: one forgotten chat must not make a quick day look slow.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Final
from zoneinfo import ZoneInfo

# After so long without a word of the customer a matter is settled.
SILENCE: Final = timedelta(hours=12)
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVENING: Final = time(18)
MORNING: Final = time(7)


@dataclass(frozen=True)
class Said:
    """One message: whose, when, by which member (None: the customer, or the phone), and its words."""

    chat: int
    at: datetime
    ours: bool
    by: int | None = None
    text: str = ""


@dataclass
class Wait:
    """A customer asked, and was answered or not. `by`: the member who answered (None: on the phone, or nobody yet)."""

    chat: int
    asked_at: datetime
    answered_at: datetime | None = None
    by: int | None = None
    words: list[str] = field(default_factory=list)
    # When the shop last wrote before the customer wrote again.
    last_answer_at: datetime | None = None
    last_by: int | None = None


@dataclass(frozen=True)
class Matter:
    """Waits of one chat that belong together. `settled_at`: the last answer; None while it is open."""

    chat: int
    began_at: datetime
    settled_at: datetime | None
    by: int | None


def waits(said: Iterable[Said]) -> list[Wait]:
    """The waits in messages that come in the order of time, chat by chat or mixed; in the order they began."""
    found: list[Wait] = []
    current: dict[int, Wait] = {}
    for one in said:
        wait = current.get(one.chat)
        if not one.ours:
            if wait is None or wait.answered_at is not None:
                wait = current[one.chat] = Wait(one.chat, one.at)
                found.append(wait)
            wait.words.append(one.text)
        elif wait is not None:
            if wait.answered_at is None:
                wait.answered_at, wait.by = one.at, one.by
            wait.last_answer_at, wait.last_by = one.at, one.by
    return found


def matters(found: Sequence[Wait], now: datetime, done: Mapping[int, datetime] | None = None) -> list[Matter]:
    """The matters that `found` waits make up. `done`: when somebody said a chat is done."""
    by_chat: dict[int, list[Wait]] = defaultdict(list)
    for wait in found:
        by_chat[wait.chat].append(wait)
    made = []
    for chat, own in by_chat.items():
        finished, group = (done or {}).get(chat), [own[0]]
        for wait in own[1:]:
            last = group[-1].last_answer_at
            apart = last is not None and (
                wait.asked_at - last >= SILENCE or (finished is not None and last <= finished <= wait.asked_at)
            )
            if apart:
                made.append(_matter(chat, group, now, None, closed=True))
                group = []
            group.append(wait)
        made.append(_matter(chat, group, now, finished, closed=False))
    return sorted(made, key=lambda matter: (matter.began_at, matter.chat))


def _matter(chat: int, group: Sequence[Wait], now: datetime, finished: datetime | None, *, closed: bool) -> Matter:
    last = group[-1].last_answer_at
    over = last is not None and (closed or now - last >= SILENCE or (finished is not None and finished >= last))
    return Matter(chat, group[0].asked_at, last if over else None, group[-1].last_by if over else None)


def open_time(hours: Mapping[str, Sequence[str]], start: datetime, end: datetime, zone: ZoneInfo) -> timedelta:
    """How much of `start`…`end` lies in opening hours (`{"mon": ["07:00", "17:00"]}`); all of it when none are told.

    A closing time at or before the opening time means past midnight.
    """
    if end <= start:
        return timedelta()
    if not hours:
        return end - start
    total, day = timedelta(), start.astimezone(zone).date() - timedelta(days=1)
    last = end.astimezone(zone).date()
    while day <= last:
        if (span := hours.get(WEEKDAYS[day.weekday()])) is not None:
            opens, closes = (time.fromisoformat(text) for text in span)
            begins = datetime.combine(day, opens, tzinfo=zone)
            ends = datetime.combine(day if closes > opens else day + timedelta(days=1), closes, tzinfo=zone)
            total += max(timedelta(), min(ends, end) - max(begins, start))
        day += timedelta(days=1)
    return min(total, end - start)


@dataclass(frozen=True)
class Typical:
    """How many, and their median in whole minutes."""

    count: int
    minutes: int


def typical(lengths: Iterable[timedelta]) -> Typical | None:
    """Count and median; None of nothing."""
    minutes = [length.total_seconds() / 60 for length in lengths]
    return Typical(len(minutes), round(median(minutes))) if minutes else None


def grouped(rows: Iterable[tuple[datetime, timedelta]], key: Callable[[datetime], Hashable]) -> dict[Hashable, Typical]:
    """The typical length of `(when, length)` by `key(when)`: by hour, by day."""
    found: dict[Hashable, list[timedelta]] = defaultdict(list)
    for moment, length in rows:
        found[key(moment)].append(length)
    return {
        name: made
        for name, lengths in sorted(found.items(), key=lambda pair: str(pair[0]))
        if (made := typical(lengths))
    }


# --- Snoozing ---------------------------------------------------------------------------------------------------------


def snoozes(local: datetime, opens: time | None = None) -> dict[str, datetime]:
    """Until when a chat may be put away, by name, seen from `local` (the shop's wall clock): in three hours, this
    evening when it is still far enough, tomorrow morning (`opens`: when the shop opens then)."""
    later = (local + timedelta(hours=3)).replace(second=0, microsecond=0)
    evening = local.replace(hour=EVENING.hour, minute=0, second=0, microsecond=0)
    begins = opens or MORNING
    morning = (local + timedelta(days=1)).replace(hour=begins.hour, minute=begins.minute, second=0, microsecond=0)
    found = {"later": later}
    if evening - local >= timedelta(hours=1):
        found["evening"] = evening
    return found | {"morning": morning}


# --- Moods ------------------------------------------------------------------------------------------------------------

_UNHAPPY: Final = frozenset(
    """kecewa marah kesal kesel jengkel kapok nyesel menyesal parah payah lelet lemot sebel sebal keterlaluan kelamaan
    mengecewakan gelo nesu anyel mangkel ngamuk disappointed angry upset terrible awful refund""".split()
)
_SIGNS: Final = ("😡", "🤬", "😠", "👎", "😤", "😞", "😢", "😭", "💔")
_PHRASES: Final = (
    "kok lama", "lama sekali", "lama banget", "lama amat", "suwe banget", "kok suwe", "kok belum", "kok nggak dibalas",
    "kok tidak dibalas", "tidak dibalas", "nggak dibalas", "gak dibalas", "ga dibalas", "nunggu dari",
    "menunggu dari", "gimana sih", "piye to", "tidak profesional", "gak jadi beli", "uang kembali", "balikin uang",
    "so slow", "too long", "not happy", "no reply",
)  # fmt: skip


def sounds_unhappy(text: str) -> bool:
    """Whether the words or signs of a message show displeasure. Wrong now and then: it only says where to look."""
    if any(sign in text for sign in _SIGNS):
        return True
    words = " ".join("".join(letter if letter.isalnum() else " " for letter in text.lower()).split())
    if text.count("?") >= 3 or text.count("!") >= 3:
        return True
    return any(word in _UNHAPPY for word in words.split()) or any(f" {phrase} " in f" {words} " for phrase in _PHRASES)


def day_span(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first moment of the shop's day and of the next."""
    start = datetime.combine(day, time.min, tzinfo=zone)
    return start, datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone)
