"""QRIS payloads: from the shop's static code to one with the amount of an order.

A payload (EMVCo, merchant presented) is a row of fields, each two digits of tag, two of length, then the value; the
last is a checksum. It is read strictly and rebuilt field by field: replacing text would break on values that happen
to look like a tag. A payload made here cannot report a payment: the owner confirms it from her bank's notice.
"""

from typing import Final

# Bank Indonesia's limit for one payment, in rupiah.
LARGEST_AMOUNT: Final = 10_000_000

_FORMAT, _INITIATION, _CURRENCY, _AMOUNT, _COUNTRY = "00", "01", "53", "54", "58"
_NAME, _CITY, _ADDITIONAL, _CHECKSUM = "59", "60", "62", "63"
_TIPS: Final = ("55", "56", "57")
_BILL_NUMBER: Final = "01"
_STATIC, _DYNAMIC = "11", "12"
_RUPIAH, _INDONESIA = "360", "ID"
_LONGEST_BILL_NUMBER: Final = 25

_REMEDIES: Final = {
    "unreadable": "This is not a QRIS code, or part of it is missing. Scan the printed code again.",
    "checksum": "The code was damaged or changed. Scan the printed code again.",
    "not_static": "This code already has an amount or is not a shop's fixed code. Scan the printed code of the shop.",
    "currency": "This code is not for rupiah in Indonesia. Use the shop's own QRIS code.",
    "amount": "The amount must lie between Rp1 and Rp10.000.000.",
    "bill_number": "The order number must have 1 to 25 plain letters, digits or hyphens.",
    "too_long": "The code has no room for the order number. Leave it out.",
}

Fields = dict[str, str]


class QrisError(ValueError):
    """The payload or the amount is refused; `code` is stable, `message` says what to do."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.message = _REMEDIES[code]
        super().__init__(self.message)


def read(payload: str) -> Fields:
    """The fields of a payload by tag, checksum verified and left out.

    Raises QrisError: unreadable (a length that does not fit, a tag twice, no leading 00 or no closing 63), checksum.
    """
    payload = payload.strip()
    fields = _parse(payload)
    if list(fields)[:1] != [_FORMAT] or fields[_FORMAT] != "01" or list(fields)[-1] != _CHECKSUM:
        raise QrisError("unreadable")
    if len(fields[_CHECKSUM]) != 4 or checksum(payload[:-4]) != fields.pop(_CHECKSUM).upper():
        raise QrisError("checksum")
    return fields


def check_static(payload: str) -> Fields:
    """The fields of a shop's own fixed code, fit to be given an amount.

    Raises QrisError as `read` does, and: not_static (made for one payment, or with an amount), currency.
    """
    fields = read(payload)
    if fields.get(_CURRENCY) != _RUPIAH or fields.get(_COUNTRY) != _INDONESIA:
        raise QrisError("currency")
    if fields.get(_INITIATION) != _STATIC or _AMOUNT in fields:
        raise QrisError("not_static")
    if not merchant(fields)[0]:
        raise QrisError("unreadable")
    return fields


def merchant(fields: Fields) -> tuple[str, str]:
    """Name and city to show beside the code, so that the buyer can check whom she pays."""
    return fields.get(_NAME, ""), fields.get(_CITY, "")


def make_dynamic(payload: str, amount: int, bill_number: str = "") -> str:
    """The static `payload` with an amount in whole rupiah and the order's number, as text for a QR code.

    Fees and tips are dropped: charging the buyer for QRIS is forbidden. Other additional data (terminal) stays.
    Raises QrisError as `check_static` does, and: amount, bill_number, too_long.
    """
    fields = check_static(payload)
    if not 1 <= amount <= LARGEST_AMOUNT:
        raise QrisError("amount")
    for tag in _TIPS:
        fields.pop(tag, None)
    fields |= {_INITIATION: _DYNAMIC, _AMOUNT: str(amount)}
    if bill_number:
        if not _is_plain(bill_number):
            raise QrisError("bill_number")
        additional = _parse(fields.get(_ADDITIONAL, "")) | {_BILL_NUMBER: bill_number}
        fields[_ADDITIONAL] = _joined(additional)
    return write(fields)


def write(fields: Fields) -> str:
    """A payload from its fields, tags in order, checksum at the end. Raises QrisError too_long."""
    body = _joined({tag: value for tag, value in fields.items() if tag != _CHECKSUM}) + f"{_CHECKSUM}04"
    return body + checksum(body)


def checksum(text: str) -> str:
    """CRC-16/CCITT-FALSE (polynomial 1021, start FFFF) of the UTF-8 bytes, as four upper-case hexadecimal digits."""
    crc = 0xFFFF
    for byte in text.encode():
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return f"{crc:04X}"


def _parse(text: str) -> Fields:
    """Fields in the order written; lengths count characters, as issuers count them."""
    fields: Fields = {}
    position = 0
    while position < len(text):
        tag, length = text[position : position + 2], text[position + 2 : position + 4]
        if not (len(length) == 2 and (tag + length).isascii() and (tag + length).isdigit()) or tag in fields:
            raise QrisError("unreadable")
        value = text[position + 4 : position + 4 + int(length)]
        if len(value) != int(length) or not value:
            raise QrisError("unreadable")
        fields[tag] = value
        position += 4 + len(value)
    return fields


def _joined(fields: Fields) -> str:
    if any(len(value) > 99 for value in fields.values()):
        raise QrisError("too_long")
    return "".join(f"{tag}{len(value):02}{value}" for tag, value in sorted(fields.items()))


def _is_plain(bill_number: str) -> bool:
    bare = bill_number.replace("-", "")
    return bare.isascii() and bare.isalnum() and len(bill_number) <= _LONGEST_BILL_NUMBER
