"""What a new customer cost, and whether it came back."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Yield:
    """One line of the report. Money in whole rupiah; `new`: bought for the first time, `again`: on a second day too."""

    new: int = 0
    again: int = 0
    sales: int = 0
    margin: int = 0
    cost: int = 0

    def __add__(self, other: "Yield") -> "Yield":
        return Yield(
            self.new + other.new,
            self.again + other.again,
            self.sales + other.sales,
            self.margin + other.margin,
            self.cost + other.cost,
        )

    @property
    def per_new(self) -> int | None:
        """Cost of one new customer, rounded to whole rupiah; None without one."""
        return _share(self.cost, self.new)

    @property
    def per_again(self) -> int | None:
        """Cost of one customer who bought a second time; None without one."""
        return _share(self.cost, self.again)

    @property
    def pay_back(self) -> int | None:
        """Margin of their purchases so far in percent of the cost: 100 is even. None where nothing was spent."""
        return _share(100 * self.margin, self.cost)


def _share(amount: int, among: int) -> int | None:
    return (2 * amount + among) // (2 * among) if among else None


def margin(sales: int, percent: int) -> int:
    """What is left of sales after ingredients, by a share in percent."""
    return (sales * percent + 50) // 100


def time_costs(minutes: int, hour_costs: int) -> int:
    """Own time in rupiah."""
    return (minutes * hour_costs + 30) // 60
