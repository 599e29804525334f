"""Wages, dismissal and injury at work."""
