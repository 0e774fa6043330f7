"""The honest announcement of a new price, in the shop's words."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setia.core import money
from setia.core.scope import current_shop
from setia.supply.models import PriceReview


def announcement(review: PriceReview) -> str:
    """What regular customers read first: which material became dearer, from when, what it costs then. In the language
    of the moment; `{nama}` stands for the name."""
    lines = [
        f"- {row.variant.label}: {money.format_money(row.before)} → {money.format_money(row.after)}"
        for row in review.prices.select_related("variant__product").order_by("variant__position")
    ]
    text = _(
        "{nama}, we want you to hear it from us first: %(material)s became %(rise)d%% dearer. To keep the taste as it "
        "is, these prices change from %(day)s:\n%(prices)s\nUntil then everything costs what it costs today. Thank you "
        "for staying with %(shop)s."
    )
    return text % {
        "material": review.material.name.lower(),
        "rise": round(100 * review.rise),
        "day": date_format(review.effective_on or current_shop().today(), "j F"),
        "prices": "\n".join(lines),
        "shop": current_shop().name,
    }
