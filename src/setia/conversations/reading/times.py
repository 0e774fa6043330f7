"""Hours, parts of the day and prayer times in the line, each claimed; a greeting ("selamat siang") is not a time."""

from dataclasses import dataclass
from datetime import time
from typing import Final

from .lexicon import HONORIFICS
from .line import Found, Line

_PART: Final = "pagi|siang|sore|malam"
_HONORIFIC: Final = "|".join(sorted(HONORIFICS))
_PRAYERS: Final = {
    "subuh": "pagi",
    "dhuhur": "siang",
    "jumatan": "siang",
    "ashar": "sore",
    "maghrib": "malam",
    "isya": "malam",
}
_CLOCK: Final = (
    r"(?P<by>sebelum )?(?P<rough>(?:sekitar|kira|kurang lebih) )?jam (?:: )?(?P<half>setengah )?"
    r"#(?P<h>\d{1,2})(?:[.,](?P<m>\d\d))?(?: : #(?P<m2>\d\d))?"
    r"(?: (?P<past>lewat|lebih|kurang) (?P<quarter>seperempat|#\d{1,2}))?"
    r"(?: (?:-|sampai) (?:jam )?#(?P<until>\d{1,2})(?:[.]\d\d)?(?! U:))?"
    rf"(?: (?:wib|tepat))?(?: (?P<part>{_PART}))?"
)
_BARE: Final = rf"#(?P<h>[01]?\d|2[0-3]) : #(?P<m>[0-5]\d)(?: wib)?(?: (?P<part>{_PART}))?"
_DOTTED: Final = rf"#(?P<h>[01]\d|2[0-3])\.(?P<m>[03]0)(?: (?:wib|(?P<part>{_PART})))"
_SPOKEN: Final = rf"#(?P<h>\d{{1,2}}) (?P<part>{_PART})"


@dataclass(frozen=True, slots=True)
class Clock:
    """One time of day: `hour` and `minute` as said (12-hour words stay open), `part` of the day, `about` for "9an",
    `by` for "sebelum", `full` when written on the 24-hour clock ("07.30")."""

    start: int
    end: int
    hour: int | None = None
    minute: int = 0
    part: str = ""
    about: bool = False
    by: bool = False
    full: bool = False


def claim_greetings(line: Line) -> None:
    """Take "selamat siang", "sugeng enjang" and an opening "pagi bu" out of the way of the times."""
    line.claim_all(rf"(?:selamat|slamat|met|sugeng|good) (?:{_PART})", "greeting")
    opening = line.first(rf"(?:{_PART})(?= (?:{_HONORIFIC}|,|!|¶|\.))", end=8)
    if opening and (opening.start == 0 or line.first(r"assalamualaikum|halo|hai|hallo|ass", end=opening.start)):
        line.claim(opening.start, opening.end, "greeting")


def clocks(line: Line) -> list[Clock]:
    """All times of day in the order of the message."""
    found: list[Clock] = []
    for expression in (_CLOCK, _BARE, _DOTTED):
        for place in list(line.find(expression)):
            if not line.is_free(place.start, place.end) or (expression is _BARE and not _tight(line, place)):
                continue
            if made := _clock(line, place):
                line.claim(place.start, place.end, "time")
                found.append(made)
    for place in list(
        line.find(
            rf"(?P<when>sebelum|bakda|habis|setelah|pas|selesai) (?:solat |sholat )?(?P<prayer>{'|'.join(_PRAYERS)})"
        )
    ):
        line.claim(place.start, place.end, "time")
        part = "sore" if place["when"] == "sebelum" and place["prayer"] == "maghrib" else _PRAYERS[place["prayer"]]
        found.append(Clock(place.start, place.end, part=part, by=place["when"] == "sebelum"))
    for place in list(line.find("|".join(_PRAYERS))):
        line.claim(place.start, place.end, "time")
        found.append(Clock(place.start, place.end, part=_PRAYERS[place[0]]))
    for place in list(line.find(_PART)):
        line.claim(place.start, place.end, "time")
        found.append(Clock(place.start, place.end, part=place[0]))
    return sorted(found, key=lambda clock: clock.start)


def _tight(line: Line, place: Found) -> bool:
    """ "15:00" but not "isi 10 : 40"."""
    before = line.tokens[place.start - 1].sym if place.start else ""
    return line.tokens[place.start + 1].glued and line.tokens[place.start + 2].glued and before not in ("isi", "@")


def _clock(line: Line, place: Found) -> Clock | None:
    """The hour and minute of a match; None for hours no clock has. "setengah 8" is 7.30, "7 kurang 10" is 6.50."""
    said = {name: text or "" for name, text in place.match.groupdict().items()}
    hour, minute = int(said["h"]), int(said.get("m") or said.get("m2") or 0)
    if hour > 24 or minute > 59:
        return None
    quarter = said.get("quarter", "")
    minutes = 15 if quarter == "seperempat" else int(quarter.removeprefix("#") or 0)
    minutes = -minutes if said.get("past") == "kurang" else minutes
    total = (hour * 60 + minute + minutes - 30 * bool(said.get("half"))) % (24 * 60)
    rough = any(token.amount is not None and token.amount.about for token in line.tokens[place.start : place.end])
    return Clock(
        place.start,
        place.end,
        total // 60,
        total % 60,
        said.get("part", ""),
        about=rough or bool(said.get("until") or said.get("rough")),
        by=bool(said.get("by")),
        full=said["h"].startswith("0"),
    )


def part_of(when: time) -> str:
    """The part of the day an hour belongs to as people here say it: pagi to 11, siang to 15, sore to 18, then malam."""
    if 4 <= when.hour < 11:
        return "pagi"
    if 11 <= when.hour < 15:
        return "siang"
    return "sore" if 15 <= when.hour < 18 else "malam"


def on_the_clock(clock: Clock, part: str) -> time | None:
    """The hour in 24-hour time, helped by the part of the day; None when "jam 7" could be morning or evening."""
    if clock.hour is None:
        return None
    hour = clock.hour
    if hour > 12 or (hour == 0 and clock.minute):
        return time(hour % 24, clock.minute)
    choices = [choice % 24 for choice in (hour, hour + 12) if choice != 24 or part == "malam"]
    fitting = [choice for choice in choices if part and _fits(choice, part)]
    if len(fitting) == 1:
        return time(fitting[0], clock.minute)
    if part:
        return None
    if clock.full:
        return time(hour, clock.minute)
    if hour in (6, 7):
        return None
    return time(hour if hour >= 8 else hour + 12, clock.minute)


def _fits(hour: int, part: str) -> bool:
    """Whether an hour can be called that, with the overlap that speech has ("jam 11 siang", "jam 6 sore")."""
    spans = {"pagi": range(1, 12), "siang": range(10, 16), "sore": range(14, 19), "malam": range(18, 24)}
    return hour in spans.get(part, ()) or (part == "malam" and hour == 0)
