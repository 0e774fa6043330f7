"""Whose language is spoken: the member's, else the browser's, or what was chosen on a plain page."""

import pytest
from django.test import Client

from setia.shops import actions


def language(answer) -> str:
    return answer.content.decode().split('<html lang="')[1][:2]


@pytest.mark.parametrize(
    ("member", "browser", "expected"),
    [("", "id", "id"), ("", "en", "en"), ("en", "id", "en"), ("id", "en", "id")],
)
def test_the_members_language_else_the_browsers(shop, member, browser, expected):
    actions.change_member(member=shop.members["cashier"], language=member)
    client = shop.client("cashier")
    answer = client.get(shop.url("settings/profile/"), HTTP_ACCEPT_LANGUAGE=browser)
    assert language(answer) == expected and answer["Content-Language"] == expected
    account = client.get("/accounts/", HTTP_ACCEPT_LANGUAGE=browser)
    assert language(account) == expected, "the account's pages speak it too"


@pytest.mark.parametrize("accepted", ["id", "en"])
def test_outside_a_shop_the_browsers(shop, accepted):
    assert language(Client().get("/accounts/login/", HTTP_ACCEPT_LANGUAGE=accepted)) == accepted


def test_the_switch_on_plain_pages(shop):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert 'value="id" lang="id"' in client.get("/accounts/login/").content.decode()
    answer = client.post("/accounts/language/", {"language": "id", "next": "/accounts/login/"})
    assert answer["Location"] == "/accounts/login/"
    page = client.get("/accounts/login/")
    assert language(page) == "id" and 'value="en" lang="en"' in page.content.decode()
