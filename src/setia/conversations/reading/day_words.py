"""The expressions of a day and what each means. Order matters: the longest and most particular ones come first."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from . import reckoning as reckon
from .feasts import PASARAN, next_feast
from .line import Found
from .reckoning import UNCLEAR, Mention

Read = Callable[[Found, datetime], Mention | None]

_DAY: Final = r"(?:D:\d|minggu)"
_PART: Final = r"(?P<part>pagi|siang|sore|malam)"
_PASARAN: Final = "|".join(PASARAN)
_FEASTS: Final = {
    "idul_adha": "lebaran (?:haji|kurban|besar)|idul adha|iduladha|idul kurban|hari raya (?:kurban|haji)|kurban|qurban",
    "kupatan": "kupatan|lebaran ketupat|riyaya kupat",
    "lebaran": "lebaran|riyaya|riyayan|idul fitri|idulfitri|hari raya(?: idul fitri)?",
    "ramadan": "ramadan|ramadhan|romadhon|romadon|awal puasa|puasa|poso",
    "maulid": "maulid(?: nabi)?|maulud|muludan|mauludan|maulidan|mulud",
    "tahun_baru_islam": "(?:#1 )?(?:suro|muharam|muharram)|suroan|tahun baru (?:islam|hijriyah)",
    "natal": "natal|natalan",
    "tahun_baru": "tahun baru|tahun baruan",
    "17_agustus": "agustusan|#17 an|pitulasan|tujuhbelasan",
}
_FEAST: Final = "|".join(f"(?P<{'f_' + name}>{words})" for name, words in _FEASTS.items())
_LATE: Final = 19


def _weekday_number(symbol: str) -> int:
    return 6 if symbol == "minggu" else int(symbol[2:])


def _feast(found: Found, sent: datetime) -> Mention:
    name = next(name for name in _FEASTS if found[f"f_{name}"])
    return Mention("feast", day=next_feast(name, sent.date()), feast=name)


def _before(found: Found, sent: datetime) -> Mention:
    feast = next((name for name in _FEASTS if found[f"f_{name}"]), "")
    return Mention("before_event", offset=int(found["n"] or 1), feast=feast)


def _numeric(found: Found, sent: datetime) -> Mention | None:
    return reckon.full(sent.date(), int(found["d"]), int(found["m"]), int(found["y"]) if found["y"] else None)


def short(found: Found, sent: datetime) -> Mention | None:
    """ "12/12", "tgl 5/12". After "tgl" a dash may also join two days, so then only one reading is accepted."""
    number, month = int(found["d"]), int(found["m"])
    if found["sign"] == "-" and number < month:
        return reckon.month_day(sent.date(), number) if month > 31 else UNCLEAR
    if not 1 <= month <= 12:
        return UNCLEAR if found["tgl"] else None
    mention = reckon.full(sent.date(), number, month)
    far = mention.day is None or (mention.day - sent.date()).days > 200
    return mention if not far else UNCLEAR if found["tgl"] else None


def _span(found: Found, sent: datetime) -> Mention:
    first, last = int(found["a"]), int(found["b"])
    if found["m"]:
        low = reckon.full(sent.date(), first, int(found["m1"] or found["m"])).day
        high = reckon.full(sent.date(), last, int(found["m"])).day
    else:
        low, high = reckon.month_day(sent.date(), first).day, reckon.month_day(sent.date(), last).day
    return reckon.within(low, high) if low and high else UNCLEAR


def _month_day(found: Found, sent: datetime) -> Mention:
    number, today = int(found["d"]), sent.date()
    if found["when"] in ("bulan depan", "bulan ini"):
        span = reckon.month_ahead(today, int(found["when"] == "bulan depan"))
        chosen = reckon.in_month(span[0], number) if span else None
        return reckon.day(chosen if chosen and chosen >= today else None)
    return reckon.month_day(today, number)


def _weekday_next(found: Found, sent: datetime) -> Mention:
    return reckon.weekday_next(sent.date(), _weekday_number(found["w"]))


def _weekday_of_next_week(found: Found, sent: datetime) -> Mention:
    return reckon.next_weeks(sent.date(), _weekday_number(found["w"]))


def _next_week(found: Found, sent: datetime) -> Mention:
    monday = reckon.plus(sent.date(), 7 - sent.weekday())
    sunday = reckon.plus(monday, 6) if monday else None
    return reckon.within(monday, sunday) if monday and sunday else UNCLEAR


def _this_week(found: Found, sent: datetime) -> Mention:
    sunday = reckon.plus(sent.date(), 6 - sent.weekday())
    return reckon.within(sent.date(), sunday) if sunday else UNCLEAR


def _either(found: Found, sent: datetime) -> Mention:
    first = reckon.weekday(sent.date(), _weekday_number(found["a"])).day
    last = reckon.weekday(sent.date(), _weekday_number(found["b"])).day
    return reckon.within(min(first, last), max(first, last)) if first and last else UNCLEAR


def _weekday(found: Found, sent: datetime) -> Mention:
    number = _weekday_number(found["w"])
    if found["pasaran"]:
        named = reckon.with_pasaran(sent.date(), number, PASARAN[found["pasaran"]])
        far = named.day is not None and (named.day - sent.date()).days > 7
        return replace(named, confirm=bool(found["soon"]) and far)
    if found["soon"]:
        return reckon.coming(sent.date(), number)
    return reckon.weekday(sent.date(), number)


def _in_days(found: Found, sent: datetime) -> Mention:
    counted = int(float(found["n"].removeprefix("#"))) if found["n"].startswith("#") else 1
    unit = found["unit"]
    if unit in ("sepasar", "selapan"):
        return reckon.day(reckon.plus(sent.date(), 5 if unit == "sepasar" else 35))
    if unit in ("bulan", "sebulan"):
        return reckon.same_day_months_later(sent.date(), counted)
    return reckon.day(reckon.plus(sent.date(), counted * (1 if unit in ("hari", "sehari") else 7)))


def _part_of_month(found: Found, sent: datetime) -> Mention:
    if found["m"]:
        ahead = (int(found["m"]) - sent.month) % 12
    else:
        ahead = int(found["next"] == "depan" or (found["which"] == "awal" and sent.day > 10))
    span = reckon.month_ahead(sent.date(), ahead)
    if span is None:
        return UNCLEAR
    first, last = span
    thirds = {"awal": (1, 10), "pertengahan": (11, 20), "tengah": (11, 20), "akhir": (21, last.day)}
    low, high = thirds.get(found["which"], (1, last.day))
    return reckon.within(max(first.replace(day=low), sent.date()), first.replace(day=high))


def _days(count: int) -> Read:
    return lambda found, sent: reckon.day(reckon.plus(sent.date(), count), daypart=_part(found))


def _part(found: Found) -> str:
    return found["part"] if "part" in found.match.re.groupindex else ""


def _later(found: Found, sent: datetime) -> Mention:
    """ "nanti saya ambil jam 4": today, unless the message names another day."""
    return Mention("later", day=sent.date())


def _eve(found: Found, sent: datetime) -> Mention:
    if found["next"]:
        return UNCLEAR
    if found["pasaran"]:
        named = reckon.with_pasaran(sent.date(), _weekday_number(found["w"]), PASARAN[found["pasaran"]]).day
        return reckon.day(reckon.plus(named, -1) if named else None, daypart="malam")
    return reckon.eve(sent.date(), _weekday_number(found["w"]), over=sent.hour >= _LATE)


_NOT_GOODS: Final = r"(?! (?:(?:-|/|atau|sampai) #\S+ )?(?:U:|V:|P:|X:|A:|rasa|lusin|kodi))"
_D: Final = r"#(?P<d>\d{1,2})"
READERS: Final[tuple[tuple[str, Read], ...]] = (
    (rf"(?:{_DAY}|bulan|hari|tahun|malam) (?:kemarin|lalu)", lambda found, sent: Mention("past")),
    (rf"(?:{_FEAST}) (?:kemarin|lalu)(?! \S+ depan)", lambda found, sent: Mention("past")),
    (
        r"#\S+ (?:jam|menit) lagi|(?:sejam|setengah jam) lagi",
        lambda found, sent: reckon.day(sent.date()) if sent.hour < 21 else UNCLEAR,
    ),
    (
        r"(?:kemarin|tadi)(?: lusa)?(?: (?:pagi|siang|sore|malam))?|barusan|dulu itu",
        lambda found, sent: Mention("past"),
    ),
    (rf"h (?:- |min )#(?P<n>\d{{1,2}})(?: sebelum)?(?: acara| (?:{_FEAST}))?", _before),
    (rf"(?:sehari|#(?P<n>\d{{1,2}}) hari) sebelum(?: acara| hari h| (?:{_FEAST}))?", _before),
    (r"(?:pas )?hari h(?! [-#])", lambda found, sent: Mention("before_event", offset=0)),
    (rf"(?:besok )?(?:{_FEAST})(?: besok| nanti| depan| ini)?", _feast),
    (
        r"(?:antara )?(?:tanggal )?#(?P<a>\d{1,2})(?: M:(?P<m1>\d+))? (?:-|sampai|atau|/|dan) (?:tanggal )?"
        r"#(?P<b>\d{1,2}) M:(?P<m>\d+)",
        _span,
    ),
    (
        rf"(?:tanggal )?(?:: )?{_D} (?P<sign>[-/.]) #(?P<m>\d{{1,2}}) (?P=sign) #(?P<y>\d{{4}}|\d\d){_NOT_GOODS}",
        _numeric,
    ),
    (r"(?:tanggal )?(?:: )?#(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4}|\d\d)", _numeric),
    (rf"(?:tanggal )?(?:: )?{_D} M:(?P<m>\d+)(?: #(?P<y>20\d\d))?", _numeric),
    (rf"(?P<tgl>tanggal )(?:: )?{_D} (?P<sign>/|-) #(?P<m>\d{{1,2}}){_NOT_GOODS}", short),
    (
        r"(?:antara )?tanggal #(?P<a>\d{1,2}) (?:sampai|atau|dan) (?:tanggal )?#(?P<b>\d{1,2})(?P<m>)(?P<m1>)"
        + _NOT_GOODS,
        _span,
    ),
    (rf"(?P<tgl>)(?<!rt )(?<!isi ){_D} (?P<sign>/) #(?P<m>\d{{1,2}}){_NOT_GOODS}", short),
    (
        rf"(?<=ambil |antar |kirim )(?P<tgl>){_D} (?P<sign>-) #(?P<m>\d{{1,2}}){_NOT_GOODS}",
        lambda found, sent: short(found, sent) if int(found["d"]) > int(found["m"]) else None,
    ),
    (rf"(?P<when>bulan depan|bulan ini) tanggal {_D}", _month_day),
    (rf"tanggal (?:: )?{_D}(?: (?P<when>bulan depan|bulan ini))?", _month_day),
    (
        rf"(?:besok )?(?:hari )?malam (?P<w>{_DAY})(?: (?P<pasaran>{_PASARAN}))?(?: (?P<next>depan))?(?: besok| ini)?",
        _eve,
    ),
    (r"(?:hari )?(?P<w>D:\d) (?:minggu|pekan) depan", _weekday_of_next_week),
    (r"(?:minggu|pekan) depan (?:hari )?(?P<w>D:\d)", _weekday_of_next_week),
    (r"(?:hari )?(?:minggu|pekan) depan", _next_week),
    (r"(?:akhir pekan|akhir minggu|weekend)", lambda found, sent: UNCLEAR),
    (r"(?<!hari )(?:minggu|pekan) ini", _this_week),
    (rf"(?:hari )?(?P<a>{_DAY}) (?:atau|/|-|sampai) (?:hari )?(?P<b>{_DAY})", _either),
    (r"(?:hari )?(?P<w>D:\d) depan", _weekday_next),
    (
        r"#(?P<n>\d+) hari (?:setelah|sesudah|habis) (?:besok)",
        lambda found, sent: reckon.day(reckon.plus(sent.date(), int(found["n"]) + 1)),
    ),
    (r"(?P<n>#\d+) (?P<unit>hari|minggu|pekan|bulan) lagi", _in_days),
    (r"(?P<n>)(?P<unit>sehari|seminggu|sepekan|sebulan|sepasar|selapan) lagi", _in_days),
    (
        rf"(?:(?P<soon>besok) )?(?:hari )?(?P<w>D:\d|(?<!#\d )(?<!#\d\d )(?<!tiap )(?<!per )minggu)"
        rf"(?: (?P<pasaran>{_PASARAN}))?(?: (?:besok|ini|nanti(?! (?:pagi|siang|sore|malam))))?",
        _weekday,
    ),
    (r"(?P<which>awal|pertengahan|tengah|akhir) bulan(?: (?P<next>depan|ini)| M:(?P<m>\d+))?", _part_of_month),
    (r"(?P<which>)bulan (?:(?P<next>depan)|M:(?P<m>\d+))", _part_of_month),
    (rf"(?:besok )?lusa(?: {_PART})?", _days(2)),
    (rf"besok(?: {_PART})?", _days(1)),
    (rf"{_PART} ini|nanti(?= (?:jam|bakda|habis|pagi|siang|sore|malam|setengah))", _days(0)),
    (
        r"nanti(?= (?:saya |tak )?(?:ambil|diambil|antar|diantar|kirim|dikirim|jemput|mampir|mundhut)"
        r"(?: \S+){0,3} jam)",
        _later,
    ),
    (r"sekarang(?! (?:mau|pesan|butuh|minta|ganti|jadi|tambah))|hari ini|sak iki", _days(0)),
)
