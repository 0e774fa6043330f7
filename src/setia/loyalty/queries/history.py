"""What happened on a card."""

from dataclasses import dataclass
from datetime import date

from setia.loyalty.models import Account, EntryKind, LedgerEntry
from setia.loyalty.queries.cards import counted


@dataclass(frozen=True)
class Movement:
    """One line of a card's history; `amounts` by unit, all of one sign."""

    day: date
    kind: str
    label: str
    amounts: tuple[tuple[str, int], ...]
    who: str
    order_id: int | None

    @property
    def up(self) -> bool:
        """Whether it came onto the card."""
        return any(amount > 0 for _unit, amount in self.amounts)

    @property
    def words(self) -> str:
        """`+12 points, +1 stamp`, `−10 stamps`."""
        said = (f"{'+' if amount > 0 else '−'}{counted(unit, abs(amount))}" for unit, amount in self.amounts)
        return ", ".join(said)


def history(account: Account, limit: int = 40) -> list[Movement]:
    """The latest movements, newest first; what one occasion brought or took, in both units and from several lots, is
    one line."""
    rows = LedgerEntry.objects.filter(account=account).exclude(kind=EntryKind.OFFSET).select_related("customer")
    lines: dict[tuple[object, ...], list[LedgerEntry]] = {}
    for row in rows.order_by("-pk")[: 4 * limit]:
        occasion = row.order_id or row.at.replace(microsecond=0)
        lines.setdefault((occasion, row.day, row.kind, row.redemption_id), []).append(row)
    return [_movement(entries) for entries in list(lines.values())[:limit]]


def _movement(entries: list[LedgerEntry]) -> Movement:
    first = entries[-1]
    label = first.get_kind_display()
    if first.reason:
        label = f"{label}: {first.reason}" if first.kind != EntryKind.REDEEM else first.reason
    sums: dict[str, int] = {}
    for entry in reversed(entries):
        sums[entry.unit] = sums.get(entry.unit, 0) + entry.amount
    return Movement(
        day=first.day,
        kind=first.kind,
        label=label,
        amounts=tuple((unit, amount) for unit, amount in sums.items() if amount),
        who=first.customer.display_name if first.customer else "",
        order_id=first.order_id,
    )
