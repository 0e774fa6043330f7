"""What is looked at on every page."""

from typing import Any

# What a screen reader could only call «button».
NAMELESS = """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea')]
  .filter((element) => element.offsetParent)
  .filter((element) => {
    if (element.closest('[aria-hidden=true]')) return false;
    const label = element.labels && element.labels.length ? element.labels[0].textContent : '';
    return ![element.getAttribute('aria-label'), element.textContent, label, element.title].some((t) => t && t.trim());
  })
  .map((element) => element.outerHTML.slice(0, 120))"""


def menu(page: Any, base: str) -> list[str]:
    """The paths below `base` to which the menu leads."""
    page.goto(f"{base}menu/")
    addresses = page.eval_on_selector_all("main a[href]", "links => links.map((link) => link.href)")
    return sorted({address.removeprefix(base) for address in addresses if address.startswith(base)})
