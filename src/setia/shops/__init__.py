"""The shop, where and when it is open, and the people who work there.

Owns: Shop, Place, Closure, Member, Invitation, LoginLink. Records: shop.*, member.*.
Knows: core, web. Everything else knows it.
"""
