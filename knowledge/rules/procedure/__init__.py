"""Fees and time limits."""
