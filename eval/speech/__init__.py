"""How well speech is heard: dialect candidates, recordings, streams."""
