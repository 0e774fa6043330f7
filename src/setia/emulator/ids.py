"""Opaque identifiers from the seeded generator: the same seed and the same calls give the same ids."""

from __future__ import annotations

import base64
import random
import string

COUNTRIES = {"62": "ID", "60": "MY", "65": "SG", "63": "PH", "66": "TH", "84": "VN", "91": "IN", "1": "US"}
ALPHABET = string.ascii_letters + string.digits


def seeded(seed: int) -> random.Random:
    """A generator that repeats itself for the same seed: determinism is the point, secrecy is not."""
    return random.Random(seed)  # noqa: S311


class Ids:
    """Makes ids in the platform's own shapes."""

    def __init__(self, seed: int) -> None:
        self.random = seeded(seed)

    def wamid(self, phone: str) -> str:
        """Message id: `wamid.` and base64, as the platform writes it."""
        raw = bytes((21, len(phone))) + phone.encode() + bytes((21, 2, 0, 17, 24, 20)) + self.random.randbytes(10)
        return "wamid." + base64.b64encode(raw).decode()

    def digits(self, count: int) -> str:
        """A number of exactly `count` digits."""
        return str(self.random.randrange(10 ** (count - 1), 10**count))

    def bsuid(self, phone: str | None) -> str:
        """Business-scoped user id, `<ISO country>.<digits>`; the country comes from the phone."""
        codes = sorted(COUNTRIES, key=len, reverse=True)
        country = next((COUNTRIES[code] for code in codes if phone and phone.startswith(code)), "ID")
        return f"{country}.{self.digits(20)}"

    def word(self, count: int) -> str:
        """Letters and digits, for tokens, codes and traces."""
        return "".join(self.random.choices(ALPHABET, k=count))
