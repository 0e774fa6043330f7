"""Orders through the pages, at the size of a phone: a wedding with a deposit, a full day, a counter that knows more."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def _base(page):
    return page.url.split("/sekar-pandan/")[0] + "/sekar-pandan/"


def _box(page, label, count):
    page.locator("li.stepper", has_text=label).first.locator("input").fill(str(count))


def _day(ahead):
    from datetime import UTC, datetime

    return (datetime.now(UTC) + timedelta(hours=7, days=ahead)).date()


def test_a_wedding_with_a_deposit_and_a_change(open_page):
    """A hundred boxes: half is asked for ahead, it stands on the note; twenty boxes change; the rest is paid."""
    page = open_page("phone", "harti")
    base, day = _base(page), _day(20)
    while day.weekday() == 6:
        day += timedelta(days=1)
    page.goto(f"{base}orders/new/?due_on={day}")
    page.locator("#who").fill("Guru Wening")
    page.locator("#found-people button").first.click()
    expect(page.locator(".picker__chosen")).to_contain_text("Wening")
    _box(page, "Kacang hijau isi 10", 100)
    page.get_by_text("Kartu ucapan, nama di stiker").click()
    page.locator("[name=sticker]").fill("Tini & Budi")
    page.get_by_role("button", name="Simpan pesanan").click()
    expect(page.locator("main")).to_contain_text("Rp2.000.000")
    expect(page.locator("main")).to_contain_text("DP Rp1.000.000")
    order = re.search(r"orders/(\d+)/", page.url)[1]

    page.goto(f"{base}orders/{order}/note/?paper=58")
    for words in ("100 × Kacang hijau isi 10", "DP: Rp1.000.000 sampai", "DP hangus"):
        expect(page.locator(".bubble")).to_contain_text(words)
    expect(page.locator(".paper--58")).to_contain_text("Rp2.000.000")

    page.goto(f"{base}orders/{order}/")
    page.get_by_text("Catat pembayaran").click()
    payment = page.locator("form[action$='/payments/']")
    payment.locator("[name=amount]").fill("1jt")
    payment.locator("label", has_text="Transfer").click()
    payment.get_by_role("button").last.click()
    expect(page.locator(".order__balance")).to_contain_text("1.000.000")

    page.goto(f"{base}orders/{order}/changes/")
    _box(page, "Kacang hijau isi 10", 80)
    _box(page, "Keju isi 10", 20)
    page.get_by_role("button", name="Simpan perubahan").click()
    expect(page.locator(".order__balance")).to_contain_text("1.080.000")


def test_a_day_over_capacity_leads_to_the_waiting_list(open_page):
    """The cashier is warned and puts the customer on the list; the owner sees it with the day, and may take more."""
    page = open_page("phone", "dewi")
    base = _base(page)
    day = _day(15)
    while day.weekday() == 6:
        day += timedelta(days=1)
    page.goto(f"{base}orders/new/?due_on={day}")
    page.locator("#who").fill("Ratna")
    page.locator("#found-people button").first.click()
    expect(page.locator(".picker__chosen")).to_be_visible()
    _box(page, "Keju isi 10", 190)
    page.get_by_role("button", name="Simpan pesanan").click()
    expect(page.locator("main")).to_contain_text("Hari ini penuh")
    page.get_by_role("button", name="Masukkan daftar tunggu").click()
    expect(page.locator("main")).to_contain_text("Bu Ratna")
    expect(page.locator("main")).to_contain_text("190 kotak")

    owner = open_page("phone", "harti")
    owner.goto(f"{base}orders/calendar/day/?day={day}")
    owner.locator("[name=capacity]").fill("200")
    owner.get_by_role("button", name="Simpan").last.click()
    expect(owner.get_by_text("Sekarang ada tempat")).to_be_visible()
    owner.goto(f"{base}orders/calendar/?day={day}")
    expect(owner.locator(".calendar__day", has_text="+190")).to_be_visible()


def test_the_counter_says_what_goes_together(open_page):
    """Kumbu is tapped, the counter says what people take with it, one tap adds it; a face says how it tasted."""
    page = open_page("phone", "dewi")
    page.goto(_base(page) + "orders/counter/")
    page.locator("li.stepper", has_text="Kumbu hitam isi 10").locator("[data-step='1']").click()
    hint = page.locator(".hint", has_text="Ubi ungu")
    expect(hint).to_be_visible()
    hint.locator("[data-add]").click()
    expect(page.locator("[data-total]").first).to_have_text("Rp42.000")
    expect(page.locator(".hint", has_text="sekalian ambil Ubi")).to_have_count(0)
    page.get_by_role("button", name="Tunai").click()
    expect(page.locator(".soldbar")).to_contain_text("Rp42.000")
    page.get_by_role("button", name="5 dari 5").click()
    expect(page.locator(".toast").first).to_contain_text("Terima kasih")


def test_the_board_hands_over(open_page):
    """What is packed and to be paid stands large; one tap hands it over."""
    page = open_page("phone", "dewi")
    page.goto(_base(page) + "orders/pickups/")
    card = page.locator(".board__one", has_text="Siti")
    expect(card).to_contain_text("Rp72.000")
    card.get_by_role("button", name="Tunai").click()
    expect(page.locator(".toast").first).to_contain_text("diserahkan")
    expect(page.locator(".board__one", has_text="Siti")).to_have_count(0)
