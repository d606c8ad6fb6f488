"""Many initiatives at once: what is known of each in short, and the order to look at them in."""
