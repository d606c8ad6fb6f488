"""Asking people: one conversation, and the faces it can wear."""
