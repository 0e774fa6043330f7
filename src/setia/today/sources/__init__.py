"""One file per kind of prompt. A source knows when somebody is worth a word, why, and which words.

A source is a module with
    KIND, PHASE          its name and the phase of the work it belongs to
    LABEL                the tag on its card (lazy text)
    WAKES                verbs after which its prompts for that customer are looked at again at once
    find(day, customer_id=None) -> Iterable[Candidate]    who, on the shop's `day`; one customer, or all
    reason(facts, customer) -> str                        the sentence, in the reader's language

A source that finds what has no customer's name besides has `title(facts)` and `link(facts)`: what stands in the place
of the name, and the page where it is settled (a name in the URL map and an id).

Duties (somebody waits, was promised something, owes something) stay when a customer is put away; chances do not.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol

from setia.today.rules import Candidate
from setia.today.sources import (
    alarm,
    balance,
    bazaar,
    bored,
    campaign,
    card_lapsing,
    card_ready,
    chat,
    complaint,
    credit,
    first_purchase,
    invite,
    launch,
    number,
    occasion,
    privacy,
    promise,
    rhythm,
    season,
    staff,
    supplier,
    survey,
    tasted,
    thanks,
    tier_up,
    told_friend,
    waiting,
)


class Source(Protocol):
    KIND: str
    PHASE: str
    LABEL: Any
    WAKES: frozenset[str]

    def find(self, day: date, customer_id: int | None = None) -> Iterable[Candidate]: ...

    def reason(self, facts: dict[str, Any], customer: Any) -> str: ...


SOURCES: dict[str, Any] = {
    module.KIND: module
    for module in (
        alarm,
        chat,
        complaint,
        promise,
        privacy,
        balance,
        credit,
        waiting,
        first_purchase,
        number,
        occasion,
        season,
        rhythm,
        bored,
        card_lapsing,
        card_ready,
        tier_up,
        told_friend,
        bazaar,
        tasted,
        invite,
        thanks,
        survey,
        supplier,
        staff,
        launch,
        campaign,
    )
}
# Kinds that only those see who manage the shop: what people owe, what materials cost and how helpers do is nothing for
# helpers or a shared screen.
PRIVATE = frozenset({credit.KIND, supplier.KIND, staff.KIND, campaign.KIND})
# Kinds that also find what no customer's name is on (`rules.NOBODY`).
NAMELESS = frozenset(module.KIND for module in (promise, privacy, supplier, staff, campaign, launch, complaint, alarm))
# Of those, the ones with a title and a page of their own.
TITLES: dict[str, Any] = {kind: source for kind, source in SOURCES.items() if hasattr(source, "title")}
