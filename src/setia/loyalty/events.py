"""What loyalty records."""

from setia.core.events import verb

PROGRAMME_CHANGED = verb("loyalty.programme_changed", "The rules of points and stamps, a reward or a tier changed")
EARNED = verb("loyalty.earned", "Points or stamps came onto a card")
TAKEN_BACK = verb("loyalty.taken_back", "Points or stamps of an order that came to less were taken back")
REDEEMED = verb("loyalty.redeemed", "A reward was taken, or points paid a part of an order")
GIVEN_BACK = verb("loyalty.given_back", "A reward was given back, with its points or stamps")
LAPSED = verb("loyalty.lapsed", "Points or stamps were not used in time")
CORRECTED = verb("loyalty.corrected", "The balance of a card was corrected by hand")
SHARED = verb("loyalty.shared", "Somebody collects on another's card from now on, or on a card of their own again")
TIER_CHANGED = verb("loyalty.tier_changed", "A customer moved up or down a tier")
