"""What happens between supplier and box."""

from setia.core.events import verb

SUPPLIER_CHANGED = verb("supplier.changed", "A supplier or a material was written down, changed or put away")
PRICE_NOTED = verb("material.price_noted", "A line was written into the price diary")
LOT_RECEIVED = verb("lot.received", "A delivery of a material came in")
INSPECTED = verb("quality.inspected", "A lot or a batch was looked at, with a verdict")
RECIPE_CHANGED = verb("recipe.changed", "A recipe, what it costs, or a standard changed")
BATCH_BAKED = verb("batch.baked", "A batch was baked")
BATCH_RECALLED = verb("batch.recalled", "A batch is called back, or the call was taken back")
REVIEW_OPENED = verb("price_review.opened", "Products fell below the wanted margin because a material became dearer")
REVIEW_DECIDED = verb("price_review.decided", "The owner decided what to do about a dearer material")
REVIEW_ANNOUNCED = verb("price_review.announced", "Regular customers were told about a new price")
