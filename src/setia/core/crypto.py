"""Secrets at rest: a text field that is encrypted in the database."""

import base64
import logging
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models

log = logging.getLogger(__name__)


@lru_cache(maxsize=4)
def _fernet(secret: str) -> Fernet:
    key = HKDF(algorithm=hashes.SHA256(), length=32, salt=b"setia", info=b"secrets at rest").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(key))


def encrypt(text: str) -> str:
    """Encrypt `text` with the installation's key; the answer is ASCII."""
    return _fernet(settings.SECRET_KEY).encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """The text behind `encrypt`. Raises ValueError when the key changed or the token was damaged."""
    try:
        return _fernet(settings.SECRET_KEY).decrypt(token.encode()).decode()
    except InvalidToken as error:
        raise ValueError("This secret was written with another SETIA_SECRET_KEY. Enter it again.") from error


class EncryptedTextField(models.TextField):
    """Text that the database only sees encrypted. It cannot be searched.

    What was written with another key reads as empty, so that the rest of its row stays of use; the log says so.
    """

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return encrypt(value) if value else value

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        if not value:
            return value
        try:
            return decrypt(value)
        except ValueError as error:
            log.error("%s.%s: %s", self.model.__name__, self.name, error)
            return ""
