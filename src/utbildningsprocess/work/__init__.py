"""What a person does, as Python."""
