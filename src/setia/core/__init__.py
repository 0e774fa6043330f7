"""What every area stands on, and nothing that belongs to one.

A closed list (a test holds it): apps, calendars, clock, crypto, errors, events, faults, ids, models, money, names,
phone, places, qris, scope, search, tasks, work.
"""
