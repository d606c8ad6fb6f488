"""One raw value -> one valid answer: what a question takes, its rows, its conditions, and answers files."""
