"""Lessons that come back: what earlier initiatives learnt, and how it meets a new one or a search."""
