"""How words look in a terminal: the only home of rich, and of what a colour means."""
