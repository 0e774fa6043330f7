"""Words to send, in the customer's language, with the name the customer is called by; and what several sources say."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import translation
from django.utils.translation import get_language

from setia.core import money
from setia.customers import events
from setia.customers.models import Customer
from setia.customers.words import called
from setia.loyalty import events as card_events

# After these the words themselves may be other ones: the name, the language.
SPOKEN_TO = frozenset({events.CHANGED, events.MERGED, events.UNMERGED, events.ERASED, events.RESTRICTED})
# After these a chance may be none any more, or one again.
CHANCES = SPOKEN_TO | {events.ARCHIVED, events.RESTORED}

# After these a card is enough for a reward, or not any more.
CARDS = CHANCES | {
    *(card_events.EARNED, card_events.TAKEN_BACK, card_events.REDEEMED, card_events.GIVEN_BACK),
    *(card_events.LAPSED, card_events.CORRECTED, card_events.SHARED),
}


@contextmanager
def speaking_to(customer: Customer) -> Iterator[str]:
    """Texts inside the block are in the customer's language; yields how to call them (`Bu Ratna`)."""
    with translation.override(customer.language):
        yield called(customer)


def rupiah(amount: int) -> str:
    """An amount as the language of the moment writes it."""
    return money.format_money(amount, locale=get_language() or "id")
