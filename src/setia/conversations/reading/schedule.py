"""Which of the days and hours in a message is the day the goods are wanted, which is the event's, which is neither."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import pairwise
from typing import Final

from . import reckoning as reckon
from .feasts import is_estimate, next_feast
from .line import Line
from .occasions import Occasion
from .reckoning import Mention
from .roles import Case, Role, role_of
from .times import Clock, on_the_clock, part_of

_NEAR_EVENT: Final = 45
_WANTED: Final[tuple[Role, ...]] = ("handover", "free")
_MOVE: Final = "undur|maju|pindah|ganti|ubah"


@dataclass(frozen=True, slots=True)
class Schedule:
    """When the goods are wanted, and the event's date. `asks` are the open points about it, as codes."""

    day: date | None = None
    window: tuple[date, date] | None = None
    clock: time | None = None
    about: bool = False
    by: bool = False
    daypart: str | None = None
    event_day: date | None = None
    event_estimated: bool = False
    feast: str = ""
    leans: bool = False
    asks: tuple[str, ...] = ()


def arrange(
    line: Line, sent: datetime, mentions: list[Mention], clocks: list[Clock], occasion: Occasion | None, *, pickup: bool
) -> Schedule:
    """Settle date and time. `pickup`: the customer comes for it, so a large feast's date is not that day."""
    case = Case(line, sent, occasion)
    mentions = _feasts_own_days(line, mentions)
    for mention in mentions:
        if mention.kind != "past":
            role: Role = "event" if mention.kind == "feast" else role_of(case, mention.start, mention.end)
            case.roles[role].append(mention)
    for clock in clocks:
        case.clocks[role_of(case, clock.start, clock.end)].append(clock)
    event, feast = _event(case)
    chosen = _chosen(case, event, pickup=pickup)
    chosen = _settled(case, chosen, event)
    said = case.clocks["handover"] or case.clocks["free"] or (case.clocks["event"] if chosen else [])
    at = next((clock for clock in said if clock.hour is not None), said[0] if said else None)
    return _with_time(case, chosen, at, event, feast)


def _feasts_own_days(line: Line, mentions: list[Mention]) -> list[Mention]:
    """ "maulid tgl 12 Desember, diambil tgl 11": the shop's people keep the feast on the day they say."""
    for feast, said in pairwise(mentions):
        beside = all(token.sym in ("hari", ",", "(", "di", "pada") for token in line.tokens[feast.end : said.start])
        others = [m for m in mentions if m not in (feast, said) and m.kind not in ("past", "feast")]
        if feast.kind == "feast" and beside and said.kind in ("calendar", "month_day", "day") and said.day and others:
            own = replace(said, kind="feast", feast=feast.feast, start=feast.start)
            return [own if m is feast else m for m in mentions if m is not said]
    return mentions


def _event(case: Case) -> tuple[Mention | None, str]:
    """The event's day: said beside it, or the day of the feast, or for a gathering the only day in the message."""
    feasts = [mention for mention in case.roles["event"] if mention.kind == "feast"]
    dated = [mention for mention in case.roles["event"] if mention.kind not in ("feast", "before_event")]
    if dated:
        return dated[0], feasts[0].feast if feasts else ""
    if feasts:
        return feasts[0], feasts[0].feast
    relative = [
        m for role in ("event", "handover", "free") for m in case.roles[role] if m.kind == "before_event" and m.feast
    ]
    if relative:
        day = next_feast(relative[0].feast, case.sent.date())
        return reckon.day(day), relative[0].feast
    return None, ""


def _chosen(case: Case, event: Mention | None, *, pickup: bool) -> Mention | None:
    """The mention that says when the goods are wanted; None when none does."""
    _drop_later(case)
    if moved := _moved_to(case):
        return moved
    for role in _WANTED:
        found = case.roles[role]
        if found:
            return found[0] if _one_day(found) else _together(case, found)
    before = [mention for mention in case.roles["event"] if mention.kind == "before_event"]
    if before:
        return before[0]
    if (
        event
        and case.occasion
        and event.kind != "feast"
        and _one_day([m for m in case.roles["event"] if m.kind != "feast"])
    ):
        timed = bool(case.clocks["handover"])
        if timed or (case.occasion.same_day and not pickup):
            return event
    return None


def _drop_later(case: Case) -> None:
    """ "nanti … jam 4" means today only where no other day is named; beside an event it is open."""
    every = [mention for role in ("handover", "free", "event") for mention in case.roles[role]]
    others = [mention for mention in every if mention.kind != "later"]
    for role in _WANTED if others else ():
        kept = [mention for mention in case.roles[role] if mention.kind != "later"]
        if len(kept) < len(case.roles[role]) and not case.roles["event"]:
            case.roles[role] = kept
        elif len(kept) < len(case.roles[role]):
            case.roles[role] = [*kept, reckon.UNCLEAR]


def _moved_to(case: Case) -> Mention | None:
    """ "pesanan Sabtu diundur jadi Minggu": of two days, the one after the word for moving."""
    move = case.line.first(_MOVE, claimed=True)
    wanted = sorted((m for role in _WANTED for m in case.roles[role]), key=lambda mention: mention.start)
    if move is None or len(wanted) < 2:
        return None
    new = [m for m in wanted if m.start >= move.end and not _names_order(case, m)]
    return new[0] if len(new) == 1 else None


def _names_order(case: Case, mention: Mention) -> bool:
    """ "pesanan (yang) Sabtu": the day only says which order."""
    before = [token.sym for token in case.line.tokens[max(0, mention.start - 2) : mention.start]]
    wider = [token.sym for token in case.line.tokens[max(0, mention.start - 4) : mention.start]]
    return before[-1:] == ["pesanan"] or (before[-1:] == ["yang"] and "pesanan" in wider)


def _one_day(found: list[Mention]) -> bool:
    return len({(mention.kind, mention.day, mention.offset, mention.window) for mention in found}) == 1


def _together(case: Case, found: list[Mention]) -> Mention:
    """Several different days: all that is certain is that it lies between them. "pesan hari ini" is when it is said."""
    found = [m for m in found if not m.start or case.line.tokens[m.start - 1].sym != "pesan"] or found
    if _one_day(found):
        return found[0]
    if any(mention.kind == "before_event" for mention in found):
        return next(mention for mention in found if mention.kind == "before_event")
    days = [mention.day for mention in found if mention.day]
    windows = [mention.window for mention in found if mention.window]
    if len(set(days)) == 1 and len(days) + len(windows) == len(found):
        inside = all(first <= days[0] <= last for first, last in windows)
        if inside:
            return next(mention for mention in found if mention.day)
    return reckon.within(min(days), max(days)) if len(days) == len(found) else reckon.UNCLEAR


def _settled(case: Case, chosen: Mention | None, event: Mention | None) -> Mention | None:
    """Resolve days that lean on the event: "H-1", and "tgl 5" in the month of a feast named beside it."""
    if chosen is None:
        return None
    if chosen.kind == "before_event":
        base = event or _event_from_free(case)
        found = reckon.plus(base.day, -chosen.offset) if base and base.day else None
        if base is None or found is None or found < case.sent.date():
            return reckon.Mention("before_event")
        return reckon.day(found, confirm=bool(chosen.feast) or base.kind == "feast")
    if chosen.kind == "month_day" and event and event.day and event.day != chosen.day:
        if chosen.day and (chosen.day.year, chosen.day.month) != (event.day.year, event.day.month):
            moved = reckon.last_before(event.day, chosen.number)
            return reckon.day(moved if moved and moved >= case.sent.date() else None, confirm=True)
        if event.kind == "feast":
            return replace(chosen, confirm=True)
    if chosen.kind == "weekday" and event and event.day and chosen.day and (event.day - chosen.day).days > 6:
        return _weekday_before(chosen, event.day, case.sent.date())
    return chosen


def _weekday_before(chosen: Mention, event: date, today: date) -> Mention:
    """ "buat tgl 20 Desember, ambil Sabtu": the Saturday before that day, to be confirmed; open when it is far off."""
    back = (event.weekday() - (chosen.weekday or 0)) % 7
    return (
        reckon.day(reckon.plus(event, -back), confirm=True) if (event - today).days <= _NEAR_EVENT else reckon.UNCLEAR
    )


def _event_from_free(case: Case) -> Mention | None:
    days = [mention for mention in case.roles["free"] if mention.day and mention.kind != "before_event"]
    return days[0] if case.occasion and len(days) == 1 else None


def _with_time(case: Case, chosen: Mention | None, at: Clock | None, event: Mention | None, feast: str) -> Schedule:
    """Put the hour to the day, and let it decide between today and next week."""
    part = (at.part if at else "") or (chosen.daypart if chosen else "") or _other_part(case, at)
    clock = on_the_clock(at, part or _event_part(case, at)) if at else None
    asks: list[str] = []
    if at and at.hour is not None and clock is None:
        asks.append("time")
    day, confirm = (chosen.day, chosen.confirm) if chosen else (None, False)
    if chosen is None and at and case.clocks["handover"] and not event:
        day = case.sent.date() if _still_ahead(case.sent, clock, part) else None
    elif chosen and chosen.today_too:
        if (clock or at) and _still_ahead(case.sent, clock, "" if clock is None else part) and clock:
            day = case.sent.date()
        else:
            confirm = True
    elif (chosen and clock and day == case.sent.date() and clock <= case.sent.time()) or (
        chosen and day and case.sent.hour < 3 and (day - case.sent.date()).days == 1
    ):
        confirm = True
    if confirm and day:
        asks.append("confirm_date")
    event_day = event.day if event else None
    if case.occasion and event_day is None and case.occasion.same_day:
        event_day = day
    elif case.occasion and event_day is None and chosen and chosen.kind in ("day", "calendar"):
        free = _event_from_free(case)
        event_day = free.day if free and case.roles["handover"] else None
    return Schedule(
        day,
        chosen.window if chosen else None,
        clock,
        bool(at and at.about and clock),
        bool(at and at.by),
        part or (part_of(clock) if clock else None),
        event_day,
        bool(event_day and is_estimate(feast, event_day)),
        feast,
        bool(chosen and chosen.kind == "before_event" and day is None),
        tuple(asks),
    )


def _other_part(case: Case, at: Clock | None) -> str:
    """ "besok pagi ... jam 8": a part of the day said elsewhere for the same handover."""
    same = (*case.clocks["handover"], *case.clocks["free"])
    return next((clock.part for clock in same if clock.part and clock is not at), "") or next(
        (mention.daypart for role in ("handover", "free") for mention in case.roles[role] if mention.daypart), ""
    )


def _event_part(case: Case, at: Clock) -> str:
    """For "jam 6" or "jam 7" without more: the part of the day the event is held in."""
    told = on_the_clock(at, "") is None
    return next((clock.part for clock in case.clocks["event"] if clock.part), "") if told else ""


def _still_ahead(sent: datetime, clock: time | None, part: str) -> bool:
    """Whether that hour, or that part of the day, is still to come on the day of the message."""
    if clock:
        return clock > sent.time().replace(tzinfo=None)
    ends = {"pagi": 11, "siang": 15, "sore": 18, "malam": 24}
    return part in ends and sent.hour < ends[part] - 1
