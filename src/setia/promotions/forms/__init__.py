"""What is typed on the pages of promotions, one file per noun."""
