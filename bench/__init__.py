"""Measurements. Each script prints a figure beside its budget; quote ratios, machines are noisy."""
