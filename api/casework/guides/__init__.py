"""Guides: what to do step by step, and a legal check-up for small firms."""
