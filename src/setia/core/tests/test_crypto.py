"""Secrets at rest."""

import pytest

from setia.core import crypto


def test_a_secret_comes_back_and_is_not_readable_meanwhile():
    hidden = crypto.encrypt("EAAG-token")
    assert "EAAG" not in hidden
    assert crypto.decrypt(hidden) == "EAAG-token"


def test_another_key_opens_nothing(settings):
    hidden = crypto.encrypt("EAAG-token")
    settings.SECRET_KEY = "another key"
    with pytest.raises(ValueError, match="Enter it again"):
        crypto.decrypt(hidden)
