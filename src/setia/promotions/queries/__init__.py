"""Reads of promotions, for pages and for other areas, one file per noun."""
