"""What a person does with a prompt stands; renewing changes only what is open."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from setia.conversations.models import ChannelKind, Conversation, Message
from setia.core.errors import DomainError
from setia.core.models import Event
from setia.orders import actions as orders
from setia.orders.actions import LineInput
from setia.today import actions
from setia.today.actions import renewing
from setia.today.models import Prompt
from setia.today.sources import NAMELESS, SOURCES

pytestmark = pytest.mark.django_db


def acted() -> list[str]:
    return [event.data["did"] for event in Event.objects.filter(verb="prompt.acted").order_by("pk")]


def state(prompt) -> str:
    return Prompt.objects.get(pk=prompt.pk).state


# --- Sending ----------------------------------------------------------------------------------------------------------


def test_sending_queues_one_message_and_closes_the_prompt(shop):
    prompt = shop.late()
    message = actions.send(prompt=prompt, text=f" {prompt.draft} ", by=shop.owner)
    assert (message.text, message.purpose, message.sent_by) == (prompt.draft, "prompt", shop.owner)
    sent = Prompt.objects.get(pk=prompt.pk)
    assert (sent.state, sent.message_id, sent.acted_by, sent.edited) == ("sent", message.pk, shop.owner, False)
    assert sent.acted_at is not None
    assert acted() == ["sent"]


def test_twice_is_once(shop):
    prompt = shop.late()
    first = actions.send(prompt=prompt, text="Pak, apa kabar?", by=shop.owner)
    again = actions.send(prompt=prompt, text="Pak, apa kabar? Monggo.", by=shop.owner)
    assert again.pk == first.pk and Message.objects.count() == 1
    assert acted() == ["sent"]
    assert Prompt.objects.get(pk=prompt.pk).edited


@pytest.mark.parametrize("settle", [actions.done, actions.skip])
def test_what_somebody_else_saw_to_is_not_sent(shop, settle):
    prompt = shop.late()
    settle(prompt=prompt, by=shop.world.members["chat"])
    with pytest.raises(DomainError) as refusal:
        actions.send(prompt=prompt, text="Pak, apa kabar?", by=shop.owner)
    assert refusal.value.code == "settled"
    assert not Message.objects.exists()


def test_who_has_ordered_meanwhile_is_not_asked_whether_they_would(shop):
    prompt = shop.late()
    shop.orders("slamet")
    shop.works()
    with pytest.raises(DomainError):
        actions.send(prompt=prompt, text=prompt.draft, by=shop.owner)
    assert not Message.objects.exists()


def test_nothing_to_say_and_nobody_to_say_it_to(shop):
    prompt = shop.late()
    with pytest.raises(DomainError) as empty:
        actions.send(prompt=prompt, text=" \n ", by=shop.owner)
    assert (empty.value.code, empty.value.field) == ("empty", "text")
    shop.orders(None)
    shop.works()
    with pytest.raises(DomainError) as nobody:
        actions.send(prompt=shop.one("promise"), text="Halo", by=shop.owner)
    assert nobody.value.code == "nobody"
    assert state(prompt) == "open" and acted() == []


def test_somebody_without_a_number_keeps_the_prompt_open(shop):
    shop.orders("kasan")
    shop.works()
    prompt = shop.one("promise")
    with pytest.raises(DomainError) as refusal:
        actions.send(prompt=prompt, text="Pak Kasan, sudah siap", by=shop.owner)
    assert refusal.value.code == "no_address"
    assert state(prompt) == "open" and acted() == []


def test_within_a_day_of_their_words_it_goes_by_the_api(connected):
    connected.orders("ratna")
    connected.writes("ratna")
    message = actions.send(prompt=connected.one("promise"), text="Sudah siap, Bu", by=connected.owner)
    assert message.conversation.channel.kind == ChannelKind.CLOUD


def test_later_a_person_sends_it_by_hand(connected):
    connected.writes("ratna")
    connected.clock.forward(hours=25)
    connected.orders("ratna")
    connected.orders("siti")
    connected.works()
    for name in ("ratna", "siti"):
        message = actions.send(prompt=connected.one("promise", name), text="Sudah siap, Bu", by=connected.owner)
        assert (message.conversation.channel.kind, message.status) == (ChannelKind.APP, "queued")
    assert Conversation.objects.filter(channel__kind=ChannelKind.CLOUD).count() == 1


# --- Done, skipped, later, undone -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("settle", "becomes"), [(actions.done, "done"), (actions.skip, "skipped")])
def test_settled_is_settled_once_and_for_this_occasion(shop, settle, becomes):
    prompt = shop.late()
    assert settle(prompt=prompt, by=shop.owner)
    assert not settle(prompt=prompt, by=shop.owner)
    assert not actions.later(prompt=prompt, by=shop.owner)
    assert acted() == [becomes]
    shop.tomorrow()
    assert state(prompt) == becomes and not shop.prompts("rhythm", "slamet")


def test_the_next_gap_is_another_occasion(shop):
    actions.skip(prompt=shop.late(), by=shop.owner)
    orders.complete(order=shop.orders("slamet"))
    shop.tomorrow(days=16)
    assert shop.one("rhythm", "slamet")


def test_put_off_comes_back_tomorrow_morning(shop):
    prompt = shop.late()
    assert actions.later(prompt=prompt, by=shop.owner)
    assert not actions.later(prompt=prompt, by=shop.owner), "a second tap"
    assert acted() == ["later"]
    assert not shop.shown("rhythm")
    shop.clock.forward(hours=20)  # five in the morning
    shop.night()
    assert not shop.shown("rhythm")
    shop.clock.forward(hours=1)
    assert [card.prompt.pk for card in shop.shown("rhythm")] == [prompt.pk]


def put_off_comes_back(shop, kind):
    prompt = shop.one(kind)
    actions.later(prompt=prompt, by=shop.owner)
    assert not shop.shown(kind)
    shop.tomorrow()
    assert [card.customer for card in shop.shown(kind)] == [prompt.customer]
    return shop.one(kind)


def test_wishes_put_off_come_back_a_day_late(shop):
    shop.birthday("ratna", days=0)
    shop.agrees("ratna", "occasion")
    shop.works()
    prompt = put_off_comes_back(shop, "occasion")
    assert shop.reason(prompt) == "Birthday was yesterday." and "a day late" in prompt.draft
    shop.tomorrow()
    assert not shop.prompts("occasion")


def test_wishes_that_were_never_brought_up_are_not_brought_up_late(shop):
    shop.birthday("ratna", days=0)
    shop.agrees("ratna", "occasion")
    shop.tomorrow()
    assert not Prompt.objects.filter(kind="occasion").exists()


def test_a_newcomer_put_off_on_the_last_day_comes_back(shop):
    shop.bought("guru", 4)
    shop.night()
    put_off_comes_back(shop, "first_purchase")


def test_a_promise_put_off_comes_back_as_late(shop):
    shop.orders("siti")
    shop.works()
    prompt = put_off_comes_back(shop, "promise")
    assert "was promised for yesterday" in shop.reason(prompt)


def test_a_debt_put_off_after_a_week_comes_back(shop):
    orders.complete(order=shop.orders("siti"))
    shop.works()
    shop.tomorrow(days=6)
    put_off_comes_back(shop, "balance")


def test_a_prompt_is_not_shown_for_ever(shop):
    orders.complete(order=shop.orders("siti"))
    shop.works()
    shop.tomorrow(days=6)
    assert shop.shown("balance")
    shop.tomorrow()
    assert not shop.shown("balance")


@pytest.mark.parametrize("settle", [actions.done, actions.skip, actions.later])
def test_undone_it_is_back(shop, settle):
    prompt = shop.late()
    settle(prompt=prompt, by=shop.owner)
    assert actions.undo(prompt=prompt, by=shop.owner)
    assert not actions.undo(prompt=prompt, by=shop.owner), "there is nothing more to undo"
    [card] = shop.shown("rhythm")
    assert (card.prompt.pk, card.prompt.acted_at, card.prompt.acted_by) == (prompt.pk, None, None)
    assert acted()[1:] == ["undo"]
    assert settle(prompt=prompt, by=shop.owner), "and can be settled anew"


def test_a_sent_message_stays_sent(shop):
    prompt = shop.late()
    actions.send(prompt=prompt, text="Pak, apa kabar?", by=shop.owner)
    assert not actions.undo(prompt=prompt, by=shop.owner)
    assert state(prompt) == "sent"


def test_undone_too_late_it_does_not_come_back(shop):
    prompt = shop.late()
    actions.skip(prompt=prompt, by=shop.owner)
    shop.orders("slamet")
    shop.works()
    actions.undo(prompt=prompt, by=shop.owner)
    assert state(prompt) == "expired"


# --- Renewing ---------------------------------------------------------------------------------------------------------


def test_renewing_twice_changes_nothing(connected):
    connected.late()
    connected.writes("ratna")
    connected.orders("siti")
    connected.night()
    before = list(Prompt.objects.order_by("pk").values())
    actions.renew_prompts()
    assert list(Prompt.objects.order_by("pk").values()) == before and len(before) == 3


def test_another_shop_is_not_touched(shop):
    from setia.core.scope import open_shop

    prompt = shop.late()
    with open_shop(shop.world.stranger_shop):
        assert actions.renew_prompts() == ", ".join(f"0 {kind}" for kind in SOURCES)
    assert state(prompt) == "open"


def test_facts_are_brought_up_to_date(shop):
    prompt = shop.late()
    shop.tomorrow(days=2)
    renewed = shop.one("rhythm", "slamet")
    assert (renewed.pk, renewed.facts["away"]) == (prompt.pk, 16)
    assert renewed.created_at == prompt.created_at


def test_what_ran_out_and_is_true_again_is_as_new(shop):
    prompt = shop.late()
    order = shop.orders("slamet")
    shop.works()
    assert state(prompt) == "expired"
    shop.clock.forward(days=3)
    orders.cancel(order=order)
    shop.works()
    back = shop.one("rhythm", "slamet")
    assert back.pk == prompt.pk and back.facts["away"] == 17
    assert back.show_from > prompt.show_from and back.expires_at > prompt.expires_at


@pytest.mark.parametrize("change", ["ends", "changes"])
def test_who_acts_while_prompts_are_renewed_wins(shop, monkeypatch, change):
    """The renewal has read its rows; a moment before it writes, somebody skips the prompt."""
    prompt = shop.late()
    if change == "ends":
        shop.orders("slamet")
    else:
        shop.clock.forward(days=1)
    read = renewing._known

    def read_then_somebody_acts(*args):
        rows = read(*args)
        Prompt.objects.filter(pk=prompt.pk).update(state="skipped", draft="as it was")
        return rows

    monkeypatch.setattr(renewing, "_known", read_then_somebody_acts)
    actions.renew_prompts()
    kept = Prompt.objects.get(pk=prompt.pk)
    assert (kept.state, kept.draft, kept.facts) == ("skipped", "as it was", prompt.facts)


def test_every_awakening_is_listened_to():
    from setia.reactions import REACTIONS

    for kind, source in SOURCES.items():
        for verb in source.WAKES:
            assert actions.follow in REACTIONS[verb], f"{kind}: {verb}"
    awake = {verb for source in SOURCES.values() for verb in source.WAKES}
    assert awake == {verb for verb, listeners in REACTIONS.items() if actions.follow in listeners}


def followed(verb: str) -> int:
    """How many queries the latest event of `verb` costs Today."""
    event = Event.objects.filter(verb=verb).latest("pk")
    with CaptureQueriesContext(connection) as queries:
        actions.follow(event=event)
    return len(queries)


def test_listening_is_cheap(connected):
    """The worker does this for every message and every sale: a few queries each, however many customers there are."""
    connected.late()
    connected.writes("ratna")
    assert followed("message.received") <= 5
    connected.orders("siti")
    assert followed("order.placed") <= 11, "one of them: on which days the shop keeps celebrations"
    orders.sell(lines=[LineInput(connected.world.variants["keju-10"].pk, 1)])
    assert followed("order.completed") <= 5, "a sale without a name"


def test_a_quiet_verb_costs_nothing(shop):
    shop.late()
    event = Event.objects.filter(verb="score.renewed").latest("pk")
    with CaptureQueriesContext(connection) as queries:
        actions.follow(event=event)
    assert not queries.captured_queries
    assert set(SOURCES) >= NAMELESS
