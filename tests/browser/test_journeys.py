"""What the owner does on her phone, and what her customer sees on theirs."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_a_chat_arrives_and_is_answered_without_reload(open_page, service, chromium, size):
    """The customer writes on the emulator's phone page; the owner answers; the answer is on the customer's phone."""
    words = f"Bu, ubi ungu taksih wonten? {size}"
    customer = chromium.new_context().new_page()
    customer.goto(service.emulator)
    customer.get_by_text("Bu Guru Wening").first.click()
    box = customer.get_by_role("textbox").last
    box.fill(words)
    box.press("Enter")
    expect(customer.get_by_text(words).last).to_be_visible()

    owner = open_page(size, "harti")
    base = owner.url.split("/sekar-pandan/")[0] + "/sekar-pandan/"
    owner.goto(base + "chats/")
    expect(owner.get_by_text(words).first).to_be_visible(timeout=15_000)
    owner.get_by_text("Bu Guru Wening").first.click()
    expect(owner.get_by_text(words).last).to_be_visible()
    answer = f"Taksih Bu, monggo. {size}"
    field = owner.locator("textarea").last
    field.fill(answer)
    owner.get_by_role("button", name=re.compile("Kirim|Send")).last.click()
    expect(owner.get_by_text(answer).last).to_be_visible()
    expect(customer.get_by_text(answer).last).to_be_visible(timeout=15_000)
    customer.context.close()


def test_a_sale_in_four_taps_is_one_sale(open_page):
    """Two flavours, cash: four taps. The double tap on cash sells nothing twice: the next sale has the next number."""
    page = open_page("phone", "dewi")
    base = page.url.split("/sekar-pandan/")[0] + "/sekar-pandan/"
    numbers = []
    for _sale in range(2):
        page.goto(base + "orders/counter/")
        more = page.locator("[data-step='1']")
        more.nth(0).click()
        more.nth(0).click()
        more.nth(3).click()
        page.get_by_role("button", name=re.compile("Tunai|Cash")).dblclick(no_wait_after=True)
        expect(page.locator(".soldbar")).to_contain_text("Rp64.000")
        numbers.append(int(re.search(r"#(\d+)", page.locator(".soldbar").inner_text())[1]))
    assert numbers[1] == numbers[0] + 1


def test_a_prompt_leads_to_whatsapp_with_the_words(open_page):
    """Somebody who did not write for a day is written to by hand: the words are there, she presses send."""
    page = open_page("phone", "harti")
    home = page.url
    page.context.route("https://wa.me/**", lambda route: route.fulfill(status=200, body="WhatsApp"))
    card = page.locator("article.prompt", has=page.get_by_role("button", name="Kirim WA")).first
    identity = card.get_attribute("id")
    card.get_by_role("button", name="Kirim WA").click()
    link = page.locator("a[href^='https://wa.me/628']").first
    expect(link).to_be_visible()
    assert "?text=" in link.get_attribute("href")
    page.goto(home)
    assert page.locator(f"#{identity} .prompt__form").count() == 0


def test_skipping_can_be_undone(open_page):
    page = open_page("phone", "harti")
    card = page.locator("article.prompt").last
    identity = card.get_attribute("id")
    card.get_by_role("button", name="Lewati").click()
    expect(page.locator(".gone")).to_be_visible()
    page.locator(".gone button").click()
    expect(page.locator(f"article#{identity}")).to_be_visible()
