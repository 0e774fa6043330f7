"""Finds every expression of a day in the line, and settles what was taken back or said twice."""

from datetime import date, datetime
from typing import Final

from . import reckoning as reckon
from .day_words import READERS, short
from .line import Found, Line
from .reckoning import UNCLEAR, Mention

_TAKEN_BACK: Final = {"ralat", "eh", "koreksi", "maksudnya", "salah"}
_DAYS_KINDS: Final = ("day", "calendar", "weekday", "month_day", "unclear")


def mentions(line: Line, sent: datetime) -> list[Mention]:
    """All expressions of a day, in the order of the message, each claimed in the line."""
    found: list[Mention] = []
    for expression, read in READERS:
        for place in list(line.find(expression)):
            if not line.is_free(place.start, place.end) or line.tokens[place.start].doubled:
                continue
            mention = None if read is short and _counts_goods(line, place) else read(place, sent)
            if mention is not None:
                start = _deadline_start(line, place.start)
                mention = _until(mention, sent.date()) if start < place.start else mention
                line.claim(start, place.end, "past" if mention.kind == "past" else "date")
                found.append(mention.at(start, place.end))
    return _agreeing(line, _corrected(line, sorted(found, key=lambda mention: mention.start)))


def _corrected(line: Line, found: list[Mention]) -> list[Mention]:
    """ "diambil Jumat, ralat Sabtu", "Sabtu bukan Jumat": the day taken back is no day of the message any more."""
    kept: list[Mention] = []
    for mention in found:
        before = [token.sym for token in line.tokens[max(0, mention.start - 3) : mention.start]]
        if before[-1:] == ["bukan"]:
            line.claim(mention.start - 1, mention.start, "corrected")
            continue
        refused = mention.start > 0 and line.tokens[mention.start - 1].role == "refused"
        if refused and mention is not found[-1] and mention.kind in _DAYS_KINDS:
            continue
        if kept and set(before) & _TAKEN_BACK and kept[-1].kind in _DAYS_KINDS and mention.kind in _DAYS_KINDS:
            kept.pop()
        kept.append(mention)
    return kept


def _counts_goods(line: Line, place: Found) -> bool:
    """ "keju 4/5", "keju 1/3": a range or a share, unless the flavour already has its count ("3 kotak keju 12/12")."""
    before = [token.sym for token in line.tokens[max(0, place.start - 3) : place.start]]
    counted = len(before) > 1 and (before[-2].startswith("U:") or before[0].startswith("#"))
    return bool(before) and before[-1].startswith("V:") and not counted and int(place["d"]) < int(place["m"])


def _deadline_start(line: Line, start: int) -> int:
    """Where "paling lambat", "sebelum" or "maksimal" begins in front of a day; `start` itself where there is none."""
    before = [token.sym for token in line.tokens[max(0, start - 2) : start]]
    if before[-1:] and before[-1] in ("sebelum", "maksimal", "maks", "selambatnya", "deadline"):
        return start - 1
    return start - 2 if before in (["paling", "lambat"], ["paling", "telat"]) else start


def _until(mention: Mention, today: date) -> Mention:
    """A deadline leaves the day itself open."""
    if mention.kind in ("feast", "past", "before_event") or mention.day is None:
        return mention
    return reckon.within(today, mention.day)


def _agreeing(line: Line, found: list[Mention]) -> list[Mention]:
    """ "Sabtu tgl 28" is one day said twice. When the two disagree, neither is believed."""
    merged: list[Mention] = []
    for mention in found:
        last = merged[-1] if merged else None
        if last and _same_breath(line, last, mention):
            named, dated = (last, mention) if last.weekday is not None else (mention, last)
            agrees = dated.day is not None and dated.day.weekday() == named.weekday
            merged[-1] = (dated if agrees else UNCLEAR).at(last.start, mention.end)
        else:
            merged.append(mention)
    return merged


def _same_breath(line: Line, first: Mention, second: Mention) -> bool:
    """A weekday and a calendar date with nothing but a comma or a bracket between them."""
    between = {token.sym for token in line.tokens[first.end : second.start]}
    calendar = [mention for mention in (first, second) if mention.kind in ("month_day", "calendar")]
    named = [mention for mention in (first, second) if mention.weekday is not None]
    return between <= {",", "(", "hari", ")"} and len(calendar) == 1 and len(named) == 1
