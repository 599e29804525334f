"""The pages lawyers work in."""
