"""Who receives, who fetches, who each part of a shared order is for."""

import re
from typing import Any, Final

from .lexicon import HONORIFICS, SPELLINGS
from .line import Found, Line

_HONORIFIC: Final = "|".join(sorted(HONORIFICS))
_LABEL: Final = (
    r"(?:nama(?: penerima| lengkap| saya| pemesan)?|penerima|atas nama|a \. n(?: \.)?|a / n|(?<!\d )an(?: \.)?"
    r"|u / p|up)"
)
_FETCHERS: Final = (
    "anak|suami|istri|bojo|adik|kakak|bapak|ibu|saudara|teman|konco|sopir|supir|karyawan|pegawai|tetangga|keponakan|ponakan"
    "|mertua|cucu|pembantu|art|satpam|murid|santri|keluarga|orang rumah"
)
_SELVES: Final = "saya"
_EVERYDAY: Final = frozenset(SPELLINGS.values())


def read_recipient(line: Line) -> dict[str, Any] | None:
    """Name and phone of who receives it, as written; claims them."""
    made: dict[str, Any] = {}
    if label := line.first(_LABEL + "(?: :)?"):
        end = _name_end(line, label.end)
        name = line.raw(label.end, end).strip(" .,")
        if name and end - label.end <= 4:
            line.claim(label.start, end, "recipient")
            made["name"] = _titled(name)
    phone = next((token.sym.removeprefix("~phone") for token in line.tokens if token.sym.startswith("~phone")), None)
    if phone:
        made["phone"] = phone
    line.claim_all(r"(?:no|nomor|nomer)? ?(?:hp|wa|telp|tlp|telepon)(?: :)?", "recipient")
    return made or None


def read_fetcher(line: Line) -> str | None:
    """Who comes to fetch it, when it is not the customer: "anak", "suami"."""
    found = line.first(rf"(?:diambil|jemput)(?: (?:sama|oleh|nanti))? (?P<who>{_FETCHERS})", claimed=True)
    return found["who"] if found else None


def claim_shares(line: Line) -> dict[int, str]:
    """Names that open the parts of a shared order ("Bu Endang 2 ijo"): token position to name. Claims the names.

    Only when at least two parts begin that way, so that a greeting is never taken for a share.
    """
    opening = rf"(?:(?P<title>{_HONORIFIC})(?: (?P<name>[^\W\d_]\w*)){{1,2}}|{_SELVES})"
    before_goods = r"(?: (?::|-|=|pesan|mau|titip))?(?= (?:#|V:|P:|A:|X:))"
    found = [place for place in line.find(opening + before_goods) if _opens_part(line, place)]
    named = [place for place in found if place["title"]]
    if len(found) < 2 or not named:
        return {}
    shares = {}
    for place in found:
        name = re.sub(
            r"\s*(?:[:=-]|pesan|pesen|mau|titip|nitip)\s*$", "", line.raw(place.start, place.end), flags=re.IGNORECASE
        )
        shares[place.start] = name.strip()
        line.claim(place.start, place.end, "share")
    return shares


def _opens_part(line: Line, place: Found) -> bool:
    before = line.tokens[place.start - 1].sym if place.start else "¶"
    return before in ("¶", ",", "-", "•", "*", ".", ";", ":", "+") or before.startswith("#")


def _name_end(line: Line, begin: int) -> int:
    """A name: up to three words and their titles, until a mark, a number, a phone or a street."""
    at = begin
    while at < len(line.tokens) and at - begin < 4:
        token = line.tokens[at]
        known = at > begin and (token.sym in _EVERYDAY or token.sym in ("jl", "jln", "jalan", "ds", "desa"))
        if token.role or known or not token.sym.isalpha():
            break
        at += 1
    return at


def _titled(name: str) -> str:
    return name if name != name.lower() and name != name.upper() else name.title()
