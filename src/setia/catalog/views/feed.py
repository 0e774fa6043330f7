"""What WhatsApp's catalogue reads: today's items at everyone's price, with Meta's column names."""

import csv

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from setia.catalog import queries, words
from setia.core.money import minor_digits
from setia.shops.public import PublicRequest, door
from setia.web.links import site_url

COLUMNS = (
    *("id", "title", "description", "availability", "condition", "price", "link", "image_link", "brand"),
    "item_group_id",
)


@require_safe
@door("catalogue_feed")
def feed(request: PublicRequest, token: str) -> HttpResponse:
    """The feed. What is not sold any more is not in it; links and pictures lead to the public page while it is open."""
    shop, page = request.shop, queries.page_token()
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="catalogue.csv"'
    table = csv.writer(response)
    table.writerow(COLUMNS)
    for shelf in queries.public_products(shop.today()):
        description = shelf.product.description or shelf.product.name
        if inside := words.allergens(shelf.product.allergen_names):
            description += f" ({inside})"
        for offer in shelf.offers:
            title = f"{offer.product} {offer.label}" if offer.flavour else offer.label
            link = picture = ""
            if page:
                link = request.build_absolute_uri(site_url("public_catalog:page", page)) + f"#b{offer.variant_id}"
                picture = request.build_absolute_uri(site_url("public_catalog:card", page, offer.variant_id))
            price = f"{offer.price / 10 ** minor_digits(shop.currency):.2f} {shop.currency}"
            table.writerow(
                (offer.sku, title, description, "in stock", "new", price, link, picture, shop.name, offer.product_id)
            )
    return response
