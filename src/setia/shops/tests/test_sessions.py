"""Sessions that are read by a prepared statement keep Django's rules."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.utils import timezone

pytestmark = pytest.mark.django_db


def opened(key=None):
    return import_module(settings.SESSION_ENGINE).SessionStore(key)


def test_what_was_kept_is_read_until_it_runs_out():
    first = opened()
    first["name"] = "Bu Harti"
    first.save()
    assert opened(first.session_key)["name"] == "Bu Harti" and opened(first.session_key).exists(first.session_key)
    other = opened()
    other["name"] = "Pak Slamet"
    other.save()
    assert opened(other.session_key)["name"] == "Pak Slamet", "the next one is read as itself"
    Session.objects.filter(pk=first.session_key).update(expire_date=timezone.now() - timedelta(seconds=1))
    late = opened(first.session_key)
    assert late.get("name") is None and late.session_key is None, "a new key is taken, not the old one again"


@pytest.mark.parametrize("key", [None, "", "x", "nobody's" * 4, "4100000000" + "0" * 22])
def test_a_key_of_nobody_is_an_empty_session(key):
    assert opened(key).get("name") is None


def test_who_may_not_come_in_any_more_is_nobody(world):
    client, url = world.client("owner"), world.url("customers/")
    assert client.get(url).status_code == 200
    get_user_model().objects.filter(pk=world.users["owner"].pk).update(is_active=False)
    assert client.get(url).status_code == 302
    get_user_model().objects.filter(pk=world.users["owner"].pk).update(is_active=True)
    assert client.get(url).status_code == 200
    world.client("viewer").get(url)
    assert client.get(url).wsgi_request.user == world.users["owner"], "each session has its own"
