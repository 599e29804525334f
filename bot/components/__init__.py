"""Rasa components of this project: registered by the module paths in config.yml."""
