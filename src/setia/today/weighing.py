"""Where a prompt stands: duties by their class, chances by what they are expected to bring. Reads, and rules."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.db.models import Avg, Count

from setia.conversations.models import Direction, Message
from setia.core import clock
from setia.core.scope import current_shop
from setia.insight import choice
from setia.segments import queries as segments
from setia.segments.models import Score
from setia.segments.scoring import HORIZON_WEEKS
from setia.today import rules
from setia.today.models import Choosing, Prompt, PromptState

TIRED_DAYS = 30
# Of a shop that knows nothing of its customers yet: all are worth the same, and three in ten order within four weeks.
UNKNOWN_VALUE, UNKNOWN_CHANCE = 100_000, 0.3


@dataclass(frozen=True)
class Weighed:
    """The rank of a prompt, the chance it was made with, the numbers behind it, and whether the lot holds it back."""

    rank: float
    chance: float | None = None
    numbers: dict[str, Any] = field(default_factory=dict)
    held: bool = False


class Scales:
    """What weighing needs, each asked of the database once and only when a chance is weighed."""

    @cached_property
    def choosing(self) -> Choosing | None:
        """The shop's row; None before its first night: then nothing is held back."""
        return Choosing.objects.first()

    @cached_property
    def kinds(self) -> dict[str, choice.Learned]:
        """What was learned of each kind."""
        return read_kinds(self.choosing)

    @cached_property
    def usual_value(self) -> float:
        """What a customer of the shop is worth on average, in money of a year."""
        kept = (self.choosing.learned if self.choosing else {}).get("value")
        return float(kept or usual_value())

    def written(self, customer_ids: set[int]) -> Counter[int]:
        """How often the shop itself wrote to each in the last 30 days: prompts that were sent, and offers."""
        since = clock.now() - timedelta(days=TIRED_DAYS)
        prompts = Prompt.objects.filter(acted_at__gte=since, state=PromptState.SENT)
        offers = Message.objects.filter(direction=Direction.OUT, purpose="promotion", at__gte=since)
        many: Counter[int] = Counter()
        for rows in (prompts, offers):
            if len(customer_ids) <= rules.SHOWN:
                rows = rows.filter(customer_id__in=customer_ids)
            many.update(dict(rows.order_by().values_list("customer_id").annotate(n=Count("pk"))))
        return many

    @cached_property
    def all_written(self) -> Counter[int]:
        """The same of everybody, for a whole night."""
        return self.written(set(range(rules.SHOWN + 1)))

    def weigh(self, found: dict[str, tuple[str, rules.Candidate]]) -> dict[str, Weighed]:
        """The place of everything found, by key."""
        chances = {item.customer_id for kind, item in found.values() if kind not in rules.DUTY and item.customer_id}
        scores = segments.scores_of(chances) if chances else {}
        few = len(chances) <= rules.SHOWN
        written = (self.written(chances) if few else self.all_written) if chances else Counter()
        return {
            key: self._chance(kind, item, scores.get(item.customer_id or 0), written[item.customer_id or 0])
            if kind not in rules.DUTY
            else Weighed(rules.rank(kind, item.weight))
            for key, (kind, item) in found.items()
        }

    def _chance(self, kind: str, item: rules.Candidate, score: Score | None, written: int) -> Weighed:
        known = score is not None and score.value is not None and score.chance is not None
        value = float(score.value) if known and score else self.usual_value
        chance = choice.within(score.chance if known and score else UNKNOWN_CHANCE, of_days=int(7 * HORIZON_WEEKS))
        learned = self.kinds.get(kind, choice.Learned(rules.won(kind)))
        asked = bool(item.draft) or item.customer_id is None
        worth = choice.worth(
            value=value, chance=chance, learned=learned, asked=asked, timing=item.weight, written=written
        )
        numbers = {
            "value": round(value),
            "low": score.value_low if known and score else None,
            "high": score.value_high if known and score else None,
            "change": round(worth.change, 4),
            "judged": learned.judged,
            "written": written,
            "tired": round(worth.tired),
            "asked": asked,
            "gain": round(worth.gain),
        }
        rank = choice.place(worth.gain, self.usual_value * choice.WON)
        return Weighed(rank, round(chance, 4), numbers, self._held(kind, item))

    def _held(self, kind: str, item: rules.Candidate) -> bool:
        row = self.choosing
        if row is None or not item.customer_id or not rules.may_be_held(kind):
            return False
        if row.learned.get("people", 0) < rules.ENOUGH_PEOPLE:
            return False
        day = current_shop().today().toordinal()
        return choice.held_back(row.seed, item.customer_id, day, row.held_percent / 100)


def read_kinds(row: Choosing | None) -> dict[str, choice.Learned]:
    """What is kept of each kind."""
    return {kind: choice.Learned(*numbers) for kind, numbers in (row.learned if row else {}).get("kinds", {}).items()}


def usual_value() -> float:
    """The mean over the customers of whom a value is known."""
    return known_values()[0]


def known_values() -> tuple[float, int]:
    """The mean over the customers of whom a value is known, and how many these are."""
    found = Score.objects.filter(value__isnull=False).aggregate(mean=Avg("value"), n=Count("pk"))
    return max(1.0, float(found["mean"] or UNKNOWN_VALUE)), int(found["n"])
