"""Who brought whom, as a forest; when telling a friend is thanked; how far word of mouth reaches."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

# Who bought long before anybody said who told them is no new customer any more.
TOLD_WITHIN: Final = timedelta(days=30)
# Fewer people than this, and a factor says nothing.
ENOUGH: Final = 20


def due(*, told: bool, first_on: date | None, today: date, thanked_before: bool) -> bool:
    """Whether the one who told is to be thanked now: the friend bought, and lately for the first time.

    `told`: somebody is written down who told them. Once thanked it stays so for as long as a purchase stands.
    """
    if not told or first_on is None:
        return False
    return thanked_before or first_on >= today - TOLD_WITHIN


@dataclass
class Branch:
    """A person with everybody below. `people` and `value` count what hangs below, not the person."""

    key: int
    value: int = 0
    people: int = 0
    children: list["Branch"] = field(default_factory=list)


def forest(told_by: Mapping[int, int], spent: Mapping[int, int]) -> list[Branch]:
    """The trees of who brought whom, the most valuable first.

    `told_by`: who told each person; `spent`: what each bought for. What goes in a circle (it cannot, the actions
    refuse it) is left out rather than walked for ever.
    """
    below: dict[int, list[int]] = {}
    for person, teller in told_by.items():
        below.setdefault(teller, []).append(person)
    return _largest(_grow(root, below, spent) for root in below if root not in told_by)


def _grow(root: int, below: Mapping[int, list[int]], spent: Mapping[int, int]) -> Branch:
    """One tree, without recursion: a chain of friends may be long."""
    tree = Branch(root)
    order, stack = [], [tree]
    while stack:
        branch = stack.pop()
        order.append(branch)
        branch.children = [Branch(key) for key in below.get(branch.key, ())]
        stack.extend(branch.children)
    for branch in reversed(order):
        branch.people = sum(1 + child.people for child in branch.children)
        branch.value = sum(spent.get(child.key, 0) + child.value for child in branch.children)
        branch.children = _largest(branch.children)
    return tree


def _largest(branches: Iterable[Branch]) -> list[Branch]:
    return sorted(branches, key=lambda branch: (-branch.value, -branch.people, branch.key))


@dataclass(frozen=True)
class Reach:
    """Word of mouth over some months: asked to tell, came because of a friend, bought, bought again; all buyers."""

    asked: int
    came: int
    bought: int
    again: int
    buyers: int

    @property
    def factor(self) -> float | None:
        """New buyers that one buyer brings (K); None under 20 buyers, where it would be chance."""
        return self.bought / self.buyers if self.buyers >= ENOUGH else None

    @property
    def per_hundred(self) -> int | None:
        """The same for a hundred buyers, rounded."""
        return None if self.factor is None else round(100 * self.factor)
