"""INTERACT: what the shop and its customers write to each other, on every level of WhatsApp.

What it is for: one inbox and one outbox for the Cloud API and for the free app; automatic messages; chat pages.
What it owns: channels, conversations, messages, webhook deliveries and their items, automatic texts, notices.
What it records: the verbs in `events`.
Whom it knows: customers (who writes, what they agreed to), catalog (the price list), orders, shops.
"""
