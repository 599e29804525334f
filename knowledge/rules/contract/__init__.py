"""Loans, penalties and deposits."""
