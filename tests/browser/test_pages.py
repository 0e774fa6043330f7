"""Every page of the owner's shop as people see it: both sizes, both languages, light and dark."""

import pytest

pytestmark = pytest.mark.browser

PAGES = (
    "",
    "new/",
    "menu/",
    "customers/",
    "customers/?q=siti",
    "customers/1/",
    "customers/new/",
    "customers/imports/",
    "chats/",
    "orders/",
    "orders/new/",
    "orders/counter/",
    "orders/kitchen/",
    "products/",
    "settings/",
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
    for path in PAGES:
        answer = page.goto(base + path)
        assert answer.status == 200, path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} scrolls sideways"
        nameless = page.evaluate(
            """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea')].filter(e
            => {
                if (!e.offsetParent) return false;
                const label = e.labels && e.labels.length ? e.labels[0].textContent : '';
                return !(e.getAttribute('aria-label') || e.textContent.trim() || label.trim() || e.title || e.alt
                    || e.value && e.type === 'submit');
            }).map(e => e.outerHTML.slice(0, 120))"""
        )
        assert not nameless, f"{path}: {nameless}"


def test_the_neighbours_empty_shop_teaches(open_page):
    page = open_page("phone", "lastri")
    page.goto(page.url.split("/lor-sawah/")[0] + "/lor-sawah/menu/")
    assert page.locator(".tile").count() >= 5
    for path in ("customers/", "orders/", "orders/kitchen/", "chats/", "products/"):
        answer = page.goto(page.url.split("/lor-sawah/")[0] + f"/lor-sawah/{path}")
        assert answer.status == 200
        assert page.locator(".empty").count() == 1, path
