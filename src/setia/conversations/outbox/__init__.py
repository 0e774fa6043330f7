"""The outbox: a message is claimed, marked as being sent, posted, and its outcome recorded; each step is its own short
transaction, so that a worker may die between any two of them.
"""
