"""Orders from the first word to the paid box.

Owns: Order, Line, Adjustment, Payment, PurchaseSummary, Counter. Records: order.*, payment.*.
Knows: core, web, shops, customers, catalog.
"""
