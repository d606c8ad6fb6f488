"""Questions in a Word file with boxes to fill in, and the way back: each box is found by name, else by its row."""
