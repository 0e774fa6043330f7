"""Selling on credit (kasbon): who owes what by when. A ledger that is only added to; the balance is its sum."""
