"""JAGA: points and stamps on an append-only ledger, tiers, rewards, light games.

Owns the programme, its ledger, tiers and rewards.
"""
