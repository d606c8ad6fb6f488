"""Three versions of a dossier -> one that says what both sides have said: answer by answer, row by row."""
