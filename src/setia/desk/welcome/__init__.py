"""The first three minutes in a new shop: what it is called, where customers write, what it sells.

Every step can be skipped and all of it can be come back to.
"""
