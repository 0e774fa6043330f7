"""One normaliser for every phone number that enters the shop: typed, imported, read from a chat or sent by WhatsApp.

A number that could be read two ways is refused with a suggestion to confirm, never repaired in silence: a wrong
number is a stranger who receives somebody else's order.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal
from urllib.parse import quote

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

Kind = Literal["mobile", "landline", "other"]

EXAMPLE: Final = "0812 3456 7890"

_SCIENTIFIC: Final = re.compile(r"\+?\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_FLOAT_TAIL: Final = re.compile(r"(?<=\d{7})[.,]0$")
_LINK: Final = re.compile(
    r"(?:https?://)?(?:www\.)?(?:wa\.me/|(?:(?:api\.|web\.)?whatsapp\.com/|whatsapp://)send/?\?(?:\S*&)?phone=)"
    r"(?:\+|%2B)?(?P<digits>\d+)(?=$|[\s/?&#])\S*",
    re.IGNORECASE,
)
_JID: Final = re.compile(r"^\+?(\d+)(?::\d+)?@(?:s\.whatsapp\.net|c\.us)$", re.IGNORECASE)
_LABEL: Final = re.compile(
    r"^(?:(?:no|nomor|nomer|hp|wa|whatsapp|tel|telp|tlp|telepon|phone|mobile|cell|home|work)\b[\s.:/-]*)+"
    r"|[\s(\[-]*\b(?:wa|hp|whatsapp)[\s)\]]*$",
    re.IGNORECASE,
)
_SEPARATORS: Final = re.compile(r"\s*(?::::|[/,;|\n&]|\b(?:atau|dan|or|and)\b)\s*", re.IGNORECASE)
_LOOKALIKES: Final = str.maketrans("OoQlI|SsB", "000111558")

_CHAT_NUMBER: Final = re.compile(
    r"(?<![\w#])(?<!\w[-_.])"
    r"(?:\+\s?\d{1,3}|0062|62(?=[\s.-]*\(?0?\)?[\s.-]*\d)|\(?0\d{2,4}\)?)"
    r"(?:[ \t.-]{0,2}\(?\d+\)?)+"
    r"(?![\w@])"
)
_BANK_BEFORE: Final = re.compile(
    r"\b(?:rek|norek|rekening|account|bank|bca|bni|bri|bsi|btn|mandiri|jatim)\b[^\n\d]{0,25}$", re.IGNORECASE
)

_REMEDIES: Final = {
    "empty": f"Type a phone number. Example: {EXAMPLE}.",
    "excel": "A spreadsheet has shortened this number. Format the column as text, then copy the number again.",
    "several": "There is more than one number here. Enter them one at a time.",
    "letters": f"There are letters in this number. Use digits only. Example: {EXAMPLE}.",
    "not_a_number": "This address does not contain a phone number. Ask the customer for the number.",
    "too_short": f"This number is not complete. Example: {EXAMPLE}. A landline needs its area code: 0355 791234.",
    "too_long": f"This number has too many digits. Example: {EXAMPLE}.",
    "invalid": f"This number does not exist. Check it with the customer. Example: {EXAMPLE}.",
    "doubled_prefix": "The country code seems to be written twice. Check the number.",
}

_PARSE_CODES: Final = {
    phonenumbers.NumberParseException.TOO_LONG: "too_long",
    phonenumbers.NumberParseException.INVALID_COUNTRY_CODE: "invalid",
}
_LENGTH_CODES: Final = {
    phonenumbers.ValidationResult.TOO_LONG: "too_long",
    phonenumbers.ValidationResult.TOO_SHORT: "too_short",
    phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "too_short",
}


class PhoneError(ValueError):
    """The text is not one phone number.

    `code` is stable, `message` is a fixed text for it (so it can be translated) and says what to do, `suggestion` is a
    number to ask about (E.164), never to use unasked; "" when there is none.
    """

    def __init__(self, code: str, suggestion: str = "") -> None:
        self.code = code
        self.suggestion = suggestion
        self.message = _REMEDIES[code]
        super().__init__(self.message)


@dataclass(frozen=True, slots=True)
class Phone:
    """A checked number: `e164` is "+6281234567890", `raw` what was written."""

    e164: str
    kind: Kind
    raw: str


def normalise(raw: str, region: str = "ID") -> Phone:
    """Read one number in any usual writing; `region` is the country of numbers written without a country code.

    Raises PhoneError with code empty, excel, several, letters, not_a_number, too_short, too_long, invalid or
    doubled_prefix. A landline is accepted (it may be a WhatsApp Business number): look at `kind`.
    """
    text = _without_wrapping(_visible(raw))
    if not text:
        raise PhoneError("empty")
    if _SCIENTIFIC.fullmatch(text):
        raise PhoneError("excel")
    if len(split(text)) > 1:
        raise PhoneError("several")
    if any(character.isalpha() or character in "@|" for character in text):
        raise PhoneError("letters", _lookalike(text, region))
    number = _parse(_international(text, region), region)
    return Phone(phonenumbers.format_number(number, PhoneNumberFormat.E164), _kind(number), raw)


def split(raw: str) -> list[str]:
    """The numbers written in one cell, each still to be normalised: "0812… / 0857…" gives two texts.

    A short first part is an area code or a group ("0355/791234"), so such a cell stays one number.
    """
    text = _visible(raw)
    parts = [part for part in _SEPARATORS.split(text) if part and any(map(str.isdigit, part))]
    if _LINK.search(text) or len(parts) < 2 or len(_digits(parts[0])) <= 5:
        parts = [text] if text else []
    return [number for part in parts for number in _split_long_words(part)]


def wa_link(e164: str, text: str = "") -> str:
    """A link that opens a WhatsApp chat with `text` as a draft; nothing is sent until the person presses send."""
    link = f"https://wa.me/{_digits(e164)}"
    return f"{link}?text={quote(text, safe='')}" if text else link


@lru_cache(maxsize=2048)
def pretty(e164: str, region: str = "ID") -> str:
    """The number as people of `region` write it ("0812-3456-7890"); foreign numbers keep their country code."""
    number = phonenumbers.parse(e164, None)
    at_home = number.country_code == phonenumbers.country_code_for_region(region)
    style = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


def last_digits(e164: str, count: int = 4) -> str:
    """The last `count` digits, as customers say them at the counter."""
    return _digits(e164)[-count:]


def find(text: str, region: str = "ID") -> list[Phone]:
    """The numbers in a chat message, in order, without repeats.

    Careful rather than complete: bank accounts, numbers touching letters and bare "812…" are left alone.
    """
    found: dict[str, Phone] = {}
    text = _visible(_LINK.sub(lambda link: f" {_linked(link)} ", text))
    for match in _CHAT_NUMBER.finditer(text):
        if _BANK_BEFORE.search(text, 0, match.start()):
            continue
        try:
            phone = normalise(_without_quantity(match.group()), region)
        except PhoneError:
            continue
        found.setdefault(phone.e164, phone)
    return list(found.values())


def _visible(raw: str) -> str:
    """Plain digits and spaces: full-width and Arabic digits folded, dashes unified, invisible characters gone."""
    kept = []
    for character in unicodedata.normalize("NFKC", raw):
        category = unicodedata.category(character)
        if category == "Nd":
            kept.append(str(unicodedata.decimal(character)))
        elif category == "Pd" or character == "\N{MINUS SIGN}":
            kept.append("-")
        elif category == "Zs" or character == "\t":
            kept.append(" ")
        elif category[0] != "C" or character == "\n":
            kept.append(character)
    return "".join(kept).strip()


def _without_wrapping(text: str) -> str:
    """What is left of a link, a WhatsApp id, a "tel:" or a label such as "WA:" when only the number is kept."""
    if link := _LINK.search(text):
        return _linked(link)
    if jid := _JID.match(text):
        return f"+{jid[1]}"
    if "@" in text or "wa.me" in text.lower() or "whatsapp.com" in text.lower():
        raise PhoneError("not_a_number")
    return _FLOAT_TAIL.sub("", _LABEL.sub("", text.strip(" '\"`"))).strip()


def _linked(link: re.Match[str]) -> str:
    """The number of a WhatsApp link, which has its country code unless somebody kept the national zero."""
    return link["digits"] if link["digits"].startswith("0") else f"+{link['digits']}"


def _international(text: str, region: str) -> str:
    """Digits with a leading "+" where the country code is there, national digits elsewhere."""
    code = str(phonenumbers.country_code_for_region(region))
    plus, digits = text.lstrip("( ").startswith("+"), _digits(text)
    if not plus and digits.startswith("00"):
        plus, digits = True, digits[2:]
    if digits.startswith(code) and (plus or len(digits) >= 10):
        # The zero of the national writing is often kept: "+62 (0)812…", "620812…".
        return f"+{code}{digits.removeprefix(code).removeprefix('0') if code == '62' else digits.removeprefix(code)}"
    return f"+{digits}" if plus else digits


def _parse(digits: str, region: str) -> PhoneNumber:
    try:
        number = phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException as error:
        raise PhoneError(_PARSE_CODES.get(error.error_type, "too_short")) from error
    if doubled := _doubled(number):
        raise PhoneError("doubled_prefix", doubled)
    if phonenumbers.is_valid_number(number):
        return number
    raise PhoneError(_LENGTH_CODES.get(_length(number), "invalid"))


def _length(number: PhoneNumber) -> int:
    """Too long or too short, judged as a mobile number when it begins like one."""
    if number.country_code == 62 and str(number.national_number).startswith("8"):
        return phonenumbers.is_possible_number_for_type_with_reason(number, PhoneNumberType.MOBILE)
    return phonenumbers.is_possible_number_with_reason(number)


def _doubled(number: PhoneNumber) -> str:
    """The mobile number inside "+62 62 811…", which the metadata takes for a landline in Sumatra."""
    national = str(number.national_number)
    if number.country_code != 62 or not national.startswith("62"):
        return ""
    inner = PhoneNumber(country_code=62, national_number=int(national[2:] or "0"))
    if phonenumbers.number_type(inner) != PhoneNumberType.MOBILE:
        return ""
    return phonenumbers.format_number(inner, PhoneNumberFormat.E164)


def _kind(number: PhoneNumber) -> Kind:
    """Countries that do not tell mobiles from landlines (United States) count as mobile: they may have WhatsApp."""
    kind = phonenumbers.number_type(number)
    if kind in (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE):
        return "mobile"
    return "landline" if kind == PhoneNumberType.FIXED_LINE else "other"


def _lookalike(text: str, region: str) -> str:
    """The number meant when letters stand for digits ("789O"), or "" when that gives none."""
    swapped = text.translate(_LOOKALIKES)
    if any(character.isalpha() or character == "@" for character in swapped):
        return ""
    try:
        return normalise(swapped, region).e164
    except PhoneError:
        return ""


def _split_long_words(text: str) -> list[str]:
    words = text.split()
    return words if len(words) > 1 and all(len(_digits(word)) >= 9 for word in words) else [text.strip()]


def _without_quantity(candidate: str) -> str:
    """Drop a last group of one or two digits after longer ones: in "0812 3456 7890 12 kotak" it counts boxes."""
    groups = candidate.split()
    longer = len(groups) > 1 and all(len(_digits(group)) > 2 for group in groups[:-1])
    return " ".join(groups[:-1]) if longer and len(_digits(groups[-1])) <= 2 else candidate


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit() and character.isascii())
