"""What the catalogue records."""

from setia.core.events import verb

PRODUCT_ADDED = verb("product.added", "A product was added")
PRODUCT_CHANGED = verb("product.changed", "A product or one of its variants changed")
PRODUCT_RETIRED = verb("product.retired", "A product or variant is no longer sold, or is sold again")
PRICE_SET = verb("price.set", "A variant has a new price from a day on")
PRICE_WITHDRAWN = verb("price.withdrawn", "A price that was to begin on a later day was taken back")
PAGE_CHANGED = verb("catalogue.changed", "The public price page was opened, closed or changed")
