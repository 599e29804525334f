"""Law as text and law as arithmetic. Imports nothing else of this project."""
