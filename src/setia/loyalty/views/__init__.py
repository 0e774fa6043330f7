"""Pages of loyalty."""
