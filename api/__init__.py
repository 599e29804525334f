"""The application: channels, the way of one question, the review desk, storage and commands."""
