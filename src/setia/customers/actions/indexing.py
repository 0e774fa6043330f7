"""Keeps what customers can be found by equal to what is known of them."""

from collections import defaultdict
from collections.abc import Iterable

from setia.core import search
from setia.customers import rules
from setia.customers.models import Customer, Identity, IdentityKind, Note

KIND = "customer"
NUMBERS = (IdentityKind.PHONE, IdentityKind.WHATSAPP)
WORDS = (IdentityKind.EMAIL, IdentityKind.CARD, IdentityKind.USERNAME)
# Long files of remarks would drown the name they belong to.
NOTES_LENGTH = 2000


def reindex(*, customer_ids: Iterable[int]) -> None:
    """Write the search texts of these customers anew: three reads and one write, however many they are."""
    ids = list(customer_ids)
    numbers: dict[int, set[str]] = defaultdict(set)
    words: dict[int, list[str]] = defaultdict(list)
    notes: dict[int, list[str]] = defaultdict(list)
    # A number somebody gave up still finds them: that is how it is asked for.
    identities = Identity.objects.filter(customer_id__in=ids, kind__in=(*NUMBERS, *WORDS))
    for owner, kind, value in identities.values_list("customer_id", "kind", "value"):
        if kind in NUMBERS:
            numbers[owner].add(value)
        else:
            words[owner].append(value)
    for owner, text in Note.objects.filter(customer_id__in=ids).order_by("-at").values_list("customer_id", "text"):
        notes[owner].append(text)
    rows = Customer.objects.filter(pk__in=ids).values_list(
        "pk", "display_name", "nickname", "district", "landmark", "address"
    )
    search.put(
        KIND,
        (
            (pk, rules.search_text((*texts, *words[pk], " ".join(notes[pk])[:NOTES_LENGTH]), sorted(numbers[pk])))
            for pk, *texts in rows
        ),
    )
