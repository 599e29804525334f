"""What belongs to one resident: ratings, the personal file, consents, how long what is kept."""
