"""Bringing messages to residents: one outbox, several carriers, quiet hours, links that expire."""
