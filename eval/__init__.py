"""Measure and fit: datasets, metrics, training of the ranker and the gate."""
