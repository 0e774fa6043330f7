"""Signing in: name and password, a link that works once, a passkey, other devices."""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client

from setia.core import clock as house_clock
from setia.shops import actions
from setia.shops.models import LoginLink
from setia.shops.tests.authenticator import Device
from setia.shops.tests.conftest import PASSWORD

LOGIN = "/accounts/login/"


def sign_in(client: Client, login: str, password: str, to: str = LOGIN):
    return client.post(to, {"login": login, "password": password})


def who(client: Client) -> str:
    """Who is signed in, as the account page says; empty for nobody."""
    answer = client.get("/accounts/")
    return re.search(r"You sign in as (\S+?)\.<", answer.content.decode())[1] if answer.status_code == 200 else ""


# --- Password


@pytest.mark.parametrize("name", ["harti", "HARTI", "harti@example.com"])
def test_name_or_email_and_password_lead_to_the_shop(with_password, name):
    with_password.users["owner"].email = "harti@example.com"
    with_password.users["owner"].save()
    client = Client()
    answer = sign_in(client, name, PASSWORD)
    assert answer.status_code == 302 and answer["Location"] == with_password.url()
    assert who(client) == "harti"


def test_an_email_may_be_the_name_one_signs_in_with(with_password):
    with_password.users["owner"].username = "harti@example.com"
    with_password.users["owner"].save()
    assert sign_in(Client(), "harti@example.com", PASSWORD).status_code == 302


def test_a_wrong_password_keeps_the_name_and_says_what_to_do(with_password):
    page = sign_in(Client(), "harti", "wrong").content.decode()
    assert 'value="harti"' in page
    assert "do not belong together" in page
    assert "wrong" not in re.findall(r'value="(\w*)"', page)


def test_after_many_wrong_passwords_one_has_to_wait(with_password):
    client = Client()
    pages = [sign_in(client, "harti", "wrong").content.decode() for _ in range(6)]
    assert "Wait five minutes" in pages[-1]


def test_one_comes_back_to_the_page_one_wanted(with_password):
    wanted = with_password.url("settings/profile/")
    answer = Client().get(wanted)
    assert answer["Location"] == f"{LOGIN}?next={wanted}"
    assert sign_in(Client(), "harti", PASSWORD, answer["Location"])["Location"] == wanted


def test_nobody_is_sent_to_another_site(with_password):
    answer = sign_in(Client(), "harti", PASSWORD, f"{LOGIN}?next=https://evil.example/")
    assert answer["Location"] == with_password.url()


def test_signing_out_needs_a_button(with_password):
    client = with_password.client("owner")
    assert client.get("/accounts/logout/").status_code == 200
    assert who(client) == "harti"
    client.post("/accounts/logout/")
    assert who(client) == ""


def test_a_password_is_changed_with_the_old_one(with_password):
    client = with_password.client("owner")
    change = "/accounts/password/change/"
    refused = client.post(change, {"oldpassword": "wrong", "password1": "lima kotak keju"})
    assert "not your password of now" in refused.content.decode()
    short = client.post(change, {"oldpassword": PASSWORD, "password1": "pendek"})
    assert "at least 8 characters" in short.content.decode()
    assert client.post(change, {"oldpassword": PASSWORD, "password1": "lima kotak keju"}).status_code == 302
    assert who(client) == "harti", "the device in the hand stays signed in"
    assert sign_in(Client(), "harti", "lima kotak keju").status_code == 302


# --- One-time links


def link_for(world, member: str = "cashier") -> str:
    return f"/sign-in/{actions.make_login_link(user_id=world.users[member].pk)}/"


def test_a_preview_does_not_use_the_link_up(shop):
    link = link_for(shop)
    for _ in range(3):
        page = Client().get(link)
        assert page.status_code == 200 and b"dewi" in page.content
    client = Client()
    assert client.post(link)["Location"] == shop.url()
    assert who(client) == "dewi"


def test_a_link_works_once(shop):
    link = link_for(shop)
    Client().post(link)
    second = Client()
    assert second.get(link).status_code == 410
    assert second.post(link).status_code == 410
    assert who(second) == ""


def test_a_link_runs_out(shop, clock):
    link = link_for(shop)
    clock.forward(hours=24, seconds=1)
    client = Client()
    assert client.get(link).status_code == 410
    assert client.post(link).status_code == 410
    assert who(client) == ""


def test_only_a_digest_of_the_link_is_kept(shop):
    token = actions.make_login_link(user_id=shop.users["cashier"].pk)
    assert token not in json.dumps(list(LoginLink.objects.values_list("token_digest", flat=True)))


def test_a_link_replaces_whoever_was_signed_in(shop):
    client = shop.client("viewer")
    client.post(link_for(shop))
    assert who(client) == "dewi"


def test_after_a_link_a_new_password_needs_no_old_one(with_password, clock):
    client = Client()
    client.post(link_for(with_password, "owner"))
    new = "/accounts/password/new/"
    assert new in client.get("/accounts/").content.decode()
    assert client.post(new, {"password1": "lima kotak keju"})["Location"] == "/accounts/"
    assert who(client) == "harti"
    assert sign_in(Client(), "harti", "lima kotak keju").status_code == 302
    again = client.post(new, {"password1": "tujuh kotak keju"})
    assert again["Location"] == "/accounts/password/change/", "the permission is used up"


def test_the_permission_to_choose_a_new_password_runs_out(with_password, clock):
    client = Client()
    client.post(link_for(with_password, "owner"))
    clock.forward(minutes=31)
    assert client.get("/accounts/password/new/")["Location"] == "/accounts/password/change/"


def test_nobody_else_chooses_a_password_without_the_old_one(with_password):
    for client in (with_password.client("owner"), Client()):
        answer = client.post("/accounts/password/new/", {"password1": "lima kotak keju"})
        assert answer.status_code == 302
    assert sign_in(Client(), "harti", PASSWORD).status_code == 302


def test_who_has_no_password_is_asked_to_choose_one(shop):
    client = Client()
    client.post(link_for(shop))
    assert "/accounts/password/set/" in client.get("/accounts/").content.decode()
    client.post("/accounts/password/set/", {"password1": "lima kotak keju"})
    assert sign_in(Client(), "dewi", "lima kotak keju").status_code == 302


# --- Other devices


def test_sign_out_on_one_other_device(with_password):
    phone, laptop = Client(HTTP_USER_AGENT="Chrome Android"), Client(HTTP_USER_AGENT="Firefox Windows")
    for client in (phone, laptop):
        sign_in(client, "harti", PASSWORD)
    page = phone.get("/accounts/sessions/").content.decode()
    assert "Firefox, Windows" in page and "This device" in page
    there = UserSession.objects.get(user_agent="Firefox Windows")
    phone.post(f"/accounts/sessions/{there.pk}/end/")
    assert who(laptop) == "" and who(phone) == "harti"


def test_sign_out_on_all_other_devices(with_password):
    clients = [Client() for _ in range(3)]
    for client in clients:
        sign_in(client, "harti", PASSWORD)
    clients[0].post("/accounts/sessions/")
    assert [who(client) for client in clients] == ["harti", "", ""]


def test_the_device_in_the_hand_and_those_of_others_stay(with_password):
    mine, stranger = Client(), Client()
    sign_in(mine, "harti", PASSWORD)
    stranger.post(link_for(with_password, "stranger"))
    own = UserSession.objects.get(user=with_password.users["owner"])
    theirs = UserSession.objects.get(user=with_password.users["stranger"])
    mine.post(f"/accounts/sessions/{own.pk}/end/")
    assert mine.post(f"/accounts/sessions/{theirs.pk}/end/").status_code == 404
    assert who(mine) == "harti" and who(stranger) == "lastri"


def test_use_of_a_device_is_written_down_once_an_hour(with_password, clock, django_assert_num_queries):
    client = Client()
    sign_in(client, "harti", PASSWORD)
    profile = with_password.url("settings/profile/")
    clock.forward(hours=2)
    client.get(profile)
    seen = UserSession.objects.get(user=with_password.users["owner"]).last_seen_at
    assert seen == house_clock.now()
    # session, user, membership: nothing else, and nothing is written
    with django_assert_num_queries(3):
        client.get(profile)


# --- Passkeys


def options_of(page) -> dict:
    return json.loads(
        re.search(r'id="passkey-options" type="application/json">(.*?)</script>', page.content.decode())[1]
    )


@pytest.fixture
def device(with_password) -> Device:
    """The owner's phone, with a passkey."""
    client, device = Client(), Device()
    sign_in(client, "harti", PASSWORD)
    add = "/accounts/passkeys/new/"
    confirm = client.get(add)["Location"]
    assert confirm.startswith("/accounts/reauthenticate/"), "before a passkey is made, the password once more"
    assert client.post(confirm, {"password": PASSWORD})["Location"] == add
    credential = device.make(options_of(client.get(add))["creation_options"])
    answer = client.post(add, {"name": "HP Bu Harti", "passwordless": "on", "credential": credential})
    assert answer.status_code == 302
    assert "HP Bu Harti" in client.get("/accounts/passkeys/").content.decode()
    return device


def use_passkey(client: Client, device: Device, **more: str):
    options = client.get("/accounts/passkeys/login/", HTTP_ACCEPT="application/json").json()["request_options"]
    return client.post("/accounts/passkeys/login/", {"credential": device.use(options), **more})


def test_a_passkey_signs_in_without_a_name(with_password, device):
    client = Client()
    wanted = with_password.url("settings/hours/")
    assert use_passkey(client, device, next=wanted)["Location"] == wanted
    assert who(client) == "harti"


def test_the_password_goes_on_working_beside_a_passkey(with_password, device):
    client = Client()
    assert sign_in(client, "harti", PASSWORD)["Location"] == with_password.url()
    assert who(client) == "harti"


def test_an_answer_is_good_for_one_question(with_password, device):
    client = Client()
    options = client.get("/accounts/passkeys/login/", HTTP_ACCEPT="application/json").json()["request_options"]
    answer = device.use(options)
    client.get("/accounts/passkeys/login/", HTTP_ACCEPT="application/json")
    page = client.post("/accounts/passkeys/login/", {"credential": answer}, follow=True)
    assert "not known here" in page.content.decode()
    assert who(client) == ""


def test_a_passkey_is_renamed_and_removed_by_its_owner_only(with_password, device):
    passkey = Authenticator.objects.get()
    own, other = Client(), with_password.client("cashier")
    use_passkey(own, device)
    page = own.get("/accounts/passkeys/reauthenticate/?next=/accounts/passkeys/")
    own.post(
        "/accounts/passkeys/reauthenticate/",
        {"credential": device.use(options_of(page)["request_options"]), "next": "/accounts/passkeys/"},
    )
    own.post(f"/accounts/passkeys/{passkey.pk}/", {"name": "HP baru"})
    assert "HP baru" in own.get("/accounts/passkeys/").content.decode()
    removal = f"/accounts/passkeys/{passkey.pk}/removal/"
    assert other.post(removal).status_code == 404
    assert own.get(removal).status_code == 200
    own.post(removal)
    assert not Authenticator.objects.exists()
