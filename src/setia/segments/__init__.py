"""DIFFERENTIATE: scores from `insight`, one row per customer, renewed every night.

Owns: Score, ShopFit, SharedPrior, SeasonBuyer, Traits, Bought, Segment, SegmentMember. Records: score.*, segment.*,
people.*. Knows: everything below and insight.
"""
