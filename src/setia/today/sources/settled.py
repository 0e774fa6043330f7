"""What somebody acted on already: it must not take the place of others where a source stops at so many."""

from setia.today.models import ACTED, Prompt


def settled(kind: str) -> frozenset[str]:
    """Keys of the prompts of a kind that were sent, done or skipped."""
    acted = Prompt.objects.filter(kind=kind, state__in=ACTED, acted_at__isnull=False)
    return frozenset(acted.values_list("key", flat=True))
