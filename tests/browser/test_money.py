"""The public page without a login, and a debt from the counter to the last rupiah."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.looks import NAMELESS

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_a_stranger_orders_from_the_public_page(open_page, service, size):
    page = open_page(size, "")
    sizes: list[int] = []
    page.on("response", lambda answer: sizes.append(int(answer.headers.get("content-length") or 0)))
    page.goto(f"{service.url}/p/c/sekar-pandan/")
    page.wait_for_load_state("networkidle")
    assert sum(sizes) <= 60 * 1024
    assert page.locator("a[href^='https://wa.me/'][href*='KATALOG']").count() > 3
    assert not page.evaluate(NAMELESS)
    page.locator(".goods__count [data-step='1']").first.click()
    page.locator(".goods__count [data-step='1']").first.click()
    expect(page.locator("[data-total]")).to_have_text("Rp40.000")
    page.get_by_role("button", name="Lihat pesanan saya").click()
    expect(page.get_by_role("link", name="Kirim WA")).to_have_attribute("href", re.compile("wa.me"))
    page.locator("summary").click()
    page.get_by_label("Nama").fill("Bu Tamu")
    page.get_by_label("Nomor WhatsApp").fill(f"0812 3000 77{10 if size == 'phone' else 11}")
    page.get_by_role("button", name="Kirim pesanan").dblclick()
    expect(page.get_by_role("heading", name="Terima kasih, pesanan sudah masuk")).to_be_visible()


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_a_debt_is_paid_in_part(open_page, size):
    page = open_page(size, "harti")
    base = page.url.split("/sekar-pandan/")[0] + "/sekar-pandan/"
    page.goto(base + "money/credit/")
    page.get_by_role("link", name=re.compile("Slamet|Yanti")).first.click()
    before = page.locator(".figure b").first.inner_text()
    page.locator("summary", has_text="Catat pembayaran").click()
    page.get_by_label("Jumlah").first.fill("10rb")
    page.get_by_role("button", name="Lunas").or_(page.get_by_role("button", name="Dibayar")).first.dblclick()
    expect(page.locator(".figure b").first).not_to_have_text(before)
    owed = int(re.sub(r"\D", "", before)) - 10_000
    expect(page.locator(".figure b").first).to_have_text(re.compile(f"{owed:,}".replace(",", r"\.")))
