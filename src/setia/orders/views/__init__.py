"""Pages of orders: the list, one order, taking one, the counter, the kitchen."""
