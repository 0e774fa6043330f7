"""Message templates: the registry, the rules for creating them, their parameters, and their life."""
