"""Pure decisions of promotions: no ORM, no clock, no settings. One file per noun."""
