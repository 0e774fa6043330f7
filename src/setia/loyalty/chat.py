"""What customers are told about their card: in the thank-you, and when they ask in the chat."""

import re
from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.conversations import texts
from setia.conversations.models import Trigger
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.loyalty import queries
from setia.shops import public

_ASKED: Final = frozenset(
    "poin point points stempel stamp stamps cap capnya poinku poinnya stempelku stempelnya".split()
)
_AROUND: Final = frozenset(
    "saya aku ku kula saldo cek lihat liat tanya nanya berapa brp piro pinten jumlah total kartu sisa sekarang skrg "
    "saiki my card how many do i have check balance please bu ibu pak bapak mbak mba mas kak kakak min admin ya yaa "
    "dong donk nggih njih mau bisa boleh tolong sampai sudah udah ada punya punyaku hadiah halo hai hallo hello "
    "assalamualaikum permisi maaf selamat pagi siang sore malam the of".split()
)


def asks_for_balance(text: str) -> bool:
    """Whether the whole message asks for points or stamps and nothing else: one word too many and a person answers."""
    words = re.sub(r"[^\w' ]+", " ", text.lower()).split()
    if not words or len(words) > 8:
        return False
    return any(word in _ASKED for word in words) and all(word in _ASKED or word in _AROUND for word in words)


def thanks_line(customer: Customer) -> str:
    """The sentence of a thank-you that tells the balance; empty where there is none to tell."""
    rules, account = queries.programme(), queries.account_of(customer.pk)
    if not rules.is_on or account is None or not any(getattr(account, unit) > 0 for unit in rules.units):
        return ""
    said = _("On your card: %(balance)s.") % {"balance": queries.balance_words(account, rules)}
    return f"{said} {_next(customer)}".strip()


def _next(customer: Customer) -> str:
    """What comes next: a reward that can be had, or how far the nearest is."""
    reaches = queries.reaches(queries.account_of(customer.pk), customer.pk)
    if not reaches:
        return ""
    ready = [reach for reach in reaches if not reach.missing]
    if ready:
        return _("You can have: %(reward)s.") % {"reward": ready[-1].reward.name}
    nearest = reaches[0]
    return _("%(missing)s more for: %(reward)s.") % {
        "missing": nearest.missing_words,
        "reward": nearest.reward.name,
    }


def balance_answer(customer: Customer) -> str:
    """The automatic answer to «poin saya», in the customer's language."""
    with translation.override(customer.language):
        rules, account = queries.programme(), queries.account_of(customer.pk)
        said = _("Your card at %(shop)s: %(balance)s.") % {
            "shop": current_shop().name,
            "balance": queries.balance_words(account, rules),
        }
        lines = [f"{said} {_next(customer)}".strip()]
        if account is not None:
            soon = queries.lapsing(current_shop().today(), rules.warn_days, customer_id=customer.pk)
            lines += [
                _("%(amount)s lapse after %(day)s.") % {"amount": one.words, "day": date_format(one.on, "j F")}
                for one in soon[:1]
            ]
            lines.append(card_link(customer))
        return "\n\n".join(line for line in lines if line)


def card_link(customer: Customer) -> str:
    """The address of the customer's own page."""
    return f"{settings.BASE_URL}{public.link('loyalty_public:card', queries.LINK, customer.pk)}"


BALANCE: Final = texts.Extra(
    name="points",
    triggers=(Trigger.THANKS_FIRST, Trigger.THANKS),
    meaning=gettext_lazy("what is on the customer's card (empty without one)"),
    example=gettext_lazy("On your card: 7 stamps. 3 stamps more for: a free box."),
    value=thanks_line,
)
