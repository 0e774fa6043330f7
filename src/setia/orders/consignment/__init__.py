"""Titip jual: goods lie with a reseller until they are sold. Brought, sold, taken back at visits; settled weekly."""
