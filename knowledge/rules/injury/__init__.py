"""Harm to a person, and traffic accidents."""
