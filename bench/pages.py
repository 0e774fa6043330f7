"""Server time of the customer pages at 100,000 customers: list, search, page, create; p50 and p95 with query counts."""

from bench.common import CUSTOMERS, big_shop, line, measure, set_up, tear_down

BUDGET = 20.0


def main() -> None:
    home = set_up()
    try:
        from django.db import connection
        from django.test import Client
        from django.test.utils import CaptureQueriesContext

        from setia.core.scope import open_shop
        from setia.customers.models import Customer

        shop = big_shop()
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(shop.owner_user, backend="allauth.account.auth_backends.AuthenticationBackend")
        with open_shop(shop):
            ids = list(Customer.objects.order_by("pk").values_list("pk", flat=True))
        base = f"/{shop.slug}/customers/"
        words = ["ratna", "wening 12", "pogalan sri", "handay", "4321", "99", "wati utami", "8123"]

        def get(path: str) -> None:
            answer = client.get(path)
            assert answer.status_code == 200, (path, answer.status_code)

        def create(n: int) -> None:
            answer = client.post(
                f"{base}new/", {"display_name": f"Bu Baru {n}", "phone": f"08990000{n:04d}", "kind": "end"}
            )
            assert answer.status_code == 302, answer.content.decode()[:2000]

        print(f"Server time with {CUSTOMERS:,} customers on SQLite (milliseconds, p50 / p95; queries)")
        for what, action in (
            ("list, latest purchases", lambda n: get(f"{base}?page={n % 5 + 1}")),
            ("search by part of name, phone or place", lambda n: get(f"{base}?q={words[n % len(words)]}")),
            ("customer page", lambda n: get(f"{base}{ids[n * 997 % len(ids)]}/")),
            ("create", create),
        ):
            p50, p95 = measure(action, 120)
            with CaptureQueriesContext(connection) as queries:
                action(500)
            line(what, f"{p50:.1f} / {p95:.1f} ms; {len(queries)}", f"p95 {BUDGET:.0f} ms", p95 <= BUDGET)
    finally:
        tear_down(home)


if __name__ == "__main__":
    main()
