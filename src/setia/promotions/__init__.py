"""AJAK: where customers come from and what each one cost: sources, referrals, bazaars, samples, offers, campaigns.

Owns sources and spending, referrals, bazaars, samples, vouchers, campaigns with their recipients, and seasons.
"""
