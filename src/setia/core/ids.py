"""Identifiers that leave the house."""

import hashlib
import secrets

# No vowels and no look-alikes: a code read out loud at a bazaar is neither misheard nor a word.
_ALPHABET = "23456789bcdfghjkmnpqrstvwxz"


def public_token() -> str:
    """An unguessable token for a link (160 bits, URL-safe)."""
    return secrets.token_urlsafe(20)


def short_code(length: int = 6) -> str:
    """A code people can read to each other."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def digest(text: str | bytes) -> str:
    """SHA-256 in hex: how tokens are stored, so that a stolen database opens no link."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()
