"""Pages of promotions, one file per noun."""
