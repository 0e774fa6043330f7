"""What the Cloud API's bodies, answers and codes mean; no database."""

import contextlib
import json

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from setia.conversations.channels.whatsapp_cloud import bodies, client, content, errors, payload
from setia.conversations.tests import webhooks
from setia.emulator.errors import TABLE as PLATFORM


def answer(http, body, **headers):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.read_answer(http, raw, httpx.Headers(headers))


def test_answers():
    accepted = {"messages": [{"id": "wamid.X", "message_status": "accepted"}]}
    assert answer(200, accepted) == client.Accepted("wamid.X", "accepted")
    assert answer(200, {"success": True}) == client.Done()
    refused = answer(400, {"error": {"code": 131047, "message": "no", "error_data": {"details": "late"}}})
    assert (refused.code, refused.http, refused.details) == (131047, 400, "no late")
    assert answer(500, {"error": {"code": 131045}}).code == 131045
    assert answer(404, b"<html>").code == -404
    assert answer(429, b"").code == 130429
    assert isinstance(answer(302, b""), client.NotSent)
    for http, body in ((200, b"{"), (200, b"[]"), (200, {"messages": []}), (502, b"<html>"), (500, {"error": "x"})):
        assert isinstance(answer(http, body), client.Unclear)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "12"}, 12),
        ({"retry-after": "soon"}, 0),
        ({"x-business-use-case-usage": '{"1":[{"estimated_time_to_regain_access":5}]}'}, 300),
        ({"x-business-use-case-usage": "[1]"}, 0),
        ({}, 0),
    ],
)
def test_how_long_to_wait(headers, seconds):
    assert answer(400, {"error": {"code": 80007}}, **headers).wait == seconds


@given(
    st.integers(100, 599),
    st.binary(max_size=60),
    st.dictionaries(st.sampled_from(["retry-after"]), st.text("0.9xe-", max_size=5)),
)
def test_no_answer_breaks_the_client(http, body, headers):
    assert isinstance(client.read_answer(http, body, headers), client.Answer)


@pytest.mark.parametrize("code", sorted(PLATFORM))
def test_every_code_of_the_platform_has_a_meaning(code):
    http = PLATFORM[code][0]
    meaning = errors.behaviour(code, http)
    assert str(meaning.words)
    if code in (132000, 131008, 131009, 100, 131051):
        assert not meaning.again


def test_unknown_codes():
    assert errors.behaviour(999_999, 400).then is errors.Then.FAIL
    assert errors.behaviour(999_999, 503).then is errors.Then.TRY_AGAIN
    assert errors.behaviour(230).then is errors.Then.STOP_CHANNEL


def test_what_we_post():
    body = bodies.message(kind="text", text="Halo", payload={}, address=bodies.to(number="+628"), opaque="out:1")
    assert body["to"] == "+628" and body["text"] == {"body": "Halo", "preview_url": False} and "context" not in body
    assert bodies.to(number="+628", user_id="ID.1") == {"to": "+628"}
    assert bodies.to(user_id="ID.1") == {"recipient": "ID.1"} and bodies.to() == {}
    image = bodies.message(
        kind="image", text="", payload={"image": {"id": "1"}}, address={"to": "+628"}, opaque="o", quotes="wamid.Q"
    )
    assert image["image"] == {"id": "1"} and image["context"] == {"message_id": "wamid.Q"}


# --- Webhooks ---------------------------------------------------------------------------------------------------------


def test_items_keep_their_keys_in_any_company():
    change = webhooks.messages(webhooks.text("a", wamid="wamid.1"), webhooks.text("b", wamid="wamid.2"))
    status = webhooks.statuses({"id": "wamid.1", "status": "sent"})
    alone = {item.key() for part in (change, status) for item in payload.items(webhooks.body(part, time=1))}
    together = {item.key() for item in payload.items(webhooks.body(status, change, time=2))}
    assert alone == together == {"message:wamid.1", "message:wamid.2", "status:wamid.1:sent"}


@given(st.text(min_size=150, max_size=400))
def test_keys_fit_their_column(wamid):
    raw = json.dumps({"id": wamid, "status": "sent"}).encode()
    item = payload.Item("1", "2", "", "status", raw)
    assert 0 < len(item.key()) <= payload.LONGEST_KEY


def test_values_without_a_known_list_are_kept_whole():
    odd = {"field": "brand_new", "value": {"metadata": {"phone_number_id": 5}, "things": [1]}}
    broken = {"field": "messages", "value": {"metadata": {"phone_number_id": "7"}, "messages": {"no": "list"}}}
    [first, second] = payload.items(webhooks.body(odd, broken))
    assert (first.kind, first.number, first.data()) == ("brand_new", "5", odd["value"])
    assert (second.kind, second.number) == ("messages", "7")


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner),
    )
)
@pytest.mark.parametrize("kind", sorted(content._READERS))
def test_words_are_found_or_not_but_never_break(kind, shape):
    assert isinstance(content.text_of(kind, shape), str)


@given(st.binary(max_size=200))
def test_bodies_are_read_or_refused(raw):
    with contextlib.suppress(payload.Unreadable):
        list(payload.items(raw))
