"""The second opinion: whatever the emulated WhatsApp can tell is read by pywa and by us.

pywa's own recorded payloads come with neither of its packages (wheel and source have no tests), so the emulator makes
every documented shape, and pywa says whether it is one.
"""

import logging

import pytest
from pywa import WhatsApp, handlers, server

from setia.conversations.channels.whatsapp_cloud import payload
from setia.conversations.inbox.handling import HANDLERS
from setia.conversations.models import InboxItem
from setia.conversations.tests import webhooks
from setia.emulator.tests.test_shapes import CHANGES, WAYS
from setia.emulator.tests.world import BSUID, Shop

# Real webhooks that this version of pywa cannot make an object of: echoes without contacts, nobody's old number.
BEYOND_PYWA = ("echo", "echo_revoke", "user_changed_user_id")
ACTS = [(name, act) for name, act in WAYS] + [(name, act) for _topic, name, act in CHANGES]


@pytest.fixture
def shop():
    made = Shop()
    made.control("users", {"bsuid": BSUID, "parent_bsuid": "ID.ENT.55", "username": "bu.sari"})
    made.inbound("Halo")
    made.hook.requests.clear()
    return made


@pytest.mark.parametrize(("name", "act"), ACTS, ids=[f"{number}-{act[0]}" for number, act in enumerate(ACTS)])
def test_pywa_and_we_read_what_happens(shop, caplog, name, act):
    client = WhatsApp(phone_id=shop.number.id, token="access-token", app_secret="s3cret-app", verify_token="verify-me")
    client.api._session._transport = shop.emulator.httpx_transport()
    act(shop)
    shop.advance(5)
    assert shop.hook.requests
    for _, headers, raw in shop.hook.requests:
        with caplog.at_level(logging.WARNING, logger="pywa"):
            assert client.webhook_update_validator(raw, headers["X-Hub-Signature-256"]) is None
            assert client.webhook_update_handler(raw)[1] == 200
        assert payload.signature_is_good(raw, headers["X-Hub-Signature-256"], ["s3cret-app"])
        items = list(payload.items(raw))
        assert items and {item.kind for item in items} <= set(HANDLERS)
        assert all(item.data() for item in items) and len({item.key() for item in items}) == len(items)
    if name not in BEYOND_PYWA:
        assert not [record for record in caplog.records if record.levelno >= logging.ERROR], caplog.text


@pytest.mark.django_db
def test_every_field_that_pywa_listens_to_is_taken_in(world):
    webhooks.connect()
    fields = {*handlers.Handler._handled_fields(), *server._complex_fields_handlers} - {"messages"}
    assert len(fields) >= 8
    for field in fields:
        webhooks.deliver({"field": field, "value": {"messaging_product": "whatsapp", "event": "ANY"}})
    # these two tell by lists: without one they are odd, and are kept as such
    odd = set(InboxItem.objects.exclude(problem="").values_list("kind", flat=True))
    assert InboxItem.objects.count() == len(fields) and odd == {"smb_message_echoes", "user_preferences"}
