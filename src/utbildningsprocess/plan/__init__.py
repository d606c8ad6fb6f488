"""What the answers plan: the red thread, what it costs, and the dates."""
