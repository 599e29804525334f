"""Law as arithmetic: pure functions, each citing the articles it applies."""
