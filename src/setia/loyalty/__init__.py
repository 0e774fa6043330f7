"""JAGA: points and stamps on an append-only ledger, tiers, rewards, light games.

Owns: Programme, Bonus, Tier, Standing, Reward, Account, Membership, Earning, Redemption, LedgerEntry.
Records: loyalty.*. Knows: core, web, shops, customers, catalog, orders, conversations.
"""
