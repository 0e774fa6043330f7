"""What roles, levels and places are called, in plain words."""

from zoneinfo import available_timezones

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext_lazy

from setia.shops.models import Role, WhatsAppLevel
from setia.shops.rules import Stretch
from setia.web.widgets import Described

ROLES = {
    Role.OWNER: gettext_lazy("Everything, also letting others in."),
    Role.MANAGER: gettext_lazy("Everything but letting others in: prices, hours and settings too."),
    Role.CASHIER: gettext_lazy("Sell, take orders and write down customers."),
    Role.CHAT: gettext_lazy("Answer chats, sell and take orders."),
    Role.VIEWER: gettext_lazy("Look on, change nothing."),
}

LEVELS = {
    WhatsAppLevel.APP: gettext_lazy(
        "Setia prepares the words and opens WhatsApp on your phone; you press send. Free, nothing to set up."
    ),
    WhatsAppLevel.INBOX: gettext_lazy(
        "Chats arrive in Setia and answers go out from here. It needs a number connected to WhatsApp's service for"
        " businesses (Cloud API)."
    ),
    WhatsAppLevel.CAMPAIGNS: gettext_lazy(
        "As before, and messages to many people at once with texts that WhatsApp has approved. WhatsApp charges for"
        " these; the price is shown before anything is sent."
    ),
}

INDONESIA = {
    "Asia/Jakarta": gettext_lazy("WIB: Java, Sumatra, west Kalimantan"),
    "Asia/Makassar": gettext_lazy("WITA: Bali, Sulawesi, Nusa Tenggara, east Kalimantan"),
    "Asia/Jayapura": gettext_lazy("WIT: Maluku, Papua"),
}
_AREAS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
_ALSO_INDONESIA = {"Asia/Pontianak", "Asia/Ujung_Pandang"}

CURRENCIES = ("IDR", "MYR", "SGD", "BND", "PHP", "THB", "VND", "INR", "AUD", "USD", "EUR")


def role_choices() -> list[tuple[str, Described]]:
    """Roles to choose from, each with what it may do."""
    return [(role.value, Described(role.label, ROLES[role])) for role in Role]


def level_choices() -> list[tuple[int, Described]]:
    """Ways of using WhatsApp to choose from, each with what it means."""
    return [(level.value, Described(level.label, LEVELS[level])) for level in WhatsAppLevel]


def zones_elsewhere() -> list[tuple[str, str]]:
    """Every time zone that has the name of a place outside Indonesia."""
    known = {*INDONESIA, *_ALSO_INDONESIA}
    zones = sorted(zone for zone in available_timezones() if zone.partition("/")[0] in _AREAS and zone not in known)
    return [(zone, zone_name(zone)) for zone in zones]


def zone_name(zone: str) -> str:
    """`Asia/Jakarta` -> `WIB: Java, …`; a place elsewhere by its name."""
    return str(INDONESIA.get(zone, zone.replace("_", " ")))


def days_of(stretch: Stretch) -> str:
    """`Monday`, or `Mon – Sat`."""
    if stretch.first == stretch.last:
        return str(WEEKDAYS[stretch.first])
    return f"{WEEKDAYS_ABBR[stretch.first]} – {WEEKDAYS_ABBR[stretch.last]}"
