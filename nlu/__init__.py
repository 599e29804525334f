"""Text -> facts. Standard library only, Python 3.10 syntax: app and dialogue both import it."""
