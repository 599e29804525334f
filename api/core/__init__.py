"""What happens to one question, as values and pure functions; knows no web, database or Rasa."""
