"""Rows to answers: the read side."""
