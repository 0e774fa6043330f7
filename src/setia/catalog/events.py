"""What the catalogue records."""

from setia.core.events import verb

PRODUCT_ADDED = verb("product.added", "A product was added")
PRODUCT_CHANGED = verb("product.changed", "A product or one of its variants changed")
PRODUCT_RETIRED = verb("product.retired", "A product or variant is no longer sold, or is sold again")
PRICE_SET = verb("price.set", "A variant has a new price from a day on")
