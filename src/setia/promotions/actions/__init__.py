"""The only writer of the tables of promotions, one file per noun."""
