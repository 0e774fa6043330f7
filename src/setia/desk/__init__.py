"""Pages that show several areas: home, customer page, search, reports. Owns no tables."""
