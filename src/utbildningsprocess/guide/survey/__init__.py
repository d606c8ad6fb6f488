"""A survey: what it asks of whom and when, the answers as they come back, counted, and what may be shown."""
