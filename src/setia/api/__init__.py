"""The house's doors for machines: incoming webhooks. Owns nothing; hands what comes to the area it is for."""
