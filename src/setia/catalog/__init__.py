"""What the shop sells, and for how much to whom.

Owns: Product, Variant, PriceList, Price. Records: product.*, price.*. Knows: core, web, shops.
"""
