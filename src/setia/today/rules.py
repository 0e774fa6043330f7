"""Pure decisions of Today: what comes first, and which few are shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from setia.insight import choice

# So many prompts a day until the shop's own days say more or less: a list would be no answer.
SHOWN = choice.USUAL
# Of so many places one is kept for a chance, on days full of duties.
FREE = 3

# Duties come before chances, whatever they are worth: somebody waits or was promised something.
# Somebody may be ill: nothing comes before that.
DUTY = {
    "alarm": 5.0,
    "chat": 4.0,
    "complaint": 3.5,
    "promise": 3.0,
    "privacy": 3.0,
    "balance": 2.0,
    "credit": 1.5,
    "waiting": 1.0,
}

# Kept promises and thanks: not held back by lot, however little they bring.
COURTESIES = {"number", "thanks", "tier_up", "card_ready", "card_lapsing", "survey", "supplier", "staff"}

# With fewer customers of whom something is known, nothing could be measured: nobody is held back.
ENOUGH_PEOPLE = 100

# Which share of those who would not come by themselves a word brings, where more is known than of prompts in general.
# Lateness alone is weak evidence (most of the late come back anyway); an occasion or a first visit is a reason to buy.
WON = {"rhythm": 0.05, "season": 0.10, "occasion": 0.10, "first_purchase": 0.08}

PHASES = ("retain", "enhance", "acquire")

# Instead of a customer's id: what has no customer, as an order without a name.
NOBODY = 0


@dataclass(frozen=True)
class Candidate:
    """A reason to act that a source found.

    `key` identifies the occasion to act (asking twice is one prompt); `facts` are the plain values its sentence speaks
    of; `weight` in 0…1 says how much acting matters among prompts of the kind. `begins` False: too late to bring it up,
    but whoever put it off gets it back.
    """

    key: str
    customer_id: int | None
    facts: dict[str, object]
    draft: str = ""
    weight: float = 0.5
    show_from_days: int = 0
    lasts_days: int = 14
    begins: bool = True


@dataclass(frozen=True)
class Ranked:
    """What `choose` needs to know of an open prompt."""

    id: int
    customer_id: int | None
    phase: str
    kind: str
    rank: float


def rank(kind: str, weight: float) -> float:
    """The place of a prompt: duties by their class, the rest by weight; within a class the weightier first. 0…6."""
    if not 0 <= weight <= 1:
        raise ValueError(f"A weight lies between 0 and 1, not at {weight}.")
    return DUTY.get(kind, 0.0) + weight


def won(kind: str) -> float:
    """The share a word of the kind wins over, before the shop's own days spoke."""
    return WON.get(kind, choice.WON)


def may_be_held(kind: str) -> bool:
    """Whether the lot may hold back prompts of the kind: never what somebody waits for or was promised."""
    return kind not in DUTY and kind not in COURTESIES


def choose(prompts: Iterable[Ranked], *, limit: int = SHOWN) -> list[int]:
    """The ids to show, best first: never a person twice, duties first, the rest taken in turn from the three phases.

    However many duties there are, one place in `FREE` is kept for chances: a shop that only keeps promises finds
    nobody new. Turns keep one busy source (a hundred people who usually order by now) from hiding the only new
    customer.
    """
    duties: list[Ranked] = []
    chances: dict[str, list[Ranked]] = {phase: [] for phase in PHASES}
    for prompt in sorted(prompts, key=lambda prompt: (-prompt.rank, prompt.id)):
        if prompt.kind in DUTY:
            duties.append(prompt)
        else:
            chances[prompt.phase].append(prompt)
    seen: set[int] = set()
    first = _of_different_people(duties, seen)
    then = _of_different_people(_in_turn([chances[phase] for phase in PHASES]), seen)
    kept = min(len(then), max(limit - len(first), limit // FREE))
    return [*first[: limit - kept], *then[:kept]]


def _of_different_people(prompts: Iterable[Ranked], seen: set[int]) -> list[int]:
    """The ids of the first prompt of everybody who was not seen before, and of those without a name."""
    found = []
    for prompt in prompts:
        if prompt.customer_id is None or prompt.customer_id not in seen:
            found.append(prompt.id)
            if prompt.customer_id is not None:
                seen.add(prompt.customer_id)
    return found


def _in_turn(queues: Sequence[list[Ranked]]) -> list[Ranked]:
    longest = max((len(queue) for queue in queues), default=0)
    return [queue[turn] for turn in range(longest) for queue in queues if turn < len(queue)]
