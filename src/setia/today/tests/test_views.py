"""The taps on a prompt, through the front door."""

import re

import pytest

from setia.conversations.models import Message
from setia.today import actions
from setia.today.models import Prompt

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def post(shop, prompt, step, data=None, who="owner", **headers):
    return shop.world.client(who).post(shop.world.url(f"prompts/{prompt.pk}/{step}/"), data or {}, headers=headers)


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def state(prompt) -> str:
    return Prompt.objects.get(pk=prompt.pk).state


@pytest.fixture
def prompt(shop):
    return shop.late()


STEPS = ("sending", "done", "later", "skipped", "undo")


@pytest.mark.parametrize("step", STEPS)
def test_who_may(shop, prompt, step):
    assert post(shop, prompt, step, {"text": "Halo"}, who="stranger").status_code == 404
    for who in ("viewer", "cashier"):
        assert post(shop, prompt, step, {"text": "Halo"}, who=who).status_code == 403
    assert shop.world.client().get(shop.world.url(f"prompts/{prompt.pk}/{step}/")).status_code == 405
    assert state(prompt) == "open" and not Message.objects.exists()


@pytest.mark.parametrize("step", STEPS)
def test_another_shops_prompt_does_not_exist(shop, prompt, step):
    from setia.core.scope import open_shop

    with open_shop(shop.world.stranger_shop):
        theirs = Prompt.objects.create(key="rhythm:1:1", kind="rhythm", phase="enhance")
    assert post(shop, theirs, step, {"text": "Halo"}).status_code == 404


def test_sending_without_the_api_leads_to_the_prepared_message(shop, prompt):
    answer = post(shop, prompt, "sending", {"text": "Pak, apa kabar?"})
    message = Message.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, shop.world.url(f"chats/by-hand/#message-{message.pk}"))
    assert message.text == "Pak, apa kabar?" and Prompt.objects.get(pk=prompt.pk).edited


def test_with_htmx_the_prepared_message_takes_the_cards_place(shop, prompt):
    answer = post(shop, prompt, "sending", {"text": prompt.draft}, **HTMX)
    html = answer.content.decode()
    assert answer.status_code == 200 and f'id="prompt-{prompt.pk}"' in html
    assert re.search(r'href="https://wa.me/6281230004002\?text=[^"]*Pak%20Slamet', html)


def test_with_the_api_it_is_sent_from_here(connected):
    connected.orders("ratna")
    connected.writes("ratna")
    answer = post(connected, connected.one("promise"), "sending", {"text": "Sudah siap, Bu"}, **HTMX)
    assert "Sent to Bu Ratna Wulandari." in text(answer) and "wa.me" not in answer.content.decode()


@pytest.mark.parametrize("typed", ["", "   ", "x" * 4097])
def test_words_that_cannot_be_sent_stay_as_typed(shop, prompt, typed):
    page = post(shop, prompt, "sending", {"text": typed})
    assert page.status_code == 422 and page.context["form"]["text"].value() == typed
    assert page.context["form"].errors["text"]
    card = post(shop, prompt, "sending", {"text": typed}, **HTMX)
    assert card.status_code == 200, "htmx puts in only what is answered as fine"
    html = card.content.decode()
    assert f'id="prompt-{prompt.pk}"' in html and "<html" not in html
    assert f">{typed}</textarea>" in html and '<details class="words" open>' in html and "field__error" in html
    assert state(prompt) == "open" and not Message.objects.exists()


def test_a_card_without_a_number_says_so_when_it_is_sent_anyway(shop):
    shop.orders("kasan")
    shop.works()
    answer = post(shop, shop.one("promise"), "sending", {"text": "Sudah siap, Pak"})
    assert answer.status_code == 422 and "Sudah siap, Pak" in answer.content.decode()
    assert "no WhatsApp number" in text(answer)


@pytest.mark.parametrize(
    ("step", "said"), [("done", "Done. Well done!"), ("later", "Back tomorrow morning."), ("skipped", "Skipped.")]
)
def test_settling_says_what_was_done_and_offers_the_way_back(shop, prompt, step, said):
    client = shop.world.client()
    answer = client.post(shop.world.url(f"prompts/{prompt.pk}/{step}/"), follow=True)
    assert answer.redirect_chain == [(shop.world.url(), 302)]
    assert said in text(answer) and shop.world.url(f"prompts/{prompt.pk}/undo/") in answer.content.decode()
    assert prompt.draft not in answer.content.decode()
    answer = client.post(shop.world.url(f"prompts/{prompt.pk}/undo/"), follow=True)
    assert prompt.draft in answer.content.decode() and state(prompt) == "open"


@pytest.mark.parametrize("step", ["done", "later", "skipped"])
def test_with_htmx_a_line_takes_the_cards_place_and_gives_it_back(shop, prompt, step):
    gone = post(shop, prompt, step, **HTMX).content.decode()
    assert f'id="prompt-{prompt.pk}"' in gone and "Undo" in gone and "<html" not in gone
    back = post(shop, prompt, "undo", **HTMX).content.decode()
    assert prompt.draft in back and "<article" in back


@pytest.mark.parametrize("step", ["sending", "done", "later", "skipped"])
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_two_people_at_one_prompt(shop, prompt, step, headers):
    actions.done(prompt=prompt, by=shop.world.members["chat"])
    client = shop.world.client()
    answer = client.post(
        shop.world.url(f"prompts/{prompt.pk}/{step}/"), {"text": "Halo"}, headers=headers, follow=not headers
    )
    assert "This was seen to in the meantime." in text(answer)
    assert state(prompt) == "done" and not Message.objects.exists()


def test_undo_of_what_is_true_no_more(shop, prompt):
    actions.skip(prompt=prompt, by=shop.owner)
    shop.orders("slamet")
    shop.works()
    assert "in the meantime" in text(post(shop, prompt, "undo", **HTMX))


def test_names_and_words_are_escaped(shop):
    from setia.customers import actions as customers

    customers.change_customer(customer=shop.who("siti"), display_name="<b>Siti</b>")
    shop.orders("siti")
    shop.works()
    html = shop.world.client().get(shop.world.url()).content.decode()
    assert "<b>Siti</b>" not in html and "&lt;b&gt;Siti" in html
    html = post(shop, shop.one("promise"), "skipped", **HTMX).content.decode()
    assert "<b>" not in html
