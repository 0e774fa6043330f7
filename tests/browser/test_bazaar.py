"""A day at the bazaar without signal: what two phones wrote down is there exactly once. One of them speaks English."""

import contextlib
import os
import re
import signal

import pytest
from playwright.sync_api import expect

from tests import words
from tests.browser.conftest import CHROMIUM, SIZES

pytestmark = pytest.mark.browser

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FIRST_LOAD = 80_000

# The shop takes it in, and nobody here learns of it.
LOSE_THE_ANSWER = """() => {
  const real = window.fetch;
  window.fetch = async (url, options) => {
    const answer = await real(url, options);
    if (!options || options.method !== "POST" || !answer.ok) return answer;
    document.body.dataset.lost = "1";
    throw new TypeError("lost");
  };
}"""


class Phone:
    """A phone at the stall: a browser with a memory of its own that may be killed and started again."""

    def __init__(self, kind, service, home, mark, language):
        self.kind, self.service, self.home, self.mark, self.language = kind, service, home, mark, language
        self.people = 0
        self.start()

    def start(self):
        self.context = self.kind.launch_persistent_context(
            str(self.home),
            executable_path=CHROMIUM,
            args=FLAGS,
            viewport=SIZES["phone"],
            locale={"id": "id-ID", "en": "en-GB"}[self.language],
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)

    def sign_in(self, page=None):
        page = page or self.page
        page.goto(self.service.login_link("harti"))
        if "sign-in" in page.url:
            page.locator(".btn--go").first.click()
        page.wait_for_url(lambda url: "sign-in" not in url)

    def open(self, url):
        self.page.goto(url)
        self.drawn()

    def drawn(self):
        """The page has read what the phone keeps and shows it."""
        expect(self.page.locator("body")).to_have_attribute("data-waiting", re.compile(r"\d+"))
        expect(self.page.locator("[data-variant]").first).to_be_visible()

    def no_signal(self, off=True):
        self.context.set_offline(off)

    def kill(self):
        """The power goes: nothing is said good-bye to."""
        os.kill(int(os.readlink(self.home / "SingletonLock").rpartition("-")[2]), signal.SIGKILL)
        with contextlib.suppress(Exception):
            self.context.close()
        for left in self.home.glob("Singleton*"):
            left.unlink()
        self.start()

    def tab(self, name):
        self.page.locator(f"[data-tab={name}]").click()

    def kept(self, done):
        """Do something and wait until the phone says that it is kept."""
        before = self.waiting()
        done()
        expect(self.page.locator("body")).to_have_attribute("data-waiting", str(before + 1))

    def speaks(self):
        """Everything on the page is said in the phone's language."""
        words.speaks(self.page.content(), self.language, "the stall")

    def waiting(self):
        return int(self.page.locator("body").get_attribute("data-waiting"))

    def sell(self, times, method="cash"):
        self.tab("sell")
        for _ in range(times):
            self.page.locator("[data-variant]").first.click()
            self.kept(lambda: self.page.locator(f"[data-pay={method}]").click())

    def meet(self, times):
        for _ in range(times):
            self.people += 1
            self.tab("person")
            self.page.locator("#stall-name").fill(f"Tamu {self.mark} {self.people}")
            self.page.locator("#stall-phone").fill(f"0857 1{self.mark}00 {1000 + self.people}")
            self.page.locator("label", has=self.page.locator("[name=agrees][value=yes]")).click()
            self.kept(lambda: self.page.locator("[data-person] .btn--go").click())

    def taste(self, times):
        self.tab("taste")
        for _ in range(times):
            self.kept(lambda: self.page.locator("[data-taste]").first.click())

    def send(self):
        self.page.locator("[data-send]").click()
        expect(self.page.locator("body")).to_have_attribute("data-waiting", "0", timeout=30_000)
        assert self.page.locator("body").get_attribute("data-failed") == "0"


def test_a_day_without_signal(service, chromium, tmp_path, open_page):
    owner = open_page("phone", "harti")
    base = owner.url.split("/sekar-pandan/")[0] + "/sekar-pandan/"
    owner.goto(f"{base}promotions/bazaars/new/")
    owner.locator("[name=name]").fill("Bazar Uji")
    owner.locator("[name=opening_cash]").fill("100rb")
    owner.get_by_role("button", name="Simpan").click()
    owner.wait_for_url(re.compile(r"bazaars/\d+/$"))
    market = owner.url
    stall = f"{market}stall/"
    price = 20_000

    phones = [
        Phone(chromium.browser_type, service, tmp_path / mark, mark, language)
        for mark, language in (("1", "id"), ("2", "en"))
    ]
    one, two = phones
    for phone in phones:
        phone.sign_in()
        sizes = []
        phone.page.on("response", lambda answer, sizes=sizes: sizes.append(answer))
        phone.open(stall)
        expect(phone.page.locator("body")).to_have_attribute("data-ready", "1")
        sent = {answer.url: _size(answer) for answer in sizes if not answer.from_service_worker}
        assert any("stall" in url and url.endswith(".js") for url in sent), sent
        assert sum(sent.values()) <= FIRST_LOAD, sent
        phone.no_signal()

    one.meet(5)
    one.sell(12)
    one.taste(10)
    one.page.reload()  # without signal
    one.drawn()
    assert one.waiting() == 27
    one.kill()  # half-way
    one.no_signal()
    one.open(stall)
    assert one.waiting() == 27
    one.meet(7)
    one.sell(18, "qris")
    one.taste(5)
    two.meet(8)
    two.sell(20)
    two.taste(15)
    assert (one.waiting(), two.waiting()) == (57, 43)
    one.speaks()
    two.speaks()

    # Signal again; the first phone's answer is lost on the way, so it sends everything a second time. A killed browser
    # may have forgotten the sign-in; nothing else.
    one.page.evaluate(LOSE_THE_ANSWER)
    one.no_signal(False)
    one.sign_in(one.context.new_page())
    one.page.locator("[data-send]").click()
    expect(one.page.locator("body")).to_have_attribute("data-lost", "1")
    expect(one.page.locator("[data-state]")).to_contain_text("Tidak ada sinyal")
    one.speaks()
    assert one.waiting() == 57
    one.open(stall)
    two.no_signal(False)
    two.send()
    one.send()
    one.send()
    two.send()
    two.speaks()

    owner.goto(f"{market}count/")
    cash, qris = (owner.locator("tr", has_text=name).first for name in ("Tunai", "QRIS"))
    expect(cash).to_contain_text(f"Rp{100_000 + 32 * price:,}".replace(",", "."))
    expect(qris).to_contain_text(f"Rp{18 * price:,}".replace(",", "."))
    owner.goto(market)
    figures = owner.locator(".figures").first
    expect(figures).to_contain_text("20")
    expect(figures.locator(".figure").nth(1)).to_contain_text(f"Rp{50 * price:,}".replace(",", "."))
    expect(figures.locator(".figure").nth(2)).to_contain_text("30")
    expect(figures.locator(".figure").nth(3)).to_contain_text("20")
    for phone in phones:
        phone.context.close()


def _size(answer):
    """Bytes on the wire, as they came: compressed, with the headers."""
    sizes = answer.request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]
