"""Pure decisions of care, one file per matter."""
