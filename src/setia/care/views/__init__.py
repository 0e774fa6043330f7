"""Pages of care, one file per matter."""
