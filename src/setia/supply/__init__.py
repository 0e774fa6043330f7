"""JAGA: quality from supplier to box, and what to do when material prices rise.

Owns suppliers, materials and their prices, recipes, standards, inspections, batches and price reviews.
"""
