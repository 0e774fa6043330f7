"""Who presses a button goes before the worker's backlog; who looks does not."""

import pytest
from django.test import Client

from setia.core import turns

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("method", "says"), [("post", 1), ("get", 0)])
def test_a_request_that_may_write_says_so(monkeypatch, method, says):
    said = []
    monkeypatch.setattr(turns, "hurry", lambda: said.append(1))
    getattr(Client(), method)("/accounts/login/")
    assert len(said) == says
