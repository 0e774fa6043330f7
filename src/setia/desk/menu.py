"""What the menu and the + page offer: one line an entry, in the order in which they are shown.

Who sees an entry is decided by the door of the page it leads to. A page that a person looks for belongs here; steps
within a page do not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import resolve
from django.utils.translation import gettext_lazy as _

from setia.shops.rules import Right, may
from setia.web.links import SHOP_URLCONF, shop_url


@dataclass(frozen=True)
class Entry:
    """A page: its name in the URL map (`area:name`), a heroicon, a title, a word of explanation."""

    url_name: str
    icon: str
    title: Any
    hint: Any

    @property
    def right(self) -> Right:
        """What its door asks for."""
        return _right(self.url_name)


@dataclass(frozen=True)
class Group:
    """Entries under one heading; `phase` colours it (`acquire`, `enhance`, `retain`), where it belongs to one."""

    title: Any
    phase: str
    entries: tuple[Entry, ...]


MENU: tuple[Group, ...] = (
    Group(
        _("Every day"),
        "",
        (
            Entry("orders:kitchen", "fire", _("Kitchen"), _("What to bake for which day")),
            Entry("orders:pickups", "shopping-bag", _("To be fetched"), _("Who comes today, what is to be paid")),
            Entry("orders:deliveries", "truck", _("To deliver"), _("By place, with map and phone")),
            Entry("orders:calendar", "calendar-days", _("Calendar of orders"), _("How full each day is, who waits")),
            Entry(
                "conversations:paste",
                "clipboard-document-list",
                _("Order from a message"),
                _("Paste it, Setia reads it"),
            ),
            Entry("supply:batches", "archive-box", _("Batches"), _("Baked when, from what; the code on the box")),
            Entry("catalog:list", "cake", _("Products and prices"), _("Flavours, pack sizes, photos")),
            Entry("money:overview", "banknotes", _("Money"), _("Till, credit, deposits, QRIS")),
            Entry("money:consignments", "building-storefront", _("Consignment"), _("Goods that lie with resellers")),
        ),
    ),
    Group(
        _("Invite"),
        "acquire",
        (
            Entry("catalog:picture", "photo", _("Price list as a picture"), _("For your WhatsApp status")),
            Entry("catalog:page", "globe-alt", _("Public price page"), _("Prices for everybody, orders by link")),
            Entry("promotions:sources", "map-pin", _("Where they come from"), _("New customers, what each one cost")),
            Entry("promotions:friends", "megaphone", _("Word of mouth"), _("Who brought whom, thanks, codes")),
            Entry("promotions:bazaars", "building-storefront", _("Bazaars"), _("Plan, stall page, count, compare")),
            Entry("promotions:samples", "gift", _("Tastes"), _("What was given, what sells")),
            Entry("conversations:entry_links", "qr-code", _("Links and QR codes"), _("For leaflets, boxes, the stall")),
        ),
    ),
    Group(
        _("Care"),
        "enhance",
        (
            Entry("conversations:by_hand", "paper-airplane", _("Send one by one"), _("Messages prepared for WhatsApp")),
            Entry(
                "conversations:auto_replies", "sparkles", _("Automatic messages"), _("Greeting, thank-you, price list")
            ),
            Entry(
                "conversations:templates", "document-check", _("Message templates"), _("Words WhatsApp has approved")
            ),
            Entry("conversations:sending", "banknotes", _("What WhatsApp costs"), _("Rules for offers")),
        ),
    ),
    Group(
        _("Keep"),
        "retain",
        (
            Entry("loyalty:home", "gift", _("Points and stamps"), _("Cards, rewards, tiers")),
            Entry("supply:home", "truck", _("From supplier to box"), _("Materials, checks, costs, dearer flour")),
            Entry("team:week", "users", _("People who serve"), _("Shifts, lessons, thanks, new helpers")),
        ),
    ),
    Group(
        _("Customers and numbers"),
        "",
        (
            Entry("desk:reports", "presentation-chart-line", _("How the shop is doing"), _("Four objectives, goals")),
            Entry("desk:way", "funnel", _("From new to loyal"), _("How far people come; who brings the money")),
            Entry("desk:proof", "beaker", _("Did it work?"), _("What messages bring, honestly")),
            Entry("desk:letters", "envelope-open", _("Letter and month report"), _("Every Monday; to print")),
            Entry("desk:search", "magnifying-glass", _("Search"), _("People, orders, chats")),
            Entry("desk:people_report", "chart-bar", _("Report: customers"), _("New, coming back, worth, places")),
            Entry("segments:list", "user-group", _("Groups of customers"), _("Who buys how, and what to do")),
            Entry("orders:sales", "chart-bar", _("Sales"), _("By day, product, place; against last season")),
            Entry("customers:same", "users", _("Maybe the same person"), _("Who stands in the book twice")),
            Entry("customers:privacy", "shield-check", _("Customers' data"), _("What they ask, what we keep and why")),
            Entry("desk:audit", "clipboard-document-list", _("Who did what"), _("Everything that happened here")),
        ),
    ),
    Group(
        _("The shop"),
        "",
        (
            Entry("customers:import", "arrow-down-tray", _("Bring in from a file"), _("Customers and past purchases")),
            Entry("desk:everything", "arrow-up-tray", _("Everything of my shop"), _("One file to take along")),
            Entry(
                "conversations:exports",
                "chat-bubble-left-right",
                _("Bring in an exported chat"),
                _("From the WhatsApp app on your phone"),
            ),
            Entry("conversations:connecting", "link", _("Connect WhatsApp"), _("A number with its own inbox")),
            Entry("orders:terms", "scale", _("Rules for orders"), _("Deposits, calling off, delivery")),
            Entry("orders:sets", "gift", _("Gift sets"), _("What is in them")),
            Entry("shops:settings", "cog-6-tooth", _("Shop settings"), _("Name, hours, WhatsApp")),
            Entry("shops:members", "users", _("People who work here"), _("Helpers and what they may do")),
            Entry("shops:profile", "user-circle", _("My account"), _("Password, language, devices")),
        ),
    ),
)

ADD: tuple[Entry, ...] = (
    Entry("orders:counter", "banknotes", _("Sale at the counter"), _("Paid and taken at once")),
    Entry("orders:new", "shopping-bag", _("Order"), _("For another day or to be delivered")),
    Entry("conversations:paste", "clipboard-document-list", _("Order from a message"), _("Paste it, Setia reads it")),
    Entry("orders:sample", "gift", _("A taste was given"), _("Of which flavour, to whom")),
    Entry("customers:add", "user-plus", _("Customer"), _("Name, number, who told them")),
)


@cache
def _right(url_name: str) -> Right:
    view = resolve(shop_url("-", url_name).removeprefix("/-"), SHOP_URLCONF).func
    right: Right = view.right  # type: ignore[attr-defined]
    return right


def allowed(entries: Iterable[Entry], role: str) -> list[Entry]:
    """Those that `role` may open."""
    return [entry for entry in entries if may(role, entry.right)]


def groups(role: str) -> list[tuple[Group, list[Entry]]]:
    """The menu of a member; groups with nothing in them are left out."""
    shown = ((group, allowed(group.entries, role)) for group in MENU)
    return [(group, entries) for group, entries in shown if entries]
