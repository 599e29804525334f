"""Maintenance of children and inheritance."""
