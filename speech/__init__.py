"""Sound -> words, with how sure one may be of them. Knows nothing of law, pages or storage."""
