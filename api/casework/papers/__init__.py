"""Papers to file: filled from facts, gaps marked, as text, Word and PDF."""
