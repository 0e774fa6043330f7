"""REST, incoming and outgoing webhooks. Owns nothing yet."""
