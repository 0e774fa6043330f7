"""Chats where JavaScript is off: everything is a form and a link."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def chats(open_page, service):
    """The list of chats on a phone without JavaScript, and how to open one."""
    page = open_page("phone", "harti", script=False)
    base = page.url.split("/sekar-pandan/")[0] + "/sekar-pandan/chats/"
    page.goto(base)
    page.get_by_text("Bu Guru Wening").first.click()
    return page


def test_a_chat_is_read_and_answered(chats):
    page, words = chats, "Nggih Bu, saya siapkan. Tanpa skrip."
    if page.get_by_role("button", name="Tandai sudah dibaca").count():
        page.get_by_role("button", name="Tandai sudah dibaca").click()
    page.locator("#composer textarea").fill(words)
    page.get_by_role("button", name="Kirim", exact=True).last.click()
    assert re.search(r"/chats/\d+/$", page.url)
    expect(page.get_by_text(words).last).to_be_visible()
    assert page.locator("#composer textarea").input_value() == ""


def test_nothing_typed_is_lost_when_it_is_refused(chats):
    page = chats
    page.locator("#composer textarea").fill("   ")
    page.get_by_role("button", name="Kirim", exact=True).last.click()
    expect(page.locator(".field__error").first).to_be_visible()


def test_the_price_list_goes_as_a_picture(chats):
    page = chats
    page.locator("#composer summary").first.click()
    page.get_by_role("link", name="Daftar harga sebagai gambar").click()
    expect(page.locator("img.pricepicture")).to_be_visible()
    page.locator("form.card textarea").fill("Ini daftarnya Bu")
    page.get_by_role("button", name="Kirim", exact=True).click()
    expect(page.get_by_text("Ini daftarnya Bu").last).to_be_visible()
