"""Questions asked by mail, and the replies read: what was sent is taken away, and what remains is placed."""
