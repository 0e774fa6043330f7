"""The purchase log: what the models of buying are fitted to."""

from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Aggregate, TextField

from setia.insight.arrays import Numbers
from setia.orders.models import Order

# How many customers' purchases are read at once.
SLICE = 5_000


class _Joined(Aggregate):
    """All days with their amounts of a group in one text, `20261128 45000 20261203 30000`: numbers for NumPy to read.

    A row for each purchase, made into a tuple of Python objects, would take five times as long.
    """

    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **options: Any) -> Any:
        template = "GROUP_CONCAT(REPLACE(%(expressions)s, ' ')"
        return self.as_sql(compiler, connection, template=template, arg_joiner=", '-', '') || ' ' || ", **options)

    def as_postgresql(self, compiler: Any, connection: Any, **options: Any) -> Any:
        template = "STRING_AGG(TO_CHAR(%(expressions)s, ' ')"
        return self.as_sql(compiler, connection, template=template, arg_joiner=", 'YYYYMMDD') || ' ' || ", **options)


def purchase_log() -> tuple[Numbers, Numbers, Numbers]:
    """Completed purchases of known customers: customer ids, day ordinals (the shop's days), amounts.

    Arrays of whole numbers, one entry per customer and day, ordered by both. A million orders take a second and 30 MB.
    """
    rows = (
        Order.objects.filter(customer__isnull=False, completed_on__isnull=False)
        .order_by("customer_id")
        .values("customer_id")
        .annotate(log=_Joined("completed_on", "total"))
        .values_list("customer_id", "log")
    )
    sql, parameters = rows.query.sql_with_params()
    parts = [(np.empty(0, np.int64), np.empty(0, np.int32), np.empty(0, np.int64))]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        while part := cursor.fetchmany(SLICE):
            ids, texts = zip(*part, strict=True)
            # two numbers a purchase: one space less than numbers
            counts = [(text.count(" ") + 1) // 2 for text in texts]
            numbers = np.fromstring(" ".join(texts), np.int64, sep=" ").reshape(-1, 2)
            parts.append(_by_day(np.repeat(np.array(ids, np.int64), counts), _ordinals(numbers[:, 0]), numbers[:, 1]))
    customer, day, amount = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    return customer, day, amount


def _by_day(customer: Numbers, day: Numbers, amount: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """What one customer bought on one day is one purchase. The customers come in order, their days may not."""
    order = np.lexsort((day, customer))
    customer, day = customer[order], day[order]
    fresh = np.ones(len(customer), bool)
    fresh[1:] = (customer[1:] != customer[:-1]) | (day[1:] != day[:-1])
    return customer[fresh], day[fresh], np.add.reduceat(amount[order], np.flatnonzero(fresh))


def _ordinals(written: Numbers) -> Numbers:
    """20261128 as Python counts days (`date.toordinal`: 1 January of year 1 is day 1)."""
    months = written // 10_000 * 12 + written // 100 % 100 - 1
    first = (months - 1970 * 12).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    days: Numbers = (first + written % 100 - 1 + 719_163).astype(np.int32)
    return days
