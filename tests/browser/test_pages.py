"""Every page of the owner's shop as people see it: both sizes, both languages, light and dark."""

import pytest

from tests.browser.looks import NAMELESS, menu

pytestmark = pytest.mark.browser

# Beside all that the menu leads to.
PAGES = (
    "",
    "new/",
    "customers/?q=siti",
    "customers/1/",
    "customers/new/",
    "customers/import/",
    "chats/1/",
    "orders/1/",
    "orders/new/",
    "orders/counter/",
)
LOOKS = [
    ("phone", "id", False),
    ("phone", "en", True),
    ("desk", "en", False),
    ("desk", "id", True),
]


@pytest.mark.parametrize(("size", "language", "dark"), LOOKS, ids=["-".join(map(str, look)) for look in LOOKS])
def test_pages_fit_and_speak(open_page, service, size, language, dark):
    page = open_page(size, "harti", language=language, dark=dark)
    base = page.url.split("/sekar-pandan/")[0] + "/sekar-pandan/"
    for path in (*PAGES, *menu(page, base)):
        answer = page.goto(base + path)
        assert answer.status == 200, path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} scrolls sideways"
        nameless = page.evaluate(NAMELESS)
        assert not nameless, f"{path}: {nameless}"


def test_the_neighbours_empty_shop_teaches(open_page):
    page = open_page("phone", "lastri")
    page.goto(page.url.split("/lor-sawah/")[0] + "/lor-sawah/menu/")
    assert page.locator(".tile").count() >= 5
    for path in ("customers/", "orders/", "orders/kitchen/", "chats/", "products/"):
        answer = page.goto(page.url.split("/lor-sawah/")[0] + f"/lor-sawah/{path}")
        assert answer.status == 200
        assert page.locator(".empty").first.is_visible(), path
