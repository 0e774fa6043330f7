"""IDENTIFY: who is this, where, and how do they want to be reached.

Owns: Customer, Identity, Consent, Occasion, Note, ImportRun, ImportRow. Records: customer.*, consent.*, import.*.
Knows: core, web, shops.
"""
