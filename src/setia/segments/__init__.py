"""DIFFERENTIATE: scores from `insight`, one row per customer, renewed every night.

Owns: Score, ShopFit. Records: score.*. Knows: everything below and insight.
"""
