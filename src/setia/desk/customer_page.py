"""Everything a customer's page shows."""

from typing import Any

from setia.care import queries as care
from setia.conversations import queries as conversations
from setia.customers import about, points
from setia.customers import queries as customers
from setia.customers.merging import queries as same
from setia.customers.models import Customer
from setia.desk import timeline
from setia.loyalty import queries as loyalty
from setia.orders import queries as orders
from setia.promotions.queries import spread
from setia.segments import queries as segments
from setia.segments.names import group_name
from setia.segments.words import outlook_sentences, rhythm_sentences, season_sentences
from setia.shops.models import Member, Shop
from setia.shops.rules import Right, may
from setia.today import queries as today
from setia.web.charts import rhythm_strip


def context(customer: Customer, shop: Shop, member: Member) -> dict[str, Any]:
    """Everything the template names."""
    score, summary = segments.score_of(customer.pk), orders.summary_of(customer.pk)
    days = orders.purchase_days(customer.pk, limit=14)
    gaps = (score.gap_low, score.gap_high) if score else (None, None)
    fit = segments.shop_fit()
    comeback = segments.comebacks(fit).rate(score.lateness) if score else None
    identities = customers.identities_of(customer.pk)
    reachable = any(identity.kind in today.REACHED_BY for identity in identities)
    again = bool(score and summary and summary.last_on > score.last_on)
    return {
        "customer": customer,
        "phone": customers.number_among(identities),
        "identities": identities,
        "consents": customers.consents(customer.pk),
        "occasions": customers.occasions_of(customer.pk),
        "notes": customers.notes_of(customer.pk),
        "about": about.shown(customer),
        "same_pairs": same.pairs_of(customer.pk) if member.manages else [],
        "map_link": points.link(customer.latitude, customer.longitude) if customer.latitude is not None else "",
        "brought": customers.brought_by(customer.pk),
        "spread": spread.on_page(customer.pk),
        "summary": summary,
        "favourites": orders.favourites(customer.pk),
        "open_orders": orders.open_of_customer(customer.pk),
        "conversation": conversations.of_customer(customer.pk),
        "cards": today.open_of(customer.pk, reachable=reachable, private=member.manages),
        "strip": rhythm_strip(days, shop.today(), *gaps) if len(days) > 1 else None,
        "sentences": rhythm_sentences(score, shop.today(), comeback, again=again),
        "outlook": [*outlook_sentences(score, fit), *season_sentences(segments.seasons_of(customer.pk))],
        "group": group_name(score.group if score else None),
        "group_code": score.group if score else 0,
        "timeline": timeline.of_customer(customer.pk),
        "care": care.of_person(customer.pk),
        "loyalty": loyalty.card_of(customer.pk, shop.today()),
        "may_sell": may(member.role, Right.SELL),
        "may_write": may(member.role, Right.CHAT),
    }
