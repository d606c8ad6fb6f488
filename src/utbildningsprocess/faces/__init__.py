"""The faces of a conversation: terminal and plain lines; the only home of questionary and prompt_toolkit."""
