"""A conversation guide: a stage's open questions on a page to fill in, and the way back into the dossier."""
