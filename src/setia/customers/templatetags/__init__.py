"""Template tags of customers."""
