"""Pages of groups and of lists of people."""
