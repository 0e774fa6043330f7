"""Pages of orders: the list, one order, the counter, the kitchen."""
