"""Questions in a Word file with boxes, and the way back: each box is found by its name or its row."""
