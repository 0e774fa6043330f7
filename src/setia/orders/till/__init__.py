"""The money of a day by the way it came, and the count of the till."""
