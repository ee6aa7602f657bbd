"""The call channel."""
