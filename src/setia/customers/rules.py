"""Pure decisions about people: how they are found, whose number it is, which days exist."""

import calendar
import re
from collections.abc import Iterable, Sequence

from setia.core import search

# Longest month of a Hijri or Javanese year, in days.
_LUNAR_MONTH = 30
# A leap year, so that 29 February is a day one may be born on.
_LEAP_YEAR = 2024

_NUMBER = re.compile(r"\+?\(?\d[\d\s().+-]*")
_FULL_NUMBER = 9


def tidy(text: str) -> str:
    """Single spaces, none around: how names and addresses are kept."""
    return " ".join(text.split())


def name_key(name: str) -> str:
    """A name as names are compared: small letters, no accents, single spaces; `Bu  Siti` and `bu siti` are the same.

    Names in other scripts keep their letters.
    """
    return (search.fold(name).strip() or tidy(name).casefold())[:120]


def national_digits(e164: str) -> str:
    """The digits of a number as people at home say them: `+6281230004001` -> `081230004001`; foreign ones whole."""
    digits = "".join(character for character in e164 if character.isdigit())
    return f"0{digits[2:]}" if digits.startswith("62") else digits


def search_text(texts: Iterable[str], numbers: Iterable[str]) -> str:
    """What a customer is found by: names, places, notes, and the digits of their numbers (E.164 in)."""
    return " ".join([*(tidy(text) for text in texts if text), *(national_digits(number) for number in numbers)])


def search_query(query: str) -> str:
    """A typed query in the form of `search_text`: a number in any writing becomes its national digits, words stay.

    Only what is long enough to be a whole number is joined, so that `rt 02 05` keeps its two numbers.
    """

    def joined(match: re.Match[str]) -> str:
        digits = re.sub(r"\D", "", match.group())
        if len(digits) < _FULL_NUMBER and not match.group().startswith("+"):
            return re.sub(r"(?<=\d)[.()+-]+(?=\d)", "", match.group())
        if digits.startswith("62"):
            digits = "0" + digits[2:].removeprefix("0")
        elif digits.startswith("8"):
            digits = "0" + digits
        return f" {digits} "

    return tidy(_NUMBER.sub(joined, query))


def rank(name: str, texts: Sequence[str], words: Sequence[str]) -> tuple[int, str]:
    """Sort key of a found customer: first a number that ends in the query, then a name that begins with it.

    `texts`: the folded national numbers; `name` and `words` folded.
    """
    if any(text.endswith(words[-1]) for text in texts if words and words[-1].isdigit()):
        return 0, name
    parts = name.split()
    begins = sum(any(part.startswith(word) for part in parts) for word in words)
    return 1 + len(words) - begins, name


def day_exists(calendar_name: str, month: int, day: int) -> bool:
    """Whether a yearly day exists in the calendar (`gregorian`, `hijri`, `javanese`)."""
    if not 1 <= month <= 12:
        return False
    longest = calendar.monthrange(_LEAP_YEAR, month)[1] if calendar_name == "gregorian" else _LUNAR_MONTH
    return 1 <= day <= longest
