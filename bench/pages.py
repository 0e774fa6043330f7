"""Server time of the customer pages at 100,000 customers: list, search, groups, page, create; and numbers of queries.

The requests go through everything but the socket (middleware, door, queries, template) on a SQLite file that holds
another shop of 1,000 customers as well; the numbers of queries must be the same in both. Medians of open-source peers
for the same work at the same size: list 220-520 ms, search 97-790, person 118-280, create 25-40.
"""

import time
from collections.abc import Callable
from typing import Any

from bench import big
from bench.common import CUSTOMERS, home, line, measure
from bench.phone import Phone

BUDGET_MS = 20.0
SMALL = 1_000
TIMES = 150
# Rare and common ones, beginnings and middles; "08" and "bu" are nearly everybody's, "xq" nobody's.
WORDS = (
    "ratna", "wening 12", "pogalan sri", "handay", "4321", "99", "wati utami", "08", "bu", "b", "xq", "0812", "8123",
)  # fmt: skip


# Rules of groups as the builder writes them into the address; the first is the one the product's texts speak of.
RULES = (
    "k0=bought&k0-what=f:Keju&k0-days=90&k1=town&k1-where=out&k2=consent&k2-purpose=promotion&k2-state=given",
    "k0=town&k0-where=out&k1=consent&k1-purpose=promotion&k1-state=given",
    "k0=purchases&k0-least=3&k1=away&k1-least=60&k1-most=200",
    "k0=group&k0-groups=3&k0-groups=4&k1=chance&k1-level=likely&k1-or=1&k2=reachable",
    "k0=late&k1=value&k1-fifths=5",
    "k0=day&k0-which=birthday&k0-days=14&k1=consent&k1-purpose=occasion&k1-state=given",
    "k0=bought&k0-what=f:Cokelat&k0-days=30&k0-not=1&k1=place&k1-districts=Pogalan&k1-districts=Durenan",
    "k0=season&k0-season=lebaran&k1=kind&k1-kinds=end",
)


def main() -> None:
    with home():
        from setia import recurring
        from setia.core.scope import open_shop
        from setia.segments import actions

        for customers in (SMALL, CUSTOMERS):
            with open_shop(big.shop(customers)):
                actions.renew_scores()
                actions.renew_profiles()
        recurring.learn_sizes()
        print(f"Server time on SQLite with {CUSTOMERS:,} customers in the shop (and {SMALL:,} in the one beside it)")
        small, large = _queries(big.shop(SMALL)), _queries(big.shop(CUSTOMERS))
        for what, action in _actions(big.shop(CUSTOMERS)):
            times = measure(action, TIMES)
            line(what, str(times), f"p95 {BUDGET_MS:.0f} ms", times.p95 <= BUDGET_MS)
        for what in small:
            line(f"queries: {what}", f"{small[what]} and {large[what]}", "the same", small[what] == large[what])


def _actions(shop: Any) -> list[tuple[str, Callable[[int], None]]]:
    from django.http import QueryDict

    from setia.core.scope import open_shop
    from setia.customers.models import Customer
    from setia.segments import building, queries
    from setia.segments.conditions import Choices

    phone, base = Phone(big.owner(shop)), f"/{shop.slug}/customers/"
    groups = f"/{shop.slug}/groups/"
    with open_shop(shop):
        ids = list(Customer.objects.order_by("pk").values_list("pk", flat=True))
        choices = Choices.of_shop()

    def get(path: str) -> None:
        status, _body = phone.get(path.replace(" ", "%20"))
        assert status == 200, (path, status)

    def count(query: str) -> None:
        rule = building.draft(QueryDict(query), choices).rule
        assert len(rule.conditions) > 1, query
        with open_shop(shop):
            queries.count(rule)

    def create(n: int) -> None:
        number = f"0899{time.time_ns() // 1000 % 10**8:08d}"
        person = {"display_name": f"Bu Baru {n}", "phone": number, "kind": "end", "language": "id"}
        status, body = phone.post(f"{base}new/", person)
        assert status == 302, body.decode()[:2000]

    return [
        ("list, who bought last", lambda n: get(f"{base}?page={n % 30 + 1}")),
        ("list, newest, resellers, put away", lambda n: get(f"{base}?show={('new', 'reseller', 'archived')[n % 3]}")),
        ("search by part of a name, phone or place", lambda n: get(f"{base}?q={WORDS[n % len(WORDS)]}")),
        ("search everywhere, as one types", lambda n: get(f"/{shop.slug}/search/?q={WORDS[n % len(WORDS)]}")),
        ("groups: counting a rule, database alone", lambda n: count(RULES[n % len(RULES)])),
        (
            "groups: the page that counts as one edits",
            lambda n: get(f"{groups}rule/?{RULES[n % len(RULES)]}"),
        ),
        ("groups: a page of the people", lambda n: get(f"{groups}people/?{RULES[n % len(RULES)]}")),
        ("customer page", lambda n: get(f"{base}{ids[n * 997 % len(ids)]}/")),
        ("create", create),
    ]


def _queries(shop: Any) -> dict[str, int]:
    """The most queries each page asked of the database."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    most: dict[str, int] = {}
    for what, action in _actions(shop):
        for n in range(len(WORDS)):
            with CaptureQueriesContext(connection) as queries:
                action(10_000 + n)
            most[what] = max(most.get(what, 0), len(queries))
    return most


if __name__ == "__main__":
    main()
