"""Where questions come from: each module turns its own format into a core Message and back."""
