"""The shop's QRIS code with the amount of an order, and its accounts to be written to customers."""
