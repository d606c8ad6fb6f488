"""The talk of a stage over a face: asks, helps, saves, reviews and closes. No machine library in it."""
