"""Citations in a text: find each one, know which law is meant, check it against the statutes.

The way of a text: `folding` -> `mentions` and `grammar` -> `reading` -> `judge` and `quotes`;
`verify` puts them together. `names` is compiled once for a corpus.
"""
