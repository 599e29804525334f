"""Regulations and interpretations from files: Markdown, .docx, plain text."""
