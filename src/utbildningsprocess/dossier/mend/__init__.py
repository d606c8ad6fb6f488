"""Proposed mends of a damaged dossier: what is wrong, and the whole text as it would be."""
