"""A form for somebody without `utb`: what it asks, as data, and the answers in it when it comes back."""
